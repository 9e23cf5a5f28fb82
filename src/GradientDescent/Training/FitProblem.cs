using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A fit as the loop sees it: scaled inside, with validation data if wanted, and the way back to the user's units and the user's model.</summary>
internal sealed class FitProblem
{
    private readonly IModel _model;
    private readonly ILoss _loss;
    private readonly TrainingOptions _options;
    private readonly Dataset _training;
    private readonly ScaledProblem _scaled;

    /// <param name="model">What to fit.</param>
    /// <param name="loss">The loss; none means the one of the model's task.</param>
    /// <param name="data">All samples.</param>
    /// <param name="options">How to run.</param>
    /// <param name="sampled">Cuts a sum over samples into batches.</param>
    public FitProblem(IModel model, ILoss? loss, Dataset data, TrainingOptions options, Func<IStochasticObjective, SampledProblem> sampled)
    {
        (_model, _loss, _options, _training) = (model, loss ?? DefaultLoss(model.Task), options, data);
        Dataset? held = null;
        if (options.Validation is { } validation)
            (_training, held) = validation.Divide(data, model.Task, options.Seed);
        _scaled = ScaledProblem.Create(model, _loss, _training, ScalingFor(model), NewRisk);
        Problem = sampled(_scaled.Risk);
        Start = StartOf();
        if (held is not null)
            Validation = new ValidationSet(model, NewRisk(model, _loss, held), held, ToUser);
    }

    public SampledProblem Problem { get; }

    /// <summary>Where to begin, in the coordinates that are optimised.</summary>
    public double[] Start { get; }

    public ValidationSet? Validation { get; }

    public double LossFactor => _scaled.LossFactor;

    public ImmutableArray<double> ToUser(ImmutableArray<double> optimized) => _scaled.ToUser(optimized);

    /// <summary>The result in the user's units; the model has the best parameters then.</summary>
    public TrainingResult Finish(TrainingResult result)
    {
        TrainingResult finished = InUsersUnits(result);
        if (finished.Parameters.All(double.IsFinite))
            _model.Accept(finished.Parameters, _training.FeatureCount);
        return finished;
    }

    public void AddTo(RunIdentity identity)
    {
        identity.Add("model", _model.GetType().Name);
        identity.Add("loss", _loss.GetType().Name);
        identity.Add("scaling", ScalingFor(_model));
        identity.Add("data", _training.Fingerprint());
        identity.Add("validation data", Validation?.Data.Fingerprint() ?? "none");
    }

    private TrainingResult InUsersUnits(TrainingResult result)
    {
        ImmutableArray<double> parameters = ToUser(result.Parameters);
        int overflow = Array.FindIndex([.. parameters], p => !double.IsFinite(p));
        bool isFinite = overflow < 0;
        StopDetails stop = isFinite
            ? result.Stop
            : new StopDetails(StopReason.Diverged, Guard.Text($"parameter {overflow} in the units of the data"), parameters[overflow], double.NaN);
        return result with
        {
            Stop = stop,
            Parameters = parameters,
            LastFiniteParameters = ToUser(result.LastFiniteParameters),
            Loss = isFinite ? Objective.Full(_scaled.UserRisk).Evaluate(parameters.AsSpan(), []) : double.NaN,
            Note = _scaled.Note,
            Diagnosis = result.Diagnosis is { } diagnosis ? $"{diagnosis} {StepAdvice()}".TrimEnd() : isFinite ? null : TrainingResult.Ending(stop, result.Steps, result.Epochs),
        };
    }

    /// <summary>How large a step this problem can take, and whether its features differ in scale.</summary>
    private string StepAdvice()
    {
        double curvature = PowerIteration.LargestCurvature(Problem.Objective, Start);
        string stable = double.IsFinite(curvature) && curvature > 0
            ? Guard.Text($"Here plain gradient descent on all samples is stable at rates below about {2 / curvature:G3}, and mini-batches need less.")
            : "";
        double ratio = ScalingFor(_model) == FeatureScaling.None ? ColumnStatistics.Of(_training, _training.FeatureCount, _training.FeatureReader(), centered: true).RatioOfScales : 1;
        string scales = ratio > 100 ? Guard.Text($" The features' scales differ by a factor of {ratio:G3}: standardise them.") : "";
        return stable + scales;
    }

    private EmpiricalRisk NewRisk(IModel model, ILoss loss, Dataset data) => new(model, loss, data)
    {
        MaxDegreeOfParallelism = _options.MaxDegreeOfParallelism,
        ParallelThreshold = _options.ParallelThreshold ?? EmpiricalRisk.DefaultParallelThreshold,
    };

    private double[] StartOf()
    {
        if (_options.Start.IsDefault)
        {
            double[] start = new double[_scaled.Risk.ParameterCount];
            _model.Initialize(start, _options.Seed);
            return start;
        }

        int expected = _model.ParameterCount(_training.FeatureCount);
        return _options.Start.Length == expected
            ? _scaled.FromUser(_options.Start.AsSpan())
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
