using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>When a run ends, if nothing else ends it before.</summary>
internal readonly record struct Limits(long? MaxSteps, long? MaxEpochs, double? GradientTolerance);

/// <summary>The tests that look at gradient, loss and parameters. Losses here are those that are made small: negated when maximising, in the optimised problem's unit.</summary>
/// <param name="options">Tolerances.</param>
/// <param name="gradientTolerance">eps, if it is tested.</param>
/// <param name="unit">The user's loss is this times the loss here: negative when maximising.</param>
internal sealed class StopTests(TrainingOptions options, double? gradientTolerance, double unit)
{
    private readonly double[] _window = options.LossTolerance is null ? [] : new double[options.LossWindow];
    private readonly double? _target = options.TargetLoss / unit;
    private double[] _before = [];
    private long _inWindow;
    private double _firstNorm = double.NaN;
    private double _firstLoss = double.NaN;
    private double _lowest = double.NaN;
    private long _sinceLowest;

    public bool NeedWholeGradient => gradientTolerance is not null || options.RelativeGradientTolerance is not null;

    /// <summary>Looks at the norm of the full gradient.</summary>
    public StopDetails? Gradient(double norm)
    {
        if (double.IsNaN(_firstNorm))
            _firstNorm = norm;
        double threshold = Math.Max(gradientTolerance ?? double.NegativeInfinity, options.RelativeGradientTolerance * _firstNorm ?? double.NegativeInfinity);
        return norm <= threshold ? new StopDetails(StopReason.Converged, "gradient norm", norm, threshold) : null;
    }

    /// <summary>Looks at an epoch, once.</summary>
    /// <param name="loss">The epoch's loss.</param>
    /// <param name="watched">The validation loss where there is one, else the epoch's, in the user's unit and to be made small.</param>
    /// <param name="watchedName">Which of the two it is.</param>
    /// <param name="parameters">Where the run stands.</param>
    /// <param name="wholeLoss">The loss over all samples at these parameters.</param>
    public StopDetails? Epoch(double loss, double watched, string watchedName, ReadOnlySpan<double> parameters, Func<double> wholeLoss)
    {
        if (double.IsNaN(_firstLoss))
            _firstLoss = loss;
        if (_firstLoss > 0 && loss > options.MaxLossGrowth * _firstLoss)
            return new StopDetails(StopReason.Diverged, "loss", unit * loss, unit * options.MaxLossGrowth.GetValueOrDefault() * _firstLoss);
        return Target(loss, wholeLoss) ?? Settled(parameters) ?? LossSettled(loss) ?? NoImprovement(watched, watchedName);
    }

    /// <summary>After a return from a divergence: what came before it is no longer compared with.</summary>
    public void Forget() => (_before, _inWindow) = ([], 0);

    private StopDetails? Target(double loss, Func<double> wholeLoss)
    {
        if (loss > _target || _target is null)
            return null;
        double whole = wholeLoss();
        return whole <= _target ? new StopDetails(StopReason.TargetReached, "loss", unit * whole, options.TargetLoss!.Value) : null;
    }

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
        return !isFirst && change <= threshold ? new StopDetails(StopReason.ParametersSettled, "change of the parameters", change, threshold) : null;
    }

    private StopDetails? LossSettled(double loss)
    {
        if (_window.Length == 0)
            return null;
        ref double oldest = ref _window[_inWindow % _window.Length];
        double change = Math.Abs(loss - oldest), threshold = options.LossTolerance!.Value * Math.Max(Math.Abs(loss), Math.Abs(oldest));
        oldest = loss;
        return _inWindow++ >= _window.Length && change <= threshold
            ? new StopDetails(StopReason.LossSettled, "change of the loss", Math.Abs(unit) * change, Math.Abs(unit) * threshold)
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
        return _sinceLowest >= stopping.Patience ? new StopDetails(StopReason.NoImprovement, watchedName, _sinceLowest, stopping.Patience) : null;
    }

    /// <summary>The setting behind an ending that only the whole way shows; empty for endings that are looked at afresh.</summary>
    private string SettingOf(StopReason reason) => reason switch
    {
        StopReason.TargetReached => Format.Text($"{options.TargetLoss}"),
        StopReason.ParametersSettled => Format.Text($"{options.ParameterTolerance}"),
        StopReason.LossSettled => Format.Text($"{options.LossTolerance} {options.LossWindow}"),
        StopReason.NoImprovement => Format.Text($"{options.EarlyStopping}"),
        _ => "",
    };

    /// <summary>A run that has ended by a test of its epochs is saved as ended.</summary>
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

    /// <summary>The end that was saved, unless the setting behind it has been changed: then the run goes on.</summary>
    public StopDetails? RestoreEnd(Snapshot snapshot)
    {
        if (!snapshot.Has("end.reason"))
            return null;
        var reason = (StopReason)snapshot.TakeCount("end.reason", atMost: (long)StopReason.Paused);
        string setting = snapshot.TakeText("end.setting");
        var stop = new StopDetails(reason, snapshot.TakeText("end.quantity"), snapshot.TakeAny("end.measured"), snapshot.TakeAny("end.threshold"));
        return setting.Length > 0 && setting == SettingOf(reason) ? stop : null;
    }

    public void Save(Snapshot snapshot)
    {
        snapshot.AddAny("stop.firstNorm", _firstNorm);
        snapshot.AddAny("stop.firstLoss", _firstLoss);
        snapshot.AddAny("stop.lowest", _lowest);
        snapshot.Add("stop.sinceLowest", _sinceLowest);
        snapshot.Add("stop.inWindow", _inWindow);
        snapshot.Add("stop.window", _window);
        snapshot.Add("stop.before", _before);
    }

    public void Restore(Snapshot snapshot, int parameterCount)
    {
        _firstNorm = snapshot.TakeAny("stop.firstNorm");
        _firstLoss = snapshot.TakeAny("stop.firstLoss");
        _lowest = snapshot.TakeAny("stop.lowest");
        _sinceLowest = snapshot.TakeCount("stop.sinceLowest");
        _inWindow = snapshot.TakeCount("stop.inWindow");
        double[] window = snapshot.TakeVector("stop.window"), before = snapshot.TakeVector("stop.before");
        if (window.Length == _window.Length)
            window.CopyTo(_window, 0);
        else
            _inWindow = 0; // another window now: it fills anew
        if (options.ParameterTolerance is not null && before.Length == parameterCount)
            _before = before;
    }
}
