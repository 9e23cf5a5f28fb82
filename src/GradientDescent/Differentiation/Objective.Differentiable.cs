namespace GradientDescent;

// Objectives whose gradient is computed by automatic differentiation.
public static partial class Objective
{
    /// <summary>Creates an objective from a formula over variables. Its gradient is exact up to rounding.</summary>
    /// <remarks>
    /// The gradient comes from a <see cref="GradientTape"/>, in reverse mode. It takes a few times as long as the formula, whatever the
    /// number of parameters. After the first evaluation nothing is allocated, if the formula allocates nothing. When the formula has more
    /// operations than before, it is evaluated twice, so it should have no side effects. An instance is used by one caller at a time.
    /// </remarks>
    /// <param name="formula">The formula.</param>
    /// <param name="layout">The blocks of the parameter vector; <see langword="null"/>: any number of parameters, no blocks.</param>
    /// <example><code>
    /// IObjective valley = Objective.Differentiable(p => Variable.Pow(1 - p[0], 2) + 100 * Variable.Pow(p[1] - p[0] * p[0], 2));
    /// TrainingResult result = new Trainer(new Nesterov(0.001)).Minimize(valley, [-1.2, 1]);
    /// Console.WriteLine($"{result.Reason} at {result.Parameters[0]:F5} {result.Parameters[1]:F5}");   // Converged at 1.00000 1.00000
    /// </code></example>
    public static IHessianObjective Differentiable(VariableFormula formula, ParameterLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return new TapeObjective<DelegateFormula>(new DelegateFormula(formula), layout);
    }

    /// <summary>Creates an objective from a generic formula. Its gradient is exact up to rounding.</summary>
    /// <remarks>
    /// The gradient comes from <see cref="Dual"/> numbers for up to 8 parameters, and from a <see cref="GradientTape"/> for more. The value
    /// alone has the same bits as with the gradient. After the first evaluation nothing is allocated, if the formula allocates nothing. An
    /// instance is used by one caller at a time.
    /// </remarks>
    /// <typeparam name="TFormula">The type of the formula; a struct is compiled for each type of number.</typeparam>
    /// <param name="formula">The formula.</param>
    /// <param name="layout">The blocks of the parameter vector; <see langword="null"/>: any number of parameters, no blocks.</param>
    public static IHessianObjective Differentiable<TFormula>(TFormula formula, ParameterLayout? layout = null) where TFormula : IFormula
    {
        if (formula is null)
            throw new ArgumentNullException(nameof(formula));
        return new FormulaObjective<TFormula>(formula, layout);
    }

    /// <summary>Creates a sum over samples from a formula for the loss of one sample. Its gradient is exact up to rounding.</summary>
    /// <remarks>
    /// Weights of the data count. Samples are evaluated in blocks whose gradients are added in order, so the result has the same bits on
    /// any number of threads. After the first evaluations nothing is allocated, if the formula allocates nothing.
    /// </remarks>
    /// <param name="data">The samples, with one target each.</param>
    /// <param name="parameterCount">The number of parameters, at least 1.</param>
    /// <param name="formula">The loss of a sample. Several threads call it if there are several.</param>
    /// <param name="penalty">The regularization that a trainer adds to the mean loss; none unless given.</param>
    /// <param name="layout">The blocks of the parameter vector; <see langword="null"/>: one block.</param>
    /// <param name="maxDegreeOfParallelism">The maximum number of threads, at least 1; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">
    /// The samples have several targets, or the layout has another number of parameters.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    /// <example><code>
    /// double[] x = [1, 2, 3, 4, 5, 6, 7, 8], y = [2.1, 3.9, 6.2, 7.8, 10.1, 12.2, 13.8, 60];   // the last one is wrong
    /// IStochasticObjective robust = Objective.Differentiable(Dataset.From(x, y), parameterCount: 2, (p, x, y) =>
    ///     Variable.LogP1(Variable.Pow(p[0] * x[0] + p[1] - y, 2)));   // Cauchy's loss
    /// TrainingResult result = new Trainer(new Adam(0.01), new() { Batching = Batching.Mini(4) }).Minimize(robust, [1, 0]);
    /// Console.WriteLine($"slope {result.Parameters[0]:F1}");   // slope 2.0
    /// </code></example>
    public static IStochasticObjective Differentiable(
        Dataset data,
        int parameterCount,
        SampleFormula formula,
        IPenalty? penalty = null,
        ParameterLayout? layout = null,
        int maxDegreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return new FormulaRisk(data, parameterCount, formula.Method.Name, penalty, layout, maxDegreeOfParallelism,
            data => new TapeWorker<DelegateSampleFormula>(new DelegateSampleFormula(formula), data));
    }

    /// <summary>
    /// Creates a sum over samples from a generic formula for the loss of one sample. Its gradient is exact up to rounding.
    /// </summary>
    /// <inheritdoc cref="Differentiable(Dataset, int, SampleFormula, IPenalty?, ParameterLayout?, int)"/>
    /// <typeparam name="TFormula">The type of the formula; a struct is compiled for each type of number.</typeparam>
    public static IStochasticObjective Differentiable<TFormula>(
        Dataset data,
        int parameterCount,
        TFormula formula,
        IPenalty? penalty = null,
        ParameterLayout? layout = null,
        int maxDegreeOfParallelism = 1)
        where TFormula : ISampleFormula
    {
        if (formula is null)
            throw new ArgumentNullException(nameof(formula));
        return new FormulaRisk(data, parameterCount, formula.GetType().Name, penalty, layout, maxDegreeOfParallelism,
            data => parameterCount <= Dual.LaneCount
                ? new DualWorker<TFormula>(formula, data)
                : new TapeWorker<GenericSampleFormula<TFormula>>(new GenericSampleFormula<TFormula>(formula), data));
    }
}
