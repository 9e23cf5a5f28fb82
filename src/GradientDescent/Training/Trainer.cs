namespace GradientDescent;

/// <summary>Runs an optimizer on a model and data, or on any objective.</summary>
/// <remarks>
/// Divergence, cancellation and all other regular ends of a run are results, not exceptions: see <see cref="TrainingResult.Reason"/>. Each
/// run uses its own copy of the optimizer, so a trainer can be reused. Several threads can use a trainer at the same time if each of them
/// has its own objective and if the options contain neither a checkpoint file nor an observer.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var model = new LinearRegression();
/// TrainingResult result = new Trainer(new Adam(learningRate: 0.05)).Fit(model, data);
/// Console.WriteLine($"{result.Reason} at loss {result.Loss:F0}");   // MaxEpochs at loss 2884
/// </code></example>
public sealed class Trainer
{
    private readonly IOptimizer _optimizer;
    private readonly TrainingOptions _options;
    private readonly BatchPlan _plan;
    private readonly RunFactory _runs;

    /// <summary>Creates a trainer with <see cref="LBFGS"/>, which needs no learning rate and uses all samples in each step.</summary>
    /// <param name="options">The options of the runs; <see langword="null"/> for the defaults.</param>
    /// <inheritdoc cref="Trainer(IOptimizer, TrainingOptions?)"/>
    public Trainer(TrainingOptions? options = null)
        : this(new LBFGS(), options)
    {
    }

    /// <summary>Creates a trainer from an optimizer and options.</summary>
    /// <param name="optimizer">The optimizer to use. Its state is neither read nor changed.</param>
    /// <param name="options">The options of the runs; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// Mini-batches are set for an optimizer that uses all samples in each step, accumulation is set for full batches, or both
    /// <see cref="TrainingOptions.ResumeFrom"/> and <see cref="TrainingOptions.ResumeIfPresent"/> are set.
    /// </exception>
    public Trainer(IOptimizer optimizer, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Guard.Positive(optimizer.LearningRate, nameof(IOptimizer.LearningRate));
        _optimizer = optimizer;
        _options = options ?? new TrainingOptions();
        Batching batching = _options.Batching ?? optimizer.Batching;
        if (optimizer.Batching.IsFull && !batching.IsFull)
            throw Guard.Invalid(
                nameof(TrainingOptions.Batching),
                $"Batching is {batching}: {optimizer.GetType().Name} uses full batches only; use MiniBatchSGD or another optimizer for " +
                $"mini-batches.");
        if (!optimizer.HasLearningRate)
            RequireNoRateOptions(optimizer.GetType().Name, _options);
        if (batching.IsFull && _options.AccumulationSteps > 1)
            throw Guard.Invalid(
                nameof(TrainingOptions.AccumulationSteps),
                $"AccumulationSteps is {_options.AccumulationSteps}: a full batch already contains all samples; set it to 1, or set " +
                $"Batching to a number.");
        if (batching.IsFull && _options.MaxSkippedBatches > 0)
            throw Guard.Invalid(
                nameof(TrainingOptions.MaxSkippedBatches),
                $"MaxSkippedBatches is {_options.MaxSkippedBatches}: with full batches there is no other batch to go on with; set it to " +
                $"0, or set Batching to a number.");
        if (_options is { ResumeFrom: not null, ResumeIfPresent: not null })
            throw Guard.Invalid(nameof(TrainingOptions.ResumeIfPresent),
                $"ResumeFrom and ResumeIfPresent are both set: a run can continue from one checkpoint only.");
        _runs = new RunFactory(optimizer, _options);
        _plan = new BatchPlan(batching, _options.AccumulationSteps, _options.Order, _options.DropLastBatch, _options.Seed)
        {
            WindowRows = _options.ShuffleWindow,
        };
    }

