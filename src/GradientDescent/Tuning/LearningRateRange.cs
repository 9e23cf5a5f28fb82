using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// A rate range test: a short run whose rate grows from step to step. Its losses show which rates are too small, good and too large.
/// Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017, section 3.3.
/// </summary>
/// <remarks>
/// Step i of N, counted from 0, has the rate ηᵢ = min·(max/min)^(i/(N − 1)). The smoothed loss is the average
/// Σ βᵏ·Lₜ₋ₖ / Σ βᵏ of the losses so far. The test ends before its last step if a number is not finite, or if the smoothed loss has risen
/// far above its lowest value (<see cref="RateRangeOptions.StopFactor"/>). The run works on copies: model and optimizer are unchanged
/// afterwards. Smith's rates grow on a line; on a geometric scale, each power of ten has as many steps. Same arguments, same bits.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var range = LearningRateRange.Run(new Adam(), new LinearRegression(), data);
/// Console.WriteLine(range.Suggested &lt;= range.Largest);   // True
/// var trainer = new Trainer(new Adam(range.Suggested ?? 0.001), new TrainingOptions { MaxEpochs = 50 });
/// </code></example>
public sealed class LearningRateRange
{
    private LearningRateRange(string optimizer, RateCurve curve, IEnumerable<double> rates, StopDetails? stop, double max)
    {
        Optimizer = optimizer;
        Rates = [.. rates];
        FirstLoss = curve.Losses.Count > 0 ? curve.Losses[0] : double.NaN;
        Losses = [.. curve.Losses.Skip(1)];
        SmoothedLosses = [.. curve.Smoothed.Skip(1)];
        bool fell = curve.Lowest > 0 && curve.HasFallen();
        if (fell)
        {
            Suggested = RateAt(curve.Steepest());
            Largest = RateAt(curve.Lowest);
        }

        string end = stop is { Reason: not StopReason.Diverged } ? $"The run ended: {stop}." : "";
        Note = Format.Sentences(
            Losses.IsEmpty ? Format.Text($"No step was possible: {stop}.")
                : !fell ? Format.Text($"The loss did not fall at any rate from {Rates[0]:G4} to {Rates[^1]:G4} by more than its noise: " +
                    $"the start may be a minimum, or the rates too large or too small.")
                : curve.Lowest == Losses.Length && Rates[^1] >= max * (1 - 1e-9)
                    ? Format.Text($"The loss still fell at the largest rate, {Rates[^1]:G4}: larger rates may be stable too.")
                : null,
            Losses.IsEmpty || end.Length == 0 ? null : end);

        double RateAt(int index) => Rates[Math.Max(0, index - 1 - curve.Delay)];
    }

    /// <summary>The name of the optimizer.</summary>
    public string Optimizer { get; }

    /// <summary>The rates of the steps, ascending.</summary>
    public ImmutableArray<double> Rates { get; }

    /// <summary>The loss before the first step; NaN if it was not finite.</summary>
    public double FirstLoss { get; }

    /// <summary>
    /// The loss after the step with each rate, in the user's units: of all samples for full batches, otherwise of the next batch.
    /// </summary>
    public ImmutableArray<double> Losses { get; }

    /// <summary>The smoothed loss after the step with each rate.</summary>
    public ImmutableArray<double> SmoothedLosses { get; }

    /// <summary>
    /// The rate at which the smoothed loss falls most steeply over the logarithm of the rate, among the steps up to the lowest smoothed
    /// loss. As the rates grow by a constant factor, this is the step with the largest fall; with mini-batches the middle of the
    /// W = β/(1 − β) steps with the largest fall, from step 2W on, because a single step has more noise. The smoothed loss lags behind, so
    /// the rate is read W steps earlier. <see langword="null"/> if the loss did not fall: see <see cref="Note"/>.
    /// </summary>
    public double? Suggested { get; }

    /// <summary>
    /// The rate of the step with the lowest smoothed loss, read β/(1 − β) steps earlier: beyond it the loss did not fall further.
    /// <see langword="null"/> if the loss did not fall.
    /// </summary>
    /// <remarks>
    /// For full batches, plain descent and a quadratic with the same curvature L in all directions, it is the largest tested rate that is
    /// at most 2/L. In a valley the loss shows a rate that is too large for the walls a few steps later, so the rate found is larger.
    /// </remarks>
    public double? Largest { get; }

    /// <summary>
    /// What the rates do not show: that the loss did not fall, or still fell at the end; <see langword="null"/>: nothing.
    /// </summary>
    public string? Note { get; }

