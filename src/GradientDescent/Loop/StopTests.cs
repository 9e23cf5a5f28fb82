using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The stopping tests on gradient, loss and parameters. Losses here are minimised ones: negated when maximising, in the unit of the
/// optimised problem.
/// </summary>
/// <param name="options">Tolerances.</param>
/// <param name="limits">The tolerances of the gradient, with their defaults.</param>
/// <param name="unit">The factor from the loss here to the user's loss; negative when maximising.</param>
/// <param name="epochs">The word for epochs in messages: a plain function has steps only.</param>
internal sealed class StopTests(TrainingOptions options, Limits limits, double unit, string epochs)
{
    public const string InStandardErrorsName = "gradient in standard errors";

    private readonly double[] _window = options.LossTolerance is null ? [] : new double[options.LossWindow];
    private readonly LossGrowth _growth = new(options.MaxLossGrowth);
    private readonly double? _target = options.TargetLoss / unit;
    private double[] _before = [];
    private long _inWindow;
    private double _firstNorm = double.NaN;
    private double _lowest = double.NaN;
    private long _sinceLowest;

    public bool NeedFullGradient => limits is not { GradientTolerance: null, StandardErrorTolerance: null }
        || options.RelativeGradientTolerance is not null;

    /// <summary>The norm of the first full gradient; NaN if there is none.</summary>
    public double FirstNorm => _firstNorm;

    /// <summary>Tests the full gradient.</summary>
    public StopDetails? Gradient(GradientMeasure measure)
    {
        if (double.IsNaN(_firstNorm))
            _firstNorm = measure.Norm;
        double threshold = Math.Max(limits.GradientTolerance ?? double.NegativeInfinity,
            options.RelativeGradientTolerance * _firstNorm ?? double.NegativeInfinity);
        return measure.Norm <= threshold
            ? StopDetails.Limit(StopReason.Converged, "gradient norm", measure.Norm, threshold)
            : InStandardErrors(measure.Relative);
    }

    /// <summary>Returns the test of the gradient that these numbers do not pass; <see langword="null"/> if there is none.</summary>
    public StopDetails? Missed(GradientMeasure measure)
    {
        if (measure.Relative is { } relative && limits.StandardErrorTolerance is > 0 and { } tolerance)
            return StopDetails.Limit(StopReason.Converged, InStandardErrorsName, relative.InStandardErrors, tolerance);
        return limits.GradientTolerance is > 0 and { } eps && !double.IsNaN(_firstNorm)
            ? StopDetails.Limit(StopReason.Converged, "gradient norm", measure.Norm, eps)
            : null;
    }

    private StopDetails? InStandardErrors(RelativeGradient? relative)
    {
        if (relative is not { } largest || limits.StandardErrorTolerance is not { } tolerance || !(largest.ShareOf(tolerance) <= 1))
            return null;
        return largest.InStandardErrors <= tolerance
            ? StopDetails.Limit(StopReason.Converged, InStandardErrorsName, largest.InStandardErrors, tolerance)
            : StopDetails.Limit(StopReason.Converged, "gradient in rounding errors", largest.InRoundingErrors,
                RelativeGradient.MaxRoundingErrors);
    }

    /// <summary>Whether the loss over all samples is needed to test an epoch of this loss.</summary>
    public bool NeedsFullLoss(double epochLoss) => epochLoss <= _target;

    /// <summary>Tests an epoch, once.</summary>
    /// <param name="epoch">The measurement after the epoch.</param>
    /// <param name="parameters">The parameters at its end.</param>
    public StopDetails? Epoch(EpochMeasurement epoch, ReadOnlySpan<double> parameters)
    {
        double loss = epoch.Loss;
        if (_growth.BoundPassedBy(loss) is { } bound)
            return StopDetails.Limit(StopReason.Diverged, "loss", unit * loss, unit * bound);
        return Target(epoch.FullLoss) ?? Settled(parameters) ?? LossSettled(loss)
            ?? NoImprovement(epoch.Watched, epoch.WatchedName);
    }

    /// <summary>Forgets the losses and parameters before a return from a divergence; they are not compared any more.</summary>
    public void Forget()
    {
        (_before, _inWindow) = ([], 0);
        _growth.Forget();
    }

    /// <summary>Tests the loss over all samples against the target.</summary>
    public StopDetails? Target(double fullLoss) =>
        fullLoss <= _target ? StopDetails.Limit(StopReason.TargetReached, "loss", unit * fullLoss, options.TargetLoss!.Value) : null;

