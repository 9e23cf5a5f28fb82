using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>How the loop is driven from outside: to the next update, to the end, or to a rest; and what it tells on the way.</summary>
internal sealed partial class TrainingLoop
{
    /// <summary>Works until the next update is made; <see langword="false"/> when the run has ended without one.</summary>
    /// <param name="report">The update, if <paramref name="wantsReport"/>.</param>
    /// <param name="wantsReport">Whether the caller looks at it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Advance(out TrainingReport report, bool wantsReport)
    {
        long step = _step;
        bool isWatched = _watch.IsWatching || wantsReport;
        _clock.Start();
        try
        {
            while (_stop is null && _step == step)
                WholeTurn(isWatched);
            report = isWatched && _step > step ? Report() : default;
            if (_step > step && _watch.IsWatching)
                _watch.Observe(in report);
        }
        finally
        {
            _clock.Stop();
        }

        return _step > step;
    }

    /// <summary>Nobody asks for more at the moment: what is known is told and written down.</summary>
    public void Rest()
    {
        _watch.End();
        if (_stop is not { Reason: StopReason.Diverged } && !_isFaulted)
            Checkpoints?.Write(Clock, this);
        TellMeters(epochLoss: null);
    }

    private void TellMeters(double? epochLoss)
    {
        if (!Telemetry.IsMetered)
            return;
        Telemetry.Progressed(_step - _toldSteps, _samples - _toldSamples, _epoch - _toldEpochs, epochLoss);
        (_toldSteps, _toldSamples, _toldEpochs) = (_step, _samples, _epoch);
    }

    /// <summary>Works until the run has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Complete()
    {
        if (_watch.IsWatching)
        {
            while (Advance(out _, wantsReport: false))
            {
            }

            return;
        }

        _clock.Start();
        try
        {
            while (_stop is null)
                WholeTurn(isWatched: false);
        }
        finally
        {
            _clock.Stop();
        }
    }

    /// <summary>A turn that a user's code ends with an exception leaves a state between two: nothing can be done with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WholeTurn(bool isWatched)
    {
        if (_isFaulted)
            throw new InvalidOperationException("An exception ended this run in the middle of an update: it cannot be continued.");
        _isFaulted = true;
        _stop = Turn(isWatched);
        _isFaulted = false;
        if (_stop is null)
            Checkpoints?.WriteIfDue(Clock, this);
    }

    private TrainingReport Report() => new(
        _step, _epoch, _samples, InUsersUnit(_loss), _norm, _rate, _batch == 0,
        _history.Last?.Loss ?? double.NaN, _history.Last?.ValidationLoss ?? double.NaN, _plannedSteps, Elapsed);
}
