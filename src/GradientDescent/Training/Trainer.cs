namespace GradientDescent;

/// <summary>Runs an optimizer on a model and data, or on any objective.</summary>
/// <remarks>
/// A run never throws for an ordinary ending, divergence and cancellation included: see <see cref="TrainingResult.Reason"/>. It works on its own copy of
/// the optimizer, so a trainer can be used again, and by several threads at a time with objectives of their own, unless its options name a checkpoint file or an observer.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var model = new LinearRegression();
/// TrainingResult result = new Trainer(new Adam(learningRate: 0.05)).Fit(model, data);
/// Console.WriteLine($"{result.Reason} at loss {result.Loss:F0}");   // MaxEpochs at loss 2884
/// </code></example>
public sealed class Trainer
{
    private const long DefaultFitEpochs = 1000;
    private const long DefaultMinimizeSteps = 10_000;
    private const double DefaultGradientTolerance = 1e-6;

    private readonly IOptimizer _optimizer;
    private readonly TrainingOptions _options;
    private readonly Batching _batching;

    /// <summary>Puts optimizer and options together.</summary>
    /// <param name="optimizer">What to run; its own state is neither used nor changed.</param>
    /// <param name="options">How to run it; none means the defaults.</param>
    /// <exception cref="ArgumentException">Mini-batches or accumulation are asked of an optimizer that wants all samples at once, a rate from the curvature for another rule or mini-batches, or two checkpoints are to be resumed from.</exception>
    public Trainer(IOptimizer optimizer, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Guard.Positive(optimizer.LearningRate, nameof(IOptimizer.LearningRate));
        _optimizer = optimizer;
        _options = options ?? new TrainingOptions();
        _batching = _options.Batching ?? optimizer.Batching;
        if (optimizer.Batching.IsFull && !_batching.IsFull)
            throw Guard.Invalid(
                nameof(TrainingOptions.Batching),
                $"Batching is {_batching}: {optimizer.GetType().Name} uses full batches only; take MiniBatchSGD or another optimizer for mini-batches.");
        if (_batching.IsFull && _options.AccumulationSteps > 1)
            throw Guard.Invalid(
                nameof(TrainingOptions.AccumulationSteps), $"AccumulationSteps is {_options.AccumulationSteps}: a full batch holds all samples already; it must be 1, or Batching a number.");
        if (_options.RateFromCurvature && optimizer is not Optimizer { TakesInverseCurvature: true })
            throw Guard.Invalid(nameof(TrainingOptions.RateFromCurvature), $"RateFromCurvature is set for {optimizer.GetType().Name}: take BatchGD, Momentum, or Nesterov with restart: true.");
        if (_options.RateFromCurvature && !_batching.IsFull)
            throw Guard.Invalid(nameof(TrainingOptions.RateFromCurvature), $"RateFromCurvature is set and Batching is {_batching}: set Batching = Batching.Full.");
        if (_options is { ResumeFrom: not null, ResumeIfPresent: not null })
            throw Guard.Invalid(nameof(TrainingOptions.ResumeIfPresent), $"ResumeFrom and ResumeIfPresent are both set: a run continues one checkpoint.");
    }

    /// <summary>Fits a model to data and stores the best parameters in it.</summary>
    /// <param name="model">The model; training starts at its own initialisation, or at <see cref="TrainingOptions.Start"/>.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The loss; none means squared error for regression and cross-entropy for classes.</param>
    /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
    /// <exception cref="ArgumentException">Model, loss, data and options do not fit together; nothing is changed.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint to resume from cannot be used.</exception>
    /// <exception cref="IOException">The checkpoint to resume from cannot be read, or is not there.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint to resume from is of another run.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// var model = new LinearRegression();
    /// new Trainer(new BatchGD(0.1)).Fit(model, data, new HuberLoss(delta: 50));
    /// Console.WriteLine($"{model.Weights.Length} weights and the intercept {model.Intercept:F0}");   // 10 weights and the intercept -271
    /// </code></example>
    public TrainingResult Fit(IModel model, Dataset data, ILoss? loss = null, CancellationToken cancellationToken = default) =>
        Steps(model, data, loss, cancellationToken).Complete();