    private StopDetails? Settled(ReadOnlySpan<double> parameters)
    {
        if (options.ParameterTolerance is not { } tolerance)
            return null;
        bool isFirst = _before.Length == 0;
        if (isFirst)
            _before = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
            _before[i] = parameters[i] - _before[i];
        double change = Reductions.Norm(_before), threshold = tolerance * Reductions.Norm(parameters);
        parameters.CopyTo(_before);
        return !isFirst && change <= threshold
            ? StopDetails.Limit(StopReason.ParametersSettled, "change of the parameters", change, threshold) : null;
    }

    private StopDetails? LossSettled(double loss)
    {
        if (_window.Length == 0)
            return null;
        ref double oldest = ref _window[_inWindow % _window.Length];
        double change = Math.Abs(loss - oldest), threshold = options.LossTolerance!.Value * Math.Max(Math.Abs(loss), Math.Abs(oldest));
        oldest = loss;
        return _inWindow++ >= _window.Length && change <= threshold
            ? StopDetails.Limit(StopReason.LossSettled, "change of the loss", Math.Abs(unit) * change, Math.Abs(unit) * threshold)
            : null;
    }

    private StopDetails? NoImprovement(double watched, string watchedName)
    {
        if (options.EarlyStopping is not { } stopping)
            return null;
        bool improved = double.IsNaN(_lowest) || watched < _lowest - stopping.MinImprovement;
        if (improved)
            _lowest = watched;
        _sinceLowest = improved ? 0 : _sinceLowest + 1;
        return _sinceLowest < stopping.Patience ? null
            : StopDetails.Limit(StopReason.NoImprovement, $"{epochs} without a lower {watchedName}", _sinceLowest, stopping.Patience);
    }

    /// <summary>The setting of a test that needs the history of the run; empty for tests that are repeated after a resume.</summary>
    private string SettingOf(StopReason reason) => reason switch
    {
        StopReason.TargetReached => Format.Text($"{options.TargetLoss}"),
        StopReason.ParametersSettled => Format.Text($"{options.ParameterTolerance}"),
        StopReason.LossSettled => Format.Text($"{options.LossTolerance} {options.LossWindow}"),
        StopReason.NoImprovement => Format.Text($"{options.EarlyStopping}"),
        StopReason.OptimizerStopped => "optimizer",
        _ => "",
    };

    /// <summary>Saves the end of a run that was ended by a test of its epochs or by its optimizer.</summary>
    public void SaveEnd(StopDetails? stop, Snapshot snapshot)
    {
        if (stop is null || SettingOf(stop.Reason) is not { Length: > 0 } setting)
            return;
        snapshot.Add("end.reason", (long)stop.Reason);
        snapshot.Add("end.setting", setting);
        snapshot.Add("end.quantity", stop.Quantity);
        snapshot.AddAny("end.measured", stop.Measured);
        snapshot.AddAny("end.threshold", stop.Threshold);
    }

    /// <summary>Returns the saved end, unless its setting has changed; then the run continues.</summary>
    public StopDetails? RestoreEnd(Snapshot snapshot)
    {
        if (!snapshot.Has("end.reason"))
            return null;
        var reason = (StopReason)snapshot.TakeCount("end.reason", atMost: (long)StopReason.OptimizerStopped);
        string setting = snapshot.TakeText("end.setting");
        var stop = StopDetails.Limit(reason, snapshot.TakeText("end.quantity"), snapshot.TakeAny("end.measured"),
            snapshot.TakeAny("end.threshold"));
        return setting.Length > 0 && setting == SettingOf(reason) ? stop : null;
    }

    public void Save(Snapshot snapshot)
    {
        snapshot.AddAny("stop.firstNorm", _firstNorm);
        _growth.Save(snapshot);
        snapshot.AddAny("stop.lowest", _lowest);
        snapshot.Add("stop.sinceLowest", _sinceLowest);
        snapshot.Add("stop.inWindow", _inWindow);
        snapshot.Add("stop.window", _window);
        snapshot.Add("stop.before", _before);
    }

    public void Restore(Snapshot snapshot, int parameterCount)
    {
        _firstNorm = snapshot.TakeAny("stop.firstNorm");
        _growth.Restore(snapshot);
        _lowest = snapshot.TakeAny("stop.lowest");
        _sinceLowest = snapshot.TakeCount("stop.sinceLowest");
        _inWindow = snapshot.TakeCount("stop.inWindow");
        double[] window = snapshot.TakeVector("stop.window"), before = snapshot.TakeVector("stop.before");
        if (window.Length == _window.Length)
            window.CopyTo(_window, 0);
        else
            _inWindow = 0; // the window has changed: it is filled again
        if (options.ParameterTolerance is not null && before.Length == parameterCount)
            _before = before;
    }
}
