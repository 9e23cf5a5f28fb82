using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Runs an optimizer on a model and data, or on any objective.</summary>
/// <remarks>
/// A run never throws for an ordinary ending, divergence and cancellation included: see <see cref="TrainingResult.Reason"/>. It works on its own copy of
/// the optimizer, so a trainer can be used again, and by several threads at a time with objectives of their own.
/// </remarks>
/// <example><code>
/// var data   = Dataset.FromCsv("diabetes.csv", target: "target");
/// var model  = new LinearRegression();
/// var result = new Trainer(new Adam(learningRate: 0.05)).Fit(model, data);
/// Console.WriteLine(result);
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
    /// <exception cref="ArgumentException">An option is outside its interval, or mini-batches are asked of an optimizer that wants all samples.</exception>
    public Trainer(IOptimizer optimizer, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Guard.Positive(optimizer.LearningRate, nameof(IOptimizer.LearningRate));
        _optimizer = optimizer;
        _options = options ?? new TrainingOptions();
        ArgumentNullException.ThrowIfNull(_options.Schedule, nameof(TrainingOptions.Schedule));
        Guard.AtLeast(_options.MaxSteps ?? 0, 0, nameof(TrainingOptions.MaxSteps));
        Guard.AtLeast(_options.MaxEpochs ?? 0, 0, nameof(TrainingOptions.MaxEpochs));
        Guard.AtLeast(_options.MaxDegreeOfParallelism, 1, nameof(TrainingOptions.MaxDegreeOfParallelism));
        Guard.FiniteNonNegative(_options.GradientTolerance ?? 0, nameof(TrainingOptions.GradientTolerance));
        Guard.Defined(_options.Order, nameof(TrainingOptions.Order));
        Guard.Defined(_options.Scaling ?? default, nameof(TrainingOptions.Scaling));
        if (!_options.Start.IsDefault)
            Guard.Finite(_options.Start.AsSpan(), nameof(TrainingOptions.Start));
        _batching = _options.Batching ?? optimizer.Batching;
        if (optimizer.Batching.IsFull && !_batching.IsFull)
            throw Guard.Invalid(
                nameof(TrainingOptions.Batching),
                $"Batching is {_batching}: {optimizer.GetType().Name} uses full batches only; take MiniBatchSGD or another optimizer for mini-batches.");
    }

    private bool HasNoLimit => _options is { MaxSteps: null, MaxEpochs: null };

    /// <summary>Fits a model to data and stores the best parameters in it.</summary>
    /// <param name="model">The model; training starts at its own initialisation, or at <see cref="TrainingOptions.Start"/>.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The loss; none means squared error for regression and cross-entropy for classes.</param>
    /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
    /// <exception cref="ArgumentException">Model, loss, data and options do not fit together; nothing is changed.</exception>
    public TrainingResult Fit(IModel model, Dataset data, ILoss? loss = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ScaledProblem problem = ScaledProblem.Create(model, loss ?? DefaultLoss(model.Task), data, ScalingFor(model), NewRisk);
        double[] start = StartOf(model, data, problem);
        TrainingResult result = Run(Sampled(problem.Risk), start, maximize: false, _options.MaxSteps, HasNoLimit ? DefaultFitEpochs : _options.MaxEpochs, cancellationToken);
        result = InUsersUnits(result, problem);
        if (result.Parameters.All(double.IsFinite))
            model.Accept(result.Parameters, data.FeatureCount);
        return result;
    }

    /// <summary>Looks for the parameters at which an objective is smallest.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">Where to begin: at least one number, all finite; not changed.</param>
    /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
    /// <exception cref="ArgumentException">The start is empty or not finite.</exception>
    public TrainingResult Minimize(IObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize: false, cancellationToken);

    /// <summary>Looks for the parameters at which an objective is largest: gradient ascent.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    public TrainingResult Maximize(IObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize: true, cancellationToken);

    /// <summary>Looks for the parameters at which a sum over samples is smallest.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    public TrainingResult Minimize(IStochasticObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize: false, cancellationToken);

    /// <summary>Looks for the parameters at which a sum over samples is largest: gradient ascent.</summary>
    /// <inheritdoc cref="Minimize(IObjective, ReadOnlySpan{double}, CancellationToken)"/>
    public TrainingResult Maximize(IStochasticObjective objective, ReadOnlySpan<double> start, CancellationToken cancellationToken = default) =>
        Optimize(objective, start, maximize: true, cancellationToken);

    private TrainingResult Optimize(IObjective objective, ReadOnlySpan<double> start, bool maximize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Optimize(new PlainProblem(objective), start, maximize, cancellationToken);
    }

    private TrainingResult Optimize(IStochasticObjective objective, ReadOnlySpan<double> start, bool maximize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (start.Length != objective.ParameterCount)
            throw Guard.Invalid(nameof(start), $"start has {start.Length} numbers: the objective has {objective.ParameterCount} parameters.");
        return Optimize(Sampled(objective), start, maximize, cancellationToken);
    }

    private TrainingResult Optimize(TrainingProblem problem, ReadOnlySpan<double> start, bool maximize, CancellationToken cancellationToken)
    {
        Guard.AtLeast(start.Length, 1, "start.Length");
        Guard.Finite(start, nameof(start));
        return Run(problem, start, maximize, HasNoLimit ? DefaultMinimizeSteps : _options.MaxSteps, _options.MaxEpochs, cancellationToken);
    }

    private TrainingResult Run(
        TrainingProblem problem, ReadOnlySpan<double> start, bool maximize, long? maxSteps, long? maxEpochs, CancellationToken cancellationToken)
    {
        double? tolerance = _options.GradientTolerance ?? (problem.IsFull ? DefaultGradientTolerance : null);
        var limits = new Limits(maxSteps, maxEpochs, tolerance);
        IOptimizer optimizer = _optimizer.Fresh() ?? throw new InvalidOperationException($"{_optimizer.GetType().Name}.Fresh returned null.");
        if (optimizer is Optimizer own)
            own.UseThreads(_options.MaxDegreeOfParallelism, _options.ParallelThreshold ?? Optimizer.DefaultParallelThreshold);
        optimizer.Save(); // an optimizer of one's own that cannot be saved says so before the work, not after it
        return new TrainingLoop(problem, optimizer, _options.Schedule, limits, maximize, start, cancellationToken).Run();
    }

    private EmpiricalRisk NewRisk(IModel model, ILoss loss, Dataset data) => new(model, loss, data)
    {
        MaxDegreeOfParallelism = _options.MaxDegreeOfParallelism,
        ParallelThreshold = _options.ParallelThreshold ?? EmpiricalRisk.DefaultParallelThreshold,
    };

    private static TrainingResult InUsersUnits(TrainingResult result, ScaledProblem problem)
    {
        ImmutableArray<double> parameters = problem.ToUser(result.Parameters);
        int overflow = Array.FindIndex([.. parameters], p => !double.IsFinite(p));
        bool isFinite = overflow < 0;
        return result with
        {
            Stop = isFinite ? result.Stop : new StopDetails(StopReason.Diverged, Guard.Text($"parameter {overflow} in the units of the data"), parameters[overflow], double.NaN),
            Parameters = parameters,
            LastFiniteParameters = problem.ToUser(result.LastFiniteParameters),
            Loss = isFinite ? Objective.Full(problem.UserRisk).Evaluate(parameters.AsSpan(), []) : double.NaN,
            History = [.. result.History.Select(entry => entry with { Loss = entry.Loss == 0 ? 0 : problem.LossFactor * entry.Loss })],
            Note = problem.Note,
        };
    }

    private SampledProblem Sampled(IStochasticObjective objective) => new(objective, new BatchSampler(
        objective.SampleCount,
        _batching.Size ?? objective.SampleCount,
        _batching.IsFull ? SampleOrder.Sequential : _options.Order,
        _options.DropLastBatch,
        _options.Seed));

    private double[] StartOf(IModel model, Dataset data, ScaledProblem problem)
    {
        if (_options.Start.IsDefault)
        {
            double[] start = new double[problem.Risk.ParameterCount];
            model.Initialize(start, _options.Seed);
            return start;
        }

        int expected = model.ParameterCount(data.FeatureCount);
        return _options.Start.Length == expected
            ? problem.FromUser(_options.Start.AsSpan())
            : throw Guard.Invalid(nameof(TrainingOptions.Start), $"Start has {_options.Start.Length} numbers: the model has {expected} parameters.");
    }

    private FeatureScaling ScalingFor(IModel model)
    {
        FeatureScaling scaling = _options.Scaling ?? (model.IsLinear ? FeatureScaling.Standardize : FeatureScaling.None);
        return scaling == FeatureScaling.None || model.IsLinear
            ? scaling
            : throw Guard.Invalid(
                nameof(TrainingOptions.Scaling), $"Scaling is {scaling}: the coefficients of {model.GetType().Name} cannot be mapped back; scale the data yourself, or use None.");
    }

    private static ILoss DefaultLoss(ModelTask task) => task switch
    {
        ModelTask.Regression => new MeanSquaredError(),
        ModelTask.BinaryClassification => new BinaryCrossEntropy(),
        _ => new CategoricalCrossEntropy(),
    };
}