    /// <summary>As <see cref="Fit"/>, step by step.</summary>
    /// <inheritdoc cref="Fit"/>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// foreach (TrainingReport report in new Trainer(new Adam(0.05)).Steps(new LinearRegression(), data))
    ///     if (report.Step == 100) break;   // or plot the loss, or look at the clock
    /// </code></example>
    public TrainingRun Steps(IModel model, Dataset data, ILoss? loss = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        var fit = new FitProblem(model, loss, data, _options, Sampled);
        TrainingLoop loop = LoopOf(fit.Problem, fit.Start, new LossDirection(Maximize: false, fit.LossFactor), _options.MaxSteps, _options.HasNoLimit ? DefaultFitEpochs : _options.MaxEpochs, fit, cancellationToken);
        return new TrainingRun(loop, fit);
    }

    /// <summary>Looks for the parameters at which an objective is smallest.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">Where to begin: at least one number, all finite; not changed.</param>
    /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
    /// <exception cref="ArgumentException">The start is empty or not finite, or an option is set that only a fit has.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint to resume from cannot be used.</exception>
    /// <exception cref="IOException">The checkpoint to resume from cannot be read, or is not there.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint to resume from is of another run.</exception>
    /// <example><code>
    /// var valley = Objective.From(p =&gt; Math.Pow(1 - p[0], 2) + 100 * Math.Pow(p[1] - p[0] * p[0], 2));
    /// TrainingResult result = new Trainer(new Nesterov(0.001)).Minimize(valley, [-1.2, 1.0]);
    /// Console.WriteLine($"{result.Reason} at {result.Parameters[0]:F3} {result.Parameters[1]:F3}");   // Converged at 1.000 1.000
    /// </code></example>
    public TrainingResult Minimize(IObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize: false, cancellationToken).Complete();

    /// <summary>Looks for the parameters at which an objective is largest: gradient ascent.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    /// <example><code>
    /// var hill = Objective.From(p =&gt; 5 - p[0] * p[0], (p, g) =&gt; g[0] = -2 * p[0]);
    /// TrainingResult result = new Trainer(new Momentum(0.1)).Maximize(hill, [3]);
    /// Console.WriteLine($"{result.Loss:F3}");   // 5.000
    /// </code></example>
    public TrainingResult Maximize(IObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize: true, cancellationToken).Complete();

    /// <summary>As <see cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>, step by step.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    public TrainingRun Steps(IObjective objective, ReadOnlySpan<double> start, bool maximize = false, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize, cancellationToken);

    /// <summary>Looks for the parameters at which a sum over samples is smallest.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    public TrainingResult Minimize(IStochasticObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize: false, cancellationToken).Complete();

    /// <summary>Looks for the parameters at which a sum over samples is largest: gradient ascent.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    public TrainingResult Maximize(IStochasticObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize: true, cancellationToken).Complete();

    /// <summary>As <see cref="Minimize(IStochasticObjective, ReadOnlySpan{double}, CancellationToken)"/>, step by step.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    public TrainingRun Steps(IStochasticObjective objective, ReadOnlySpan<double> start, bool maximize = false, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize, cancellationToken);

    private TrainingRun Optimize(IObjective objective, ReadOnlySpan<double> start, bool maximize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        RequireUnset(_options.MaxSamples is not null, nameof(TrainingOptions.MaxSamples));
        RequireUnset(_options.AccumulationSteps > 1, nameof(TrainingOptions.AccumulationSteps));
        return Optimize(new PlainProblem(objective), start, maximize, cancellationToken);
    }

    private static void RequireUnset(bool isSet, string option)
    {
        if (isSet)
            throw Guard.Invalid(option, $"{option} is set: it has no meaning for an objective of this kind.");
    }

    private TrainingRun Optimize(IStochasticObjective objective, ReadOnlySpan<double> start, bool maximize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (start.Length != objective.ParameterCount)
            throw Guard.Invalid(nameof(start), $"start has {start.Length} numbers: the objective has {objective.ParameterCount} parameters.");
        if (maximize && objective.Penalty is not null)
            throw Guard.Invalid(nameof(objective), $"The objective has a penalty: it is added to what is made small; Maximize has no use for it.");
        return Optimize(Sampled(objective), start, maximize, cancellationToken);
    }

