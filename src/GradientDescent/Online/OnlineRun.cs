using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The state of an <see cref="OnlineTrainer"/> since its start or its last reset.</summary>
internal sealed class OnlineRun
{
    private const string Remedy = "The trainer keeps the parameters before it; Reset() or Resume() goes on.";

    private readonly IModel _model;
    private readonly OnlineOptions _options;
    private readonly RiskSettings _risks;
    private readonly StreamedRisk _stream;
    private readonly BatchSampler _sampler = BatchSampler.Arriving();
    private readonly TrainingLoop _loop;
    private readonly ParametersBefore _before;
    private readonly ProgressiveLoss _losses;
    private readonly ProgressiveLoss _hits;
    private readonly DriftAlarm? _drift;
    private RunningScale? _scale;
    private double[] _scores = [];
    private TrainingReport _latest;
    private long _skipped; // by the loop
    private long _overflows; // batches with features whose squares overflow
    private bool _isUsable = true;

    public OnlineRun(
        IModel model, IOptimizer optimizer, OnlineOptions options, RiskSettings risks, int featureCount, bool isSparse, double[] start)
    {
        (_model, _options, _risks, FeatureCount, IsSparse) = (model, options, risks, featureCount, isSparse);
        ParameterLayout layout = model.Layout(featureCount);
        (_losses, _hits) = (new ProgressiveLoss(options.HalfLife), new ProgressiveLoss(options.HalfLife));
        _drift = options.Drift is null ? null : new DriftAlarm(options.Drift);
        _stream = new StreamedRisk(layout, model.OutputCount, model.IsLinear, isSparse && model.IsLinear);
        PenaltyTerm? penalty = options.Penalty?.Bind(layout, [], 1);
        var problem = new TrainingProblem(_stream, _sampler, penalty, optimizer.LearningRate);
        RunSettings settings = new RunFactory(optimizer, options.ForLoop).Prepare(problem, start, isFit: false, CancellationToken.None);
        _loop = new TrainingLoop(settings with { Limits = new Limits(null, null, null, null, null) });
        _before = new ParametersBefore(_loop);
        bool hasIntercept = layout.Count > model.OutputCount * featureCount;
        _scale = IsScaled(optimizer) ? new RunningScale(featureCount, hasIntercept) : null;
    }

    public int FeatureCount { get; }

    public bool IsSparse { get; }

    public long Batches => _loop.StepCount - _skipped;

    public long Samples { get; private set; }

    private bool IsClassifier => _model.Task != ModelTask.Regression;

    /// <summary>The parameters in the units of the data.</summary>
    public ImmutableArray<double> Parameters
    {
        get
        {
            double[] parameters = new double[_stream.ParameterCount];
            _loop.CopySolutionTo(parameters);
            if (!_isUsable && !Reductions.AreFinite(parameters))
                _loop.CopyParametersTo(parameters); // the mean has the parameters of the step that failed
            if (_scale is not null)
                _scale.ToUser(parameters, _model.OutputCount);
            return [.. parameters];
        }
    }

    /// <summary>Stores the parameters in a model, with how they were found.</summary>
    public void StoreIn(IModel model, string loss) => model.SetParameters(Parameters, FeatureCount, new FitMethod
    {
        Loss = loss,
        Scaling = _scale is null ? FeatureScaling.None : FeatureScaling.Standardize,
        TargetScaling = FeatureScaling.None,
        Penalty = _options.Penalty?.ToString(),
    });

    /// <summary>Throws if a batch has another shape than the batches before.</summary>
    public void RequireLike(Dataset batch)
    {
        if (batch.FeatureCount != FeatureCount)
            throw Guard.Invalid(nameof(batch), $"The batch has {batch.FeatureCount} features: the batches before had {FeatureCount}.");
        if (batch.IsSparse != IsSparse)
            throw Guard.Invalid(nameof(batch),
                $"The batch is {(batch.IsSparse ? "sparse" : "dense")}: the batches before were {(IsSparse ? "sparse" : "dense")}.");
    }

