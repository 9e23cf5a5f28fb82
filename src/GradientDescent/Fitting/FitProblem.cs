using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// A fit in the form that the training loop needs: the scaled problem, optional validation data, and the conversion of the result to the
/// user's units and model.
/// </summary>
internal sealed class FitProblem
{
    private readonly IModel _model;
    private readonly ILoss _loss;
    private readonly FitOptions _options;
    private readonly long _seed;
    private readonly Dataset _training;
    private readonly ScaledProblem _scaled;
    private readonly string? _rateNote;
    private readonly IObjective _userObjective;

    /// <param name="model">The model to fit.</param>
    /// <param name="loss">The loss; <see langword="null"/>: the default loss of the model's task.</param>
    /// <param name="data">All samples.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="trainingOptions">The options of the run.</param>
    /// <param name="plan">The division of the samples into batches.</param>
    /// <param name="learningRate">The optimizer's rate. It is the step of the proximal operator if 1/L is not known or not needed.</param>
    public FitProblem(
        IModel model, ILoss? loss, Dataset data, FitOptions options, TrainingOptions trainingOptions, BatchPlan plan, double learningRate)
    {
        (_model, _loss, _options, _training, _seed) = (model, loss ?? DefaultLoss(model.Task), options, data, trainingOptions.Seed);
        var settings = RiskSettings.Of(trainingOptions);
        Dataset? held = null;
        int[]? trainingRows = null;
        if (options.Validation is { } validation)
        {
            _ = settings.NewRisk(model, _loss, data, null); // checks all data first, so that messages have the user's row numbers
            (_training, held, trainingRows) = validation.Divide(data, model.Task, _seed);
        }

        _scaled = ScaledProblem.Create(model, _loss, _training, ScalingFor(model), options.Penalty, settings);
        _userObjective = Objective.Full(_scaled.UserRisk);
        if (model.Task != ModelTask.Regression)
            RequireClasses();
        var curvature = new CurvatureRate(Risk);
        // Sparse mini-batches make proximal steps of the length of the rate.
        double? proximalStep = _training.IsSparse && !plan.Batching.IsFull ? null : curvature.ProximalStep();
        Problem = plan.Cut(Risk, Risk.Term, proximalStep ?? learningRate, trainingRows);
        Start = StartOf();
        if (options.RateFromCurvature)
            (LearningRate, _rateNote) = curvature.LearningRate();
        if (held is not null)
            (Validation, Training) =
                (new ValidationSet(model, new EmpiricalRisk(model, _loss, held), held, _scaled),
                new ValidationSet(model, _scaled.UserRisk, _training, _scaled));
    }

    public TrainingProblem Problem { get; }

    /// <summary>The initial parameters, in the coordinates that are optimised.</summary>
    public double[] Start { get; }

    public ValidationSet? Validation { get; }

    /// <summary>
    /// Measures the training data in the same way as the validation data; <see langword="null"/> without validation data.
    /// </summary>
    public ValidationSet? Training { get; }

    public double LossFactor => _scaled.LossFactor;

    /// <summary>The rate that replaces the optimizer's rate; <see langword="null"/> if the optimizer's rate is used.</summary>
    public double? LearningRate { get; }

    /// <summary>The risk that is optimised.</summary>
    public EmpiricalRisk Risk => _scaled.Risk;

    /// <summary>The samples that are trained on, in the user's units.</summary>
    public Dataset TrainingData => _training;

    public bool HasIntercept => Risk.Layout.Blocks.Any(block => block.Role == ParameterRole.Bias);

    public string ModelName => _model.GetType().Name;

    public FeatureScaling Scaling => ScalingFor(_model);

    public ImmutableArray<double> ToUser(ImmutableArray<double> optimized) => _scaled.ToUser(optimized);

    /// <summary>Stores the parameters and the method of the fit in the model, if all parameters are finite.</summary>
    public void StoreResult(TrainingResult result)
    {
        if (result.Parameters.All(double.IsFinite))
            _model.SetParameters(result.Parameters, _training.FeatureCount, Method);
    }

    private FitMethod Method => new()
    {
        Loss = $"{_loss}",
        Scaling = Scaling,
        TargetScaling = _scaled.ScalesTargets ? FeatureScaling.Standardize : FeatureScaling.None,
        Penalty = _options.Penalty?.ToString(),
    };

    public void AddTo(RunIdentity identity)
    {
        identity.Add("scaling", ScalingFor(_model));
        identity.Add("validation data", Validation?.Data.Fingerprint() ?? "none");
    }