    /// <summary>Fits a model to data and stores the best parameters in it.</summary>
    /// <param name="model">
    /// The model to fit. Training starts at the initial parameters of the model, or at <see cref="FitOptions.Start"/> if that is set.
    /// </param>
    /// <param name="data">The samples to train on.</param>
    /// <param name="loss">
    /// The loss to minimize; <see langword="null"/> for the squared error (regression) or the cross-entropy (classification).
    /// </param>
    /// <param name="options">The validation, penalty, scaling and start of the fit; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">The token that ends the run after the current step; the best result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// The model, loss, data and options do not match, or <see cref="FitOptions.RateFromCurvature"/> is set for an optimizer that does not
    /// support it or for mini-batches. Nothing is changed.
    /// </exception>
    /// <exception cref="CheckpointFormatException">The checkpoint to continue from is not valid.</exception>
    /// <exception cref="IOException">The checkpoint to continue from cannot be read or does not exist.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint to continue from belongs to another run.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// var model = new LinearRegression();
    /// new Trainer(new BatchGD(0.1)).Fit(model, data, new HuberLoss(delta: 50));
    /// Console.WriteLine($"{model.Weights.Length} weights and the intercept {model.Intercept:F0}");   // 10 weights and the intercept -271
    /// </code></example>
    public TrainingResult Fit(
        IModel model, Dataset data, ILoss? loss = null, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateRun(model, data, loss, options, cancellationToken).Complete();

    /// <summary>Creates a run like that of <see cref="Fit"/>. The caller advances it step by step.</summary>
    /// <inheritdoc cref="Fit"/>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// TrainingRun run = new Trainer(new Adam(0.05)).CreateRun(new LinearRegression(), data);
    /// while (run.Advance())
    ///     if (run.Report.Step == 100) break;   // or plot the loss, or check the time
    /// </code></example>
    public TrainingRun CreateRun(
        IModel model, Dataset data, ILoss? loss = null, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new FitOptions();
        if (options.RateFromCurvature && _optimizer is not ICurvatureRateOptimizer { TakesInverseCurvature: true })
            throw Guard.Invalid(
                nameof(FitOptions.RateFromCurvature),
                $"RateFromCurvature is set for {_optimizer.GetType().Name}: use BatchGD, Momentum, or Nesterov with restart: true.");
        if (options.RateFromCurvature && !_plan.Batching.IsFull)
            throw Guard.Invalid(
                nameof(FitOptions.RateFromCurvature),
                    $"RateFromCurvature is set and Batching is {_plan.Batching}: set Batching = Batching.Full.");
        data.Collective?.RequireEqual(
            "fit", Format.Text($"{model.GetType().Name}{(loss is null ? "" : Format.Text($" by {loss}"))}, options: {options}"));
        var fit = new FitProblem(model, loss, data, options, _options, _plan, _optimizer.LearningRate);
        return _runs.Create(fit, _runs.Prepare(fit.Problem, fit.Start, isFit: true, cancellationToken) with
        {
            Direction = new LossDirection(Maximize: false, fit.LossFactor),
            LearningRate = fit.LearningRate,
            Validation = fit.Validation,
            Training = fit.Training,
        });
    }

    /// <summary>Minimizes an objective.</summary>
    /// <remarks>
    /// A small gradient is called convergence, and saddle points have one too. If the run has converged, 8 to 60 more gradients, about a
    /// fifth of the run's steps, look for a direction in which the loss is lower on both sides or falls on one, and the result's note names
    /// it. They are not evaluated for objectives with a layout.
    /// </remarks>
    /// <param name="objective">The objective to optimize.</param>
    /// <param name="start">The initial parameters: at least one number, all finite. They are not changed.</param>
    /// <param name="cancellationToken">The token that ends the run after the current step; the best result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// The start is empty, has a wrong length or is not finite, or an option is set that the objective does not support.
    /// </exception>
    /// <exception cref="CheckpointFormatException">The checkpoint to continue from is not valid.</exception>
    /// <exception cref="IOException">The checkpoint to continue from cannot be read or does not exist.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint to continue from belongs to another run.</exception>
    /// <example><code>
    /// var valley = Objective.From(p =&gt; Math.Pow(1 - p[0], 2) + 100 * Math.Pow(p[1] - p[0] * p[0], 2));
    /// TrainingResult result = new Trainer(new Nesterov(0.001)).Minimize(valley, [-1.2, 1.0]);
    /// Console.WriteLine($"{result.Reason} at {result.Parameters[0]:F3} {result.Parameters[1]:F3}");   // Converged at 1.000 1.000
    /// </code></example>
    public TrainingResult Minimize(IObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        CreateRun(objective, start, maximize: false, cancellationToken).Complete();

    /// <summary>Maximizes an objective by gradient ascent.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    /// <example><code>
    /// var hill = Objective.From(p =&gt; 5 - p[0] * p[0], (p, g) =&gt; g[0] = -2 * p[0]);
    /// TrainingResult result = new Trainer(new Momentum(0.1)).Maximize(hill, [3]);
    /// Console.WriteLine($"{result.Loss:F3}");   // 5.000
    /// </code></example>
    public TrainingResult Maximize(IObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        CreateRun(objective, start, maximize: true, cancellationToken).Complete();

    /// <summary>
    /// Creates a run like that of <see cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>. The caller advances it step
    /// by step.
    /// </summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    /// <param name="objective">The objective to optimize.</param>
    /// <param name="start">The initial parameters: at least one number, all finite. They are not changed.</param>
    /// <param name="maximize">Whether the objective is maximized instead of minimized.</param>
    /// <param name="cancellationToken">The token that ends the run after the current step; the best result so far is returned.</param>
    public TrainingRun CreateRun(
        IObjective objective, ReadOnlySpan<double> start, bool maximize = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        RequireUnset(_options.MaxSamples is not null, nameof(TrainingOptions.MaxSamples));
        RequireUnset(_options.MaxSkippedBatches > 0, nameof(TrainingOptions.MaxSkippedBatches));
        RequireUnset(_options.AccumulationSteps > 1, nameof(TrainingOptions.AccumulationSteps));
        CheckStart(start, objective.Layout?.Count);
        var problem = TrainingProblem.From(objective, start.Length, _optimizer.LearningRate);
        RequireConstraint(maximize, problem.Penalty);
        return _runs.Create(null,
            _runs.Prepare(problem, start.ToArray(), isFit: false, cancellationToken) with { Direction = new LossDirection(maximize) },
            objective is not { Layout: null, Penalty: null }
                ? null
                : result => SaddleHint.Of(objective, result.Parameters.AsSpan(), maximize, result.Steps));
    }

    /// <summary>Minimizes an objective that is a sum over samples.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    /// <param name="objective">The objective to optimize, a sum over samples.</param>
    /// <param name="start">The initial parameters: at least one number, all finite. They are not changed.</param>
    /// <param name="validation">
    /// A sum over samples that are not used for training, or <see langword="null"/>. It is evaluated after every epoch. The run returns the
    /// parameters with the lowest loss on these samples, and early stopping uses this loss.
    /// </param>
    /// <param name="cancellationToken">The token that ends the run after the current step; the best result so far is returned.</param>
    public TrainingResult Minimize(
        IStochasticObjective objective,
        ReadOnlySpan<double> start,
        IStochasticObjective? validation = null,
        CancellationToken cancellationToken = default) =>
        CreateRun(objective, start, validation, maximize: false, cancellationToken).Complete();

    /// <summary>Maximizes an objective that is a sum over samples, by gradient ascent.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    public TrainingResult Maximize(IStochasticObjective objective, ReadOnlySpan<double> start,
        CancellationToken cancellationToken = default) =>
        CreateRun(objective, start, validation: null, maximize: true, cancellationToken).Complete();

    /// <summary>
    /// Creates a run like that of
    /// <see cref="Minimize(IStochasticObjective, ReadOnlySpan{double}, IStochasticObjective?, CancellationToken)"/>. The caller advances it
    /// step by step.
    /// </summary>
    /// <inheritdoc cref="Minimize(IStochasticObjective, ReadOnlySpan{double}, IStochasticObjective?, CancellationToken)"/>
    /// <param name="objective">The objective to optimize, a sum over samples.</param>
    /// <param name="start">The initial parameters: at least one number, all finite. They are not changed.</param>
    /// <param name="validation">A sum over samples that are not used for training, or <see langword="null"/>.</param>
    /// <param name="maximize">Whether the objective is maximized instead of minimized.</param>
    /// <param name="cancellationToken">The token that ends the run after the current step; the best result so far is returned.</param>
    public TrainingRun CreateRun(
        IStochasticObjective objective,
        ReadOnlySpan<double> start,
        IStochasticObjective? validation = null,
        bool maximize = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        CheckStart(start, objective.ParameterCount);
        if (maximize && validation is not null)
            throw Guard.Invalid(nameof(validation),
                $"There are validation data: these are supported only when the objective is minimized.");
        if (validation is not null && validation.ParameterCount != objective.ParameterCount)
            throw Guard.Invalid(
                nameof(validation), $"The validation objective has {validation.ParameterCount} parameters: the objective has " +
                    $"{objective.ParameterCount}.");
        TrainingProblem problem = _plan.Cut(objective, Objective.TermOf(objective), _optimizer.LearningRate);
        RequireConstraint(maximize, problem.Penalty);
        return _runs.Create(null, _runs.Prepare(problem, start.ToArray(), isFit: false, cancellationToken) with
        {
            Direction = new LossDirection(maximize),
            Validation = validation is null ? null : new ObjectiveMeasure(validation),
        });
    }

    /// <summary>Returns the optimizer and the options that differ from the default.</summary>
    public override string ToString() => Format.Text($"{_optimizer}, {_options}");

    private static void RequireNoRateOptions(string solver, TrainingOptions options)
    {
        Require(options.Schedule is not ConstantSchedule schedule || schedule != new ConstantSchedule(),
            nameof(TrainingOptions.Schedule), options.Schedule);
        Require(options.Recovery is not null, nameof(TrainingOptions.Recovery), options.Recovery);
        Require(!options.GradientTransforms.IsEmpty, nameof(TrainingOptions.GradientTransforms), Format.List(options.GradientTransforms));

        void Require(bool isSet, string option, object? value)
        {
            if (isSet)
                throw Guard.Invalid(option, $"{option} is {value}: {solver} finds its steps itself and has no rate; do not set {option}.");
        }
    }

    private static void CheckStart(ReadOnlySpan<double> start, int? parameterCount)
    {
        Guard.AtLeast(start.Length, 1, "start.Length");
        if (parameterCount is { } count && count != start.Length)
            throw Guard.Invalid(nameof(start), $"start has {start.Length} numbers: the objective has {count} parameters.");
        Guard.Finite(start, nameof(start));
    }

    private static void RequireConstraint(bool maximize, PenaltyTerm? penalty)
    {
        if (maximize && penalty is { IsConstraint: false })
            throw Guard.Invalid("objective", $"The objective has a penalty: it is supported only when the objective is minimized.");
    }

    private static void RequireUnset(bool isSet, string option)
    {
        if (isSet)
            throw Guard.Invalid(option, $"{option} is set: it does not apply to an objective of this kind.");
    }
}