    /// <summary>
    /// Measures a batch, and learns it by one step. A batch that fails or is left out changes neither parameters nor scales.
    /// </summary>
    /// <param name="batch">The samples.</param>
    /// <param name="risk">The loss on them, if features are not scaled.</param>
    public OnlineReport Learn(Dataset batch, EmpiricalRisk risk)
    {
        RequireUsable();
        RunningScale? scale = _scale?.With(batch);
        if (scale is { IsFinite: false })
        {
            _overflows++;
            return Report(new LossSum(double.NaN, 1), isSkipped: true, hasDrifted: false);
        }

        _before.Keep(risk);
        double hits;
        try
        {
            if (scale is not null)
                (batch, risk) = Scaled(scale, batch, risk);
            hits = IsClassifier ? HitsOn(batch) : double.NaN;
            _stream.Arrive(risk);
            _sampler.Arrive(batch.SampleCount);
            _isUsable = false; // code of the user may throw
            bool advanced = _loop.Advance(out _latest, wantsReport: true);
            if (!advanced || _loop.HasEnded)
                throw new InvalidOperationException(
                    $"The parameters are not finite after this batch ({_loop.Stop}): use a lower learning rate. {Remedy}");
            _isUsable = true;
        }
        catch
        {
            _before.Restore();
            throw;
        }

        bool isSkipped = _latest.SkippedBatches > _skipped, hasDrifted = false;
        _skipped = _latest.SkippedBatches;
        LossSum before = _stream.BeforeStep;
        if (isSkipped)
        {
            _before.Restore();
        }
        else
        {
            _scale = scale;
            Samples += batch.SampleCount;
            _losses.Add(before.Loss, before.Weight);
            if (IsClassifier)
                _hits.Add(hits, before.Weight);
            hasDrifted = _drift?.Rings(before.Mean) ?? false;
        }

        return Report(before, isSkipped, hasDrifted);
    }

    /// <summary>Throws if the last batch failed in the middle of its step.</summary>
    public void RequireUsable()
    {
        if (!_isUsable)
            throw new InvalidOperationException($"The last batch failed in the middle of its step. {Remedy}");
    }

    private OnlineReport Report(LossSum before, bool isSkipped, bool hasDrifted) => new()
    {
        Batches = Batches,
        Samples = Samples,
        BatchLoss = before.Mean,
        ProgressiveLoss = _losses.Mean,
        RecentLoss = _losses.Recent,
        ProgressiveAccuracy = _hits.Mean,
        RecentAccuracy = _hits.Recent,
        LearningRate = _latest.LearningRate,
        IsSkipped = isSkipped,
        SkippedBatches = _skipped + _overflows,
        HasDrifted = hasDrifted,
    };

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("online.features", FeatureCount);
        snapshot.Add("online.sparse", IsSparse ? 1L : 0);
        snapshot.Add("online.samples", Samples);
        snapshot.Add("online.skipped", _skipped);
        snapshot.Add("online.overflows", _overflows);
        _losses.Save(snapshot, "online.losses");
        _hits.Save(snapshot, "online.hits");
        _scale?.Save(snapshot);
        _drift?.Save(snapshot);
        _loop.Save(snapshot);
    }

    /// <summary>Restores what <see cref="Save"/> has written, except the shape of the batches.</summary>
    public void Restore(Snapshot snapshot)
    {
        Samples = snapshot.TakeCount("online.samples");
        _skipped = snapshot.TakeCount("online.skipped");
        _overflows = snapshot.TakeCount("online.overflows");
        _losses.Restore(snapshot, "online.losses");
        _hits.Restore(snapshot, "online.hits");
        _scale?.Restore(snapshot);
        _drift?.Restore(snapshot);
        _loop.Restore(snapshot);
    }

    /// <summary>Whether features are scaled: if the parameters can be converted when the scales change.</summary>
    private bool IsScaled(IOptimizer optimizer)
    {
        string? obstacle = IsSparse ? "sparse features are not centred"
            : _loop.HasFrozenParameters ? "frozen parameters cannot be converted when the scales change"
            : null;
        if (_options.Scaling is null)
        {
            return obstacle is null && _model.IsLinear && _options.Penalty is null
                && optimizer is not ISampleReader && !IPointKeeper.IsIn(optimizer);
        }

        bool isScaled = _options.Scaling == FeatureScaling.Standardize;
        return !isScaled || obstacle is null ? isScaled
            : throw Guard.Invalid(nameof(OnlineOptions.Scaling), $"Scaling is Standardize: {obstacle}; use None.");
    }

    /// <summary>Converts the parameters to new scales, and scales a batch.</summary>
    private (Dataset Batch, EmpiricalRisk Risk) Scaled(RunningScale scale, Dataset batch, EmpiricalRisk risk)
    {
        _loop.Convert(parameters =>
        {
            _scale!.ToUser(parameters, _model.OutputCount);
            scale.FromUser(parameters, _model.OutputCount);
        });
        Dataset scaled = scale.Scaled(batch);
        return (scaled, _risks.NewRisk(_model, risk.Loss, scaled, null));
    }

    /// <summary>The weight of the samples whose class the model predicts.</summary>
    private double HitsOn(Dataset batch)
    {
        int outputs = _model.OutputCount;
        if (_scores.Length < batch.SampleCount * outputs)
            _scores = new double[batch.SampleCount * outputs];
        Span<double> scores = _scores.AsSpan(0, batch.SampleCount * outputs);
        ModelEvaluation.Score(_model, _loop.CurrentParameters, batch, scores);
        double hits = 0;
        for (int i = 0; i < batch.SampleCount; i++)
        {
            if (ModelEvaluation.ClassOf(scores.Slice(i * outputs, outputs)) == batch.Targets(i)[0])
                hits += batch.Weight(i);
        }

        return hits;
    }
}