    /// <summary>Converts a result to the user's units.</summary>
    public TrainingResult InUsersUnits(TrainingResult result)
    {
        ImmutableArray<double> parameters = ToUser(result.Parameters), last = ToUser(result.LastFiniteParameters);
        int overflow = Array.FindIndex([.. parameters], p => !double.IsFinite(p));
        if (overflow < 0)
        {
            return result.With(copy =>
            {
                copy.Parameters = parameters;
                copy.LastFiniteParameters = last.All(double.IsFinite) ? last : parameters;
                if (_scaled.UserRisk != Risk)
                    copy.Loss = _userObjective.Evaluate(parameters.AsSpan(), []);
                copy.Note = Format.Sentences(_scaled.Note, Notes().On(result), _rateNote, result.Note);
                copy.Diagnosis = Format.Sentences(result.Diagnosis, result.NeedsRateAdvice ? Advice().For(result) : null);
            });
        }

        // The parameters are finite in the scaled coordinates, but not in the units of the data: the result cannot be used.
        StopDetails stop = StopDetails.NonFinite(Format.Text($"parameter {overflow} in the units of the data"), parameters[overflow]);
        ImmutableArray<double> start = ToUser([.. Start]);
        return result.With(copy =>
        {
            copy.Stop = stop;
            copy.Parameters = start;
            copy.LastFiniteParameters = start;
            copy.BestBy = BestBy.Nothing;
            copy.BestStep = 0;
            copy.LastFiniteStep = 0;
            copy.Loss = _userObjective.Evaluate(start.AsSpan(), []);
            copy.Note = Format.Sentences(_scaled.Note, _rateNote, result.Note);
            copy.Diagnosis = $"{TrainingResult.Ending(stop, result.Steps, result.Epochs)} The start is returned; measure features or " +
                $"targets in other units.";
        });
    }

    private FitNotes Notes() => new()
    {
        Risk = Risk,
        UserRisk = _scaled.UserRisk,
        Options = _options,
        HasDefaultLoss = _loss.Equals(DefaultLoss(_model.Task)),
    };

    private DivergenceAdvice Advice() => new()
    {
        Risk = Risk,
        Whole = Problem.Whole,
        FeatureNames = _scaled.FeatureNames,
        Scaling = Scaling,
        RatioOfScales = Scaling == FeatureScaling.None && _model.IsLinear ? RawColumns().RatioOfScales : 1,
        IsRateFromCurvature = LearningRate is not null,
    };

    private void RequireClasses()
    {
        double[] seen = [.. Enumerable.Range(0, _training.SampleCount).Where(i => _training.Weight(i) > 0)
            .Select(i => _training.Targets(i)[0]).Distinct()];
        if (seen.Length == 1)
            throw Guard.Invalid("data",
                $"All samples that are trained on have the label {seen[0]}: a classifier needs at least two classes.");
        if (seen.Length < _model.OutputCount)
        {
            int empty = Enumerable.Range(0, _model.OutputCount).First(own => !seen.Contains(own));
            throw Guard.Invalid(
                "data", $"No sample that is trained on is of class {empty}: each of the {_model.OutputCount} classes needs one. The " +
                $"labels seen are {Format.List(seen.Order())}.");
        }
    }

    public ColumnStatistics RawColumns() =>
        ColumnStatistics.OfFeatures(_training, HasIntercept);

    private double[] StartOf()
    {
        if (_options.Start.IsDefault)
        {
            double[] start = new double[_scaled.Risk.ParameterCount];
            _model.Initialize(start, _seed);
            return start;
        }

        int expected = _scaled.UserRisk.ParameterCount;
        return _options.Start.Length == expected
            ? _scaled.FromUser(_options.Start.AsSpan())
            : throw Guard.Invalid(nameof(FitOptions.Start),
                $"Start has {_options.Start.Length} numbers: the model has {expected} parameters.");
    }

    private FeatureScaling ScalingFor(IModel model)
    {
        FeatureScaling scaling = _options.Scaling ?? (!model.IsLinear ? FeatureScaling.None
            : _training.IsSparse ? FeatureScaling.LargestMagnitude : FeatureScaling.Standardize);
        return scaling == FeatureScaling.None || model.IsLinear
            ? scaling
            : throw Guard.Invalid(
                nameof(FitOptions.Scaling), $"Scaling is {scaling}: the coefficients of {model.GetType().Name} cannot be mapped back; " +
                    $"scale the data yourself, or use None.");
    }

    public static ILoss DefaultLoss(ModelTask task) => task switch
    {
        ModelTask.Regression => new MeanSquaredError(),
        ModelTask.BinaryClassification => new BinaryCrossEntropy(),
        _ => new CategoricalCrossEntropy(),
    };
}