    private TrainingRun Optimize(TrainingProblem problem, ReadOnlySpan<double> start, bool maximize, CancellationToken cancellationToken)
    {
        Guard.AtLeast(start.Length, 1, "start.Length");
        Guard.Finite(start, nameof(start));
        RequireUnset(_options.Validation is not null, nameof(TrainingOptions.Validation));
        RequireUnset(_options.Penalty is not null, nameof(TrainingOptions.Penalty));
        RequireUnset(!_options.Start.IsDefault, nameof(TrainingOptions.Start));
        RequireUnset(_options.RateFromCurvature, nameof(TrainingOptions.RateFromCurvature));
        RequireUnset(_options.Scaling is not null and not FeatureScaling.None, nameof(TrainingOptions.Scaling));
        TrainingLoop loop = LoopOf(problem, start, new LossDirection(maximize), _options.HasNoLimit ? DefaultMinimizeSteps : _options.MaxSteps, _options.MaxEpochs, fit: null, cancellationToken);
        return new TrainingRun(loop, fit: null);
    }

    private TrainingLoop LoopOf(
        TrainingProblem problem, ReadOnlySpan<double> start, LossDirection goal, long? maxSteps, long? maxEpochs, FitProblem? fit, CancellationToken cancellationToken)
    {
        double? tolerance = _options.GradientTolerance ?? (problem.IsFull && _options.RelativeGradientTolerance is null ? DefaultGradientTolerance : null);
        IOptimizer optimizer = _optimizer.CreateNew() ?? throw new InvalidOperationException($"{_optimizer.GetType().Name}.Fresh returned null.");
        if (optimizer is Optimizer own)
            own.UseThreads(_options.MaxDegreeOfParallelism, _options.ParallelThreshold ?? Optimizer.DefaultParallelThreshold);
        string algorithm = optimizer.GetState().Algorithm; // an optimizer of one's own that cannot be saved says so before the work, not after it

        if (_options.CheckpointFile is { } path)
            CheckpointWriter.RequirePlace(path);
        string? resumed = _options.ResumeFrom ?? (File.Exists(_options.ResumeIfPresent) ? _options.ResumeIfPresent : null);
        RunIdentity identity = new();
        if (resumed is not null || _options.CheckpointFile is not null)
        {
            identity.Add("optimizer", algorithm);
            identity.Add("number of parameters", start.Length);
            identity.Add("direction", goal.Maximize ? "up" : "down");
            identity.Add("averaging", _options.Averaging?.ToString() ?? "none");
            fit?.AddTo(identity);
            problem.AddTo(identity);
        }

        var loop = new TrainingLoop(problem, optimizer, _options, new Limits(maxSteps, maxEpochs, tolerance), goal, start, fit, cancellationToken)
        {
            Checkpoints = _options.CheckpointFile is { } file ? new CheckpointWriter(file, _options.CheckpointEvery, identity) : null,
        };
        if (resumed is not null)
            CheckpointWriter.Resume(resumed, identity, loop);
        return loop;
    }

    private SampledProblem Sampled(IStochasticObjective objective) => Sampled(objective, rowOf: null, proximalStep: () => null);

    private SampledProblem Sampled(IStochasticObjective objective, int[]? rowOf, Func<double?> proximalStep)
    {
        PenaltyTerm? penalty = Objective.TermOf(objective)?.WithStep(proximalStep() ?? _optimizer.LearningRate);
        int partSize = _batching.Size ?? objective.SampleCount;
        var sampler = new BatchSampler(
            objective.SampleCount,
            (int)Math.Min((long)partSize * _options.AccumulationSteps, objective.SampleCount),
            _batching.IsFull ? SampleOrder.Sequential : _options.Order,
            _options.DropLastBatch,
            _options.Seed);
        return new SampledProblem(objective, sampler, _options.AccumulationSteps == 1 || sampler.IsFull ? int.MaxValue : partSize, penalty, rowOf);
    }
}
