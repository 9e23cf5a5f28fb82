namespace GradientDescent;

/// <summary>
/// After a divergence: back to the last good parameters and optimizer state, and on with a lower rate. The clock goes on: updates that led
/// nowhere count. Good are the start and later points whose loss was not above the first: with mini-batches, ends of epochs by the epoch's
/// mean; with full batches, updates 1, 2, 4, 8, … and every 1024th by the loss there.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 50, Recovery = new(maxAttempts: 5, rateFactor: 0.1) };
/// FitOptions fitOptions = new() { Scaling = FeatureScaling.None };
/// TrainingResult result = new Trainer(new MiniBatchSGD(0.1), options).Fit(new LinearRegression(), data, options: fitOptions);
/// Console.WriteLine($"{result.Reason} with {result.Recoveries[^1].RateFactor:G3} of the rate");   // MaxEpochs with 0.0001 of the rate
/// </code></example>
public sealed record DivergenceRecovery
{
    private const int AttemptLimit = 1000;

    /// <param name="maxAttempts">
    /// How often a run may go back, from 1 to 1000; after that it ends as <see cref="StopReason.Diverged"/>.
    /// </param>
    /// <param name="rateFactor">The factor by which the rate is multiplied each time, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public DivergenceRecovery(int maxAttempts = 5, double rateFactor = 0.1)
    {
        MaxAttempts = maxAttempts is >= 1 and <= AttemptLimit ? maxAttempts
            : throw Guard.OutOfRange(nameof(maxAttempts), maxAttempts, "from 1 to 1000");
        RateFactor = Guard.Between(rateFactor, 0, 1);
    }

    /// <summary>How often a run may go back.</summary>
    public int MaxAttempts { get; }

    /// <summary>What the rate is multiplied by each time.</summary>
    public double RateFactor { get; }

    /// <summary>Both settings.</summary>
    public override string ToString() => Format.Text($"(attempts {MaxAttempts}, factor {RateFactor})");
}

/// <summary>One return from a divergence.</summary>
public sealed record RecoveryRecord
{
    /// <summary>The steps made before the divergence was noticed.</summary>
    public required long Step { get; init; }

    /// <summary>The divergence.</summary>
    public required StopDetails Divergence { get; init; }

    /// <summary>The step whose parameters the run went back to; 0 is the start.</summary>
    public required long ReturnedTo { get; init; }

    /// <summary>The factor of the rate from here on, all returns so far included.</summary>
    public required double RateFactor { get; init; }

    /// <summary>What happened when, and where the run went on.</summary>
    public override string ToString() =>
        Format.Text($"step {Step}: {Divergence}; back to step {ReturnedTo}, at {RateFactor:G3} of the rate");
}

/// <summary>Where a run can go back to, and how often it did.</summary>
internal sealed class RecoveryPoint
{
    private readonly DivergenceRecovery _settings;
    private readonly double[] _parameters;
    private readonly List<RecoveryRecord> _records = [];
    private OptimizerState _state;
    private long _step;
    private double _firstLoss = double.NaN;

    public RecoveryPoint(DivergenceRecovery settings, ReadOnlySpan<double> start, IOptimizer optimizer) =>
        (_settings, _parameters, _state) = (settings, start.ToArray(), optimizer.GetState());

    public double RateFactor { get; private set; } = 1;

    public IReadOnlyList<RecoveryRecord> Records => _records;

    /// <summary>Keeps a point if its loss is not above the first that was considered, and the optimizer could continue from it.</summary>
    public void Consider(ReadOnlySpan<double> parameters, IOptimizer optimizer, long step, double loss)
    {
        if (double.IsNaN(_firstLoss))
            _firstLoss = loss;
        if (!(loss <= _firstLoss) || optimizer.GetState() is var state && !state.IsFinite)
            return;
        parameters.CopyTo(_parameters);
        (_state, _step) = (state, step);
    }

    /// <summary>Goes back with a lower rate, unless that was done too often or has just been done in vain.</summary>
    public bool TryReturn(StopDetails divergence, Span<double> parameters, IOptimizer optimizer, long step)
    {
        if (_records.Count == _settings.MaxAttempts || _records.Count > 0 && _records[^1].Step == step)
            return false;
        RateFactor *= _settings.RateFactor;
        _parameters.CopyTo(parameters);
        optimizer.SetState(_state);
        _records.Add(new RecoveryRecord { Step = step, Divergence = divergence, ReturnedTo = _step, RateFactor = RateFactor });
        return true;
    }

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("recovery.parameters", _parameters);
        snapshot.Add("recovery.step", _step);
        snapshot.Add("recovery.rateFactor", RateFactor);
        if (!double.IsNaN(_firstLoss))
            snapshot.Add("recovery.firstLoss", _firstLoss);
        snapshot.Add("recovery.optimizer", _state);
        snapshot.Add("recovery.count", _records.Count);
        for (int i = 0; i < _records.Count; i++)
        {
            RecoveryRecord record = _records[i];
            string name = Format.Text($"recovery.{i}.");
            snapshot.Add(name + "step", record.Step);
            snapshot.Add(name + "returnedTo", record.ReturnedTo);
            snapshot.Add(name + "rateFactor", record.RateFactor);
            snapshot.Add(name + "quantity", record.Divergence.Quantity);
            snapshot.AddAny(name + "measured", record.Divergence.Measured);
            snapshot.AddAny(name + "threshold", record.Divergence.Threshold);
        }
    }

    /// <param name="snapshot">The snapshot to read from or write to.</param>
    /// <param name="optimizer">One without state, to try the saved state on.</param>
    public void Restore(Snapshot snapshot, IOptimizer optimizer)
    {
        snapshot.TakeVector("recovery.parameters", _parameters);
        _step = snapshot.TakeCount("recovery.step");
        RateFactor = snapshot.TakeShare("recovery.rateFactor");
        _firstLoss = snapshot.TakeNumberOr("recovery.firstLoss", double.NaN);
        _state = snapshot.TakeState("recovery.optimizer", _parameters.Length, optimizer);
        _records.Clear();
        long count = snapshot.TakeCount("recovery.count", atMost: _settings.MaxAttempts);
        for (int i = 0; i < count; i++)
        {
            string name = Format.Text($"recovery.{i}.");
            var divergence = StopDetails.Limit(
                StopReason.Diverged, snapshot.TakeText(name + "quantity"), snapshot.TakeAny(name + "measured"),
                    snapshot.TakeAny(name + "threshold"));
            _records.Add(new RecoveryRecord
            {
                Step = snapshot.TakeCount(name + "step"),
                Divergence = divergence,
                ReturnedTo = snapshot.TakeCount(name + "returnedTo"),
                RateFactor = snapshot.TakeShare(name + "rateFactor"),
            });
        }
    }
}