    /// <summary>Tests the rates of an optimizer on a model and data.</summary>
    /// <param name="optimizer">The optimizer. It is not changed. Its own rate plays no part where the rate is a factor of the step.</param>
    /// <param name="model">The model. It is not changed; the test starts where a fit would start.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The loss; <see langword="null"/> for the squared error or the cross-entropy.</param>
    /// <param name="fitOptions">The penalty, scaling and start of the fit; <see langword="null"/> for the defaults.</param>
    /// <param name="options">The rates and the steps; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">A token that ends the test.</param>
    /// <exception cref="ArgumentException">
    /// The arguments do not match, the optimizer has no rate, the largest rate is not above the smallest, or
    /// <see cref="FitOptions.RateFromCurvature"/> is set.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LearningRateRange Run(
        IOptimizer optimizer,
        IModel model,
        Dataset data,
        ILoss? loss = null,
        FitOptions? fitOptions = null,
        RateRangeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (fitOptions is { RateFromCurvature: true })
            throw Guard.Invalid(
                nameof(FitOptions.RateFromCurvature), $"RateFromCurvature is set: it replaces the rates that this test looks for.");
        return Run(optimizer, options ?? new(), trainer => trainer.CreateRun(model, data, loss, fitOptions, cancellationToken),
            cancellationToken);
    }

    /// <summary>Tests the rates of an optimizer on an objective.</summary>
    /// <inheritdoc cref="Run(IOptimizer, IModel, Dataset, ILoss?, FitOptions?, RateRangeOptions?, CancellationToken)"/>
    /// <param name="optimizer">The optimizer. It is not changed.</param>
    /// <param name="objective">The objective to minimize.</param>
    /// <param name="start">The initial parameters: at least one number, all finite. They are not changed.</param>
    /// <param name="options">The rates and the steps; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">A token that ends the test.</param>
    /// <example><code>
    /// var bowl = Objective.From(p =&gt; 4 * p[0] * p[0], (p, g) =&gt; g[0] = 8 * p[0]);   // curvature 8: stable up to 2/8
    /// var range = LearningRateRange.Run(new BatchGD(), bowl, [1.0], new RateRangeOptions { Steps = 1000 });
    /// Console.WriteLine($"{range.Largest:F2}");   // 0.25
    /// </code></example>
    public static LearningRateRange Run(
        IOptimizer optimizer,
        IObjective objective,
        ReadOnlySpan<double> start,
        RateRangeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        double[] from = start.ToArray();
        return Run(optimizer, options ?? new(), trainer => trainer.CreateRun(objective, from, maximize: false, cancellationToken),
            cancellationToken);
    }

    /// <summary>Returns the optimizer and the rates that were found.</summary>
    public override string ToString() => Format.Sentences(
        Suggested is { } suggested
            ? Format.Text($"{Optimizer}: suggested rate {suggested:G4}, largest {Largest:G4}.")
            : $"{Optimizer}: no rate is suggested.",
        Note)!;

    private static LearningRateRange Run(
        IOptimizer optimizer, RateRangeOptions options, Func<Trainer, TrainingRun> create, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        string name = optimizer.GetType().Name;
        if (!optimizer.HasLearningRate)
            throw Guard.Invalid(nameof(optimizer), $"{name} finds its steps itself: it has no learning rate to test.");
        if (options.Max <= options.Min)
            throw Guard.OutOfRange(nameof(RateRangeOptions.Max), options.Max, Format.Text($"greater than Min, {options.Min}"));
        var training = new TrainingOptions
        {
            MaxSteps = options.Steps + 1L, // the last one only measures the loss
            GradientTolerance = 0,
            Schedule = new GeometricRamp(options.Min / optimizer.LearningRate, options.Max / options.Min, options.Steps - 1),
            Batching = options.Batching,
            GradientTransforms = options.GradientTransforms,
            Seed = options.Seed,
        };
        if (options.MaxDegreeOfParallelism is { } threads)
            training = training with { MaxDegreeOfParallelism = threads };
        TrainingRun run = create(new Trainer(optimizer, training));
        run.StoresResult = false;
        bool isFull = (options.Batching ?? optimizer.Batching).IsFull;
        var curve = new RateCurve(options.Smoothing ?? (isFull ? 0 : 0.9), options.StopFactor);
        var rates = new List<double>();
        while (run.Advance())
        {
            bool ends = curve.Add(run.Report.Loss);
            if (ends || rates.Count == options.Steps)
                break;
            rates.Add(run.Report.LearningRate);
        }

        cancellation.ThrowIfCancellationRequested();
        StopDetails? stop = run.HasEnded ? run.Result.Stop : null;
        return new(name, curve, rates.Take(Math.Max(0, curve.Losses.Count - 1)), stop, options.Max);
    }

    /// <summary>The factor a·r^(t/T): the same ratio between each two steps.</summary>
    private sealed record GeometricRamp(double Start, double Ratio, long Length) : ISchedule
    {
        public double FactorAt(TrainingClock clock) =>
            Start * Elementary.Pow(Ratio, Math.Min(clock.Step, Length) / (double)Length);
    }
}
