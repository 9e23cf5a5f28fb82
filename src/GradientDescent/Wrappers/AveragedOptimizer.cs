using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// A wrapper that returns the mean of the parameters of several steps as the solution, which is less noisy than the last parameters.
/// </summary>
/// <remarks>
/// Each step starts from the parameters, not from their mean. The tests that end a run also use the parameters: parameters that have
/// converged or reached the target loss are returned unchanged. Validation evaluates the mean, and the mean is a candidate for the best
/// parameters. State: one vector, one scalar, and the state of the inner optimizer.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var optimizer = new AveragedOptimizer(new SGD(0.01), WeightAveraging.Polyak(start: Horizon.Fraction(0.5)));
/// // a constant rate, and no wandering
/// TrainingResult result = new Trainer(optimizer, new() { MaxEpochs = 50 }).Fit(new LinearRegression(), data);
/// Console.WriteLine($"loss {result.Loss:F0}");   // loss 2860
/// </code></example>
public class AveragedOptimizer : OptimizerWrapper
{
    private const string MeanName = "mean", CountName = "count";

    /// <summary>Wraps an optimizer and averages its parameters.</summary>
    /// <param name="inner">The inner optimizer, owned by this one; do not use it elsewhere.</param>
    /// <param name="averaging">
    /// The kind of mean; <see langword="null"/>: <see cref="WeightAveraging.Polyak"/> from the first step on.
    /// </param>
    public AveragedOptimizer(IOptimizer inner, WeightAveraging? averaging = null)
        : base(inner) => Averaging = averaging ?? WeightAveraging.Polyak();

    /// <summary>The kind of mean.</summary>
    public WeightAveraging Averaging { get; }

    private protected override bool HasPoints => true;

    /// <inheritdoc/>
    public override void Update(ref UpdateContext context)
    {
        double start = Averaging.StartIn(context.Clock); // throws, before any change, if steps cannot be counted
        long stepsMade = Math.Max(context.Clock.Step, StepCount) + 1; // in a user's own loop the clock may stay at 0
        Inner.Update(ref context);
        StepCount++;
        if (stepsMade < start)
            return;
        double[] mean = Vector(MeanName, context.Parameters.Length);
        double count = Scalars[CountName] = (Scalars.TryGetValue(CountName, out double before) ? before : 0) + 1;
        if (count == 1)
            context.Parameters.CopyTo(mean);
        else
            Reductions.MoveTowards(mean, Averaging.WeightOfNewest((long)count), context.Parameters);
    }

    /// <inheritdoc/>
    public override bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution)
    {
        if (!Vectors.TryGetValue(MeanName, out double[]? mean))
            return base.CopySolution(parameters, solution);
        mean.CopyTo(solution);
        return true;
    }

    /// <inheritdoc/>
    public override IOptimizer CreateNew() => new AveragedOptimizer(Inner.CreateNew(), Averaging);

    /// <summary>Returns the inner optimizer and the kind of mean as text.</summary>
    public override string ToString() => $"{base.ToString()}, {Averaging}";

    /// <inheritdoc/>
    protected override void ValidateState(OptimizerState state)
    {
        bool hasBegun = state.Vectors.Count > 0 || state.Scalars.Count > 0;
        state.RequireNames(hasBegun ? [CountName] : [], hasBegun ? [MeanName] : []);
        RequireLength(state, MeanName);
        if (hasBegun && !(state.Scalars[CountName] is >= 1 and var count && Math.Floor(count) == count))
            throw Guard.Invalid(nameof(state), $"'{CountName}' is {state.Scalars[CountName]}: it must be a whole number of at least 1.");
    }
}
