namespace GradientDescent;

/// <summary>Fits of curves and other formulas that are not linear in their parameters, by least squares.</summary>
/// <remarks>
/// <para>
/// Minimises Σw·(y − f(x, θ))² over the parameters θ. Derivatives are exact: the formula is written with <see cref="Variable"/>, or
/// generically as <see cref="IRowFormula"/>. The method is the trust region method of Levenberg and Marquardt with the scaling of Moré
/// ("The Levenberg-Marquardt algorithm: implementation and theory", 1978), as in MINPACK, on a QR factorization of the Jacobian with
/// pivoting; Gauss-Newton steps at the end give the last digits. Parameters and data need not be scaled. The result is a minimum near the
/// start, which need not be the lowest one: start with numbers of the right size and sign, and look at the residuals.
/// </para>
/// <para>
/// n points and p parameters need n·p numbers of memory and about n·p² operations for each evaluation with derivatives; nothing is
/// allocated after the first. The formula should have no side effects. The class has no state; several threads may call it.
/// </para>
/// </remarks>
/// <example><code>
/// // How fast does a drug leave the blood? An amount, and a rate per hour.
/// double[] hours = [0.5, 1, 2, 3, 4, 6, 8], level = [9.1, 8.2, 6.9, 5.6, 4.7, 3.1, 2.2];
/// NonlinearFit fit = NonlinearLeastSquares.Fit((p, x) => p[0] * Variable.Exp(-p[1] * x), hours, level, start: [10, 0.1]);
/// Console.WriteLine($"{fit.Reason}: rate {fit.Parameters[1]:F4} ± {fit.Coefficients[1].StandardError:F4}");
/// // Converged: rate 0.1911 ± 0.0024
/// Console.WriteLine($"{fit.Predict(12):F2} after 12 hours");   // 1.01 after 12 hours
/// </code></example>
public static class NonlinearLeastSquares
{
    /// <summary>Fits a curve over one predictor.</summary>
    /// <param name="formula">The curve f(θ, x), for example <c>(p, x) => p[0] * Variable.Exp(-p[1] * x)</c>.</param>
    /// <param name="x">The predictor of each point, finite.</param>
    /// <param name="y">The observed value of each point, finite.</param>
    /// <param name="start">
    /// The parameters to start from, finite; at least one and at most as many as there are points with a weight greater than 0.
    /// </param>
    /// <param name="weights">
    /// A weight w for each point, finite and at least 0: the inverse of the variance of its error, up to a common factor. A point of weight
    /// 0 is left out. <see langword="null"/>: every point has the weight 1.
    /// </param>
    /// <param name="options">The options; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the run between two evaluations; the result so far is returned.</param>
    /// <returns>The fit. It says in <see cref="NonlinearFit.Reason"/> whether it has converged.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, a number is not finite, a weight is negative, there are fewer points than parameters, or the formula or a derivative
    /// is not finite at the start. The message states the argument, the number and what is allowed.
    /// </exception>
    public static NonlinearFit Fit(
        CurveFormula formula,
        double[] x,
        double[] y,
        double[] start,
        double[]? weights = null,
        NonlinearFitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return Run(PointsFrom(x, y, weights), start, () => new TapeRowEvaluator<VariableCurve>(new(formula)), options, cancellationToken);
    }

    /// <summary>Fits a function of several predictors.</summary>
    /// <inheritdoc cref="Fit(CurveFormula, double[], double[], double[], double[], NonlinearFitOptions, CancellationToken)"/>
    /// <param name="formula">The function f(θ, row), for example <c>(p, row) => p[0] * row[0] / (p[1] + row[1])</c>.</param>
    /// <param name="rows">The predictors of each point, finite; all rows are equally long.</param>
    /// <param name="y">The observed value of each point, finite.</param>
    /// <param name="start">
    /// The parameters to start from, finite; at least one and at most as many as there are points with a weight greater than 0.
    /// </param>
    /// <param name="weights">
    /// A weight for each point, finite and at least 0; 0 leaves the point out. <see langword="null"/>: every point has the weight 1.
    /// </param>
    /// <param name="options">The options; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the run between two evaluations; the result so far is returned.</param>
    /// <example><code>
    /// double[][] rows = [[1, 10], [2, 10], [1, 20], [2, 20], [3, 15]];   // area, temperature
    /// NonlinearFit fit = NonlinearLeastSquares.Fit(
    ///     (p, row) => p[0] * row[0] * Variable.Exp(p[1] * row[1]), rows, [2.7, 5.5, 7.4, 14.8, 13.4], start: [1, 0.05]);
    /// Console.WriteLine($"{fit.Parameters[0]:F3} {fit.Parameters[1]:F4}");   // 0.999 0.1001
    /// </code></example>
    public static NonlinearFit Fit(
        RowFormula formula,
        double[][] rows,
        double[] y,
        double[] start,
        double[]? weights = null,
        NonlinearFitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return Run(PointsFrom(rows, y, weights), start, () => new TapeRowEvaluator<DelegateRow>(new(formula)), options, cancellationToken);
    }

    /// <summary>Fits a function of the features of a data set to its target, with its weights.</summary>
    /// <inheritdoc cref="Fit(CurveFormula, double[], double[], double[], double[], NonlinearFitOptions, CancellationToken)"/>
    /// <param name="formula">The function f(θ, row), for example <c>(p, row) => p[0] * row[0] / (p[1] + row[1])</c>.</param>
    /// <param name="data">The points, with one target each.</param>
    /// <param name="start">
    /// The parameters to start from, finite; at least one and at most as many as there are points with a weight greater than 0.
    /// </param>
    /// <param name="options">The options; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the run between two evaluations; the result so far is returned.</param>
    public static NonlinearFit Fit(
        RowFormula formula,
        Dataset data,
        double[] start,
        NonlinearFitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return Run(PointsFrom(data), start, () => new TapeRowEvaluator<DelegateRow>(new(formula)), options, cancellationToken);
    }

    /// <summary>Fits a generic formula of one predictor; its row is the predictor alone.</summary>
    /// <inheritdoc cref="Fit(CurveFormula, double[], double[], double[], double[], NonlinearFitOptions, CancellationToken)"/>
    /// <typeparam name="TFormula">The type of the formula; a struct is compiled for each type of number.</typeparam>
    public static NonlinearFit Fit<TFormula>(
        TFormula formula,
        double[] x,
        double[] y,
        double[] start,
        double[]? weights = null,
        NonlinearFitOptions? options = null,
        CancellationToken cancellationToken = default)
        where TFormula : IRowFormula =>
        Run(PointsFrom(x, y, weights), start, EvaluatorOf(formula, start), options, cancellationToken);

    /// <summary>Fits a generic formula of several predictors.</summary>
    /// <inheritdoc cref="Fit(RowFormula, double[][], double[], double[], double[], NonlinearFitOptions, CancellationToken)"/>
    /// <typeparam name="TFormula">The type of the formula; a struct is compiled for each type of number.</typeparam>
    public static NonlinearFit Fit<TFormula>(
        TFormula formula,
        double[][] rows,
        double[] y,
        double[] start,
        double[]? weights = null,
        NonlinearFitOptions? options = null,
        CancellationToken cancellationToken = default)
        where TFormula : IRowFormula =>
        Run(PointsFrom(rows, y, weights), start, EvaluatorOf(formula, start), options, cancellationToken);

    /// <summary>Fits a generic formula of the features of a data set to its target, with its weights.</summary>
    /// <inheritdoc cref="Fit(RowFormula, Dataset, double[], NonlinearFitOptions, CancellationToken)"/>
    /// <typeparam name="TFormula">The type of the formula; a struct is compiled for each type of number.</typeparam>
    public static NonlinearFit Fit<TFormula>(
        TFormula formula,
        Dataset data,
        double[] start,
        NonlinearFitOptions? options = null,
        CancellationToken cancellationToken = default)
        where TFormula : IRowFormula =>
        Run(PointsFrom(data), start, EvaluatorOf(formula, start), options, cancellationToken);

    private static Func<RowEvaluator> EvaluatorOf<TFormula>(TFormula formula, double[] start) where TFormula : IRowFormula
    {
        if (formula is null)
            throw new ArgumentNullException(nameof(formula));
        ArgumentNullException.ThrowIfNull(start);
        return start.Length <= Dual.LaneCount
            ? () => new DualRowEvaluator<TFormula>(formula)
            : () => new TapeRowEvaluator<VariableRow<TFormula>>(new(formula));
    }

    private static Dataset PointsFrom(double[] x, double[] y, double[]? weights)
    {
        ArgumentNullException.ThrowIfNull(x);
        CheckLength(nameof(x), x.Length, y);
        Guard.Finite(x, nameof(x));
        Guard.Finite(y, nameof(y));
        return Dataset.From(x, y, weights);
    }

    private static Dataset PointsFrom(double[][] rows, double[] y, double[]? weights)
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckLength(nameof(rows), rows.Length, y);
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] is null)
                throw Guard.Invalid(nameof(rows), $"rows[{i}] is null: every point needs its predictors.");
            if (rows[i].Length != rows[0].Length || rows[i].Length == 0)
            {
                throw Guard.Invalid(nameof(rows),
                    $"rows[{i}] has {rows[i].Length} numbers, rows[0] has {rows[0].Length}: rows must be equally long and not empty.");
            }

            if (Array.FindIndex(rows[i], number => !double.IsFinite(number)) is var column and >= 0)
                throw Guard.Invalid(nameof(rows), $"rows[{i}][{column}] is {rows[i][column]}: every number must be finite.");
        }

        Guard.Finite(y, nameof(y));
        return Dataset.From(rows, y, weights);
    }

    private static Dataset PointsFrom(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"There are {data.TargetCount} targets per sample: the formula has one value.");
        return data;
    }

    private static void CheckLength(string name, int length, double[] y)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (length == 0)
            throw Guard.Invalid(name, $"{name} is empty: there must be at least as many points as parameters.");
        if (length != y.Length)
            throw Guard.Invalid(nameof(y), $"y has {y.Length} numbers, {name} has {length}: the lengths must be equal.");
    }

    private static NonlinearFit Run(
        Dataset data, double[] start, Func<RowEvaluator> newEvaluator, NonlinearFitOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(start);
        options ??= new NonlinearFitOptions();
        if (start.Length == 0)
            throw Guard.Invalid(nameof(start), $"start is empty: the formula needs at least one parameter.");
        Guard.Finite(start, nameof(start));
        string[] names = NamesOf(options, start.Length);
        var problem = new CurveResiduals(data, start.Length, newEvaluator());
        if (problem.Count < start.Length)
        {
            string points = data.HasWeights ? "points with a weight greater than 0" : "points";
            throw Guard.Invalid(nameof(start),
                $"start has {Format.Count(start.Length, "parameter")}, the data {problem.Count} {points}: there must be as many or more.");
        }

        var solver = new LevenbergMarquardt(problem, start, options, cancellation);
        if (!solver.Begin())
            throw NotFinite(data, problem, solver.Point, newEvaluator());
        StopDetails stop = solver.Run();
        return new NonlinearFit(data, problem, solver, stop, names, newEvaluator);
    }

    private static string[] NamesOf(NonlinearFitOptions options, int count)
    {
        if (options.ParameterNames is not { } names)
            return [.. Enumerable.Range(0, count).Select(i => Format.Text($"p[{i}]"))];
        string[] copy = [.. names];
        if (copy.Length != count)
        {
            throw Guard.Invalid("options",
                $"ParameterNames has {Format.Count(copy.Length, "name")}, start has {Format.Count(count, "parameter")}: each needs one.");
        }

        return Guard.Twice(copy) is { } twice
            ? throw Guard.Invalid("options", $"ParameterNames has '{twice}' twice: the names must differ.")
            : copy;
    }

    /// <summary>Says at which point the formula or a derivative is not finite, and what it is.</summary>
    private static ArgumentException NotFinite(Dataset data, CurveResiduals problem, FitPoint point, RowEvaluator formula)
    {
        int residual = point.FirstNonFinite();
        if (residual < 0)
            return Guard.Invalid("start", $"Residuals or derivatives at start are too large for their norms: start closer to the data.");
        int sample = problem.SampleOf(residual);
        double[] derivatives = new double[problem.ParameterCount];
        double value = formula.Differentiate(point.Parameters, data.Features(sample), derivatives);
        string row = Format.List(data.Features(sample).ToArray());
        int entry = Array.FindIndex(derivatives, derivative => !double.IsFinite(derivative));
        string what = double.IsFinite(value) && entry >= 0
            ? Format.Text($"The derivative of the formula by parameter {entry} is {derivatives[entry]}")
            : Format.Text($"The formula is {value}");
        return Guard.Invalid("start", $"{what} at start, at point {sample} (x = {row}): start where it is finite at all points.");
    }
}
