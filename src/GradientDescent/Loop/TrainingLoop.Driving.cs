using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>The methods that run the loop to the next step, to the end or to a pause, and the reports.</summary>
internal sealed partial class TrainingLoop
{
    public bool HasEnded => _stop is not null;

    /// <summary>The point that is validated and returned; the parameters, unless the optimizer has another solution.</summary>
    public ReadOnlySpan<double> Solution => FindSolution() ? _solution : Current;

    /// <summary>The number of steps, and of batches that were left out.</summary>
    public long StepCount => _clock.Step;

    /// <summary>How the run ended; <see langword="null"/>: it goes on.</summary>
    public StopDetails? Stop => _stop;

    /// <summary>The current parameters, at which the next loss will be measured.</summary>
    public ReadOnlySpan<double> CurrentParameters => Current;

    /// <summary>Copies the point that is returned.</summary>
    public void CopySolutionTo(Span<double> target) => Solution.CopyTo(target);

    /// <summary>Changes the parameters between two steps, when the units of the problem change.</summary>
    public void Convert(ParameterConversion conversion) => conversion(Parameters);

    /// <summary>Converts parameters in place.</summary>
    public delegate void ParameterConversion(Span<double> parameters);

    /// <summary>Copies the current parameters, at which the next loss will be measured.</summary>
    public void CopyParametersTo(Span<double> target) => Current.CopyTo(target);

    /// <summary>Whether steps are on the parameters that a batch depends on.</summary>
    public bool HasSparseSteps => _sparse is not null;

    /// <summary>Copies some of the current parameters.</summary>
    public void CopyParametersTo(ReadOnlySpan<int> indices, Span<double> target)
    {
        for (int i = 0; i < indices.Length; i++)
            target[i] = _sparse is null ? _parameters.Span[indices[i]] : _sparse.UpToDate(_parameters.Span[indices[i]], indices[i]);
    }

    /// <summary>Replaces some of the current parameters after a step that failed.</summary>
    public void TakeBack(ReadOnlySpan<int> indices, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < indices.Length; i++)
            _parameters.Span[indices[i]] = values[i];
    }

    public int ParameterCount => _parameters.Length;

    /// <summary>Runs until the next step is made; returns <see langword="false"/> if the run ended without one.</summary>
    /// <param name="report">The report of the step, if <paramref name="wantsReport"/>.</param>
    /// <param name="wantsReport">Whether the caller reads the report.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Advance(out TrainingReport report, bool wantsReport)
    {
        long step = _clock.Step;
        bool isObserved = _monitor.IsObserved || wantsReport;
        _clock.Start();
        try
        {
            while (_stop is null && _clock.Step == step)
                GuardedTurn(isObserved);
            report = isObserved && _clock.Step > step ? Report() : default;
            if (_clock.Step > step && _monitor.IsObserved)
                _monitor.Observe(in report);
        }
        catch (Exception exception) when (!EndsJob(exception))
        {
            throw;
        }
        finally
        {
            _clock.Stop();
        }

        return _clock.Step > step;
    }

    /// <summary>Runs until the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Complete()
    {
        if (_monitor.IsObserved)
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
            {
                if (_rows is not null || (_sparse is not null && _problem.HasSingleSamples))
                    MakeSampleSteps();
                if (_stop is null)
                    GuardedTurn(isObserved: false);
            }
        }
        catch (Exception exception) when (!EndsJob(exception))
        {
            throw;
        }
        finally
        {
            _clock.Stop();
        }
    }

    /// <summary>
    /// Ends the job of all ranks at an exception on this one: the others would wait for it for ever. Always returns
    /// <see langword="true"/>; it is called before the stack is unwound, where a debugger shows the cause.
    /// </summary>
    private bool EndsJob(Exception exception)
    {
        const int SoftwareError = 70; // EX_SOFTWARE of sysexits.h
        _problem.Collective?.Abort(SoftwareError, Format.Text($"{exception.GetType().Name}: {exception.Message}"));
        return true;
    }

    /// <summary>Flushes progress and the checkpoint when the caller pauses.</summary>
    public void Pause()
    {
        _monitor.Flush();
        if (_stop is not { Reason: StopReason.Diverged } && !_isFaulted)
            _settings.Checkpoints?.Write(_clock.Counts, this);
        _monitor.Count(_clock.Step, _clock.Samples, _clock.Epoch, epochLoss: null);
    }

    /// <summary>Writes the optimizer's solution; returns <see langword="false"/> if it is equal to the parameters.</summary>
    private bool FindSolution()
    {
        bool isAnother = _optimizer.CopySolution(Current, _solution);
        if (isAnother)
            _frozen?.Restore(_solution);
        return isAnother;
    }

    /// <summary>Makes one turn. After an exception of a user's code the run is in the middle of a step and cannot be continued.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GuardedTurn(bool isObserved)
    {
        if (_isFaulted)
            throw new InvalidOperationException("An exception ended this run in the middle of a step: it cannot be continued.");
        _isFaulted = true;
        _stop = Turn(isObserved);
        _isFaulted = false;
        if (_stop is null)
            _settings.Checkpoints?.WriteIfDue(_clock.Counts, this);
    }

    private TrainingReport Report() => new()
    {
        Step = _clock.Step,
        Epoch = _clock.Epoch,
        Samples = _clock.Samples,
        SkippedBatches = _skipped.Count,
        Loss = _settings.Direction.ToUser(_latest.Loss),
        GradientNorm = _latest.GradientNorm,
        LearningRate = _latest.LearningRate,
        EndsEpoch = _clock.Batch == 0,
        EpochLoss = _history.Last?.Loss ?? double.NaN,
        ValidationLoss = _history.Last?.ValidationLoss ?? double.NaN,
        PlannedSteps = _clock.Counts.PlannedSteps,
        Elapsed = _clock.Elapsed,
        RunName = _settings.Options.RunName,
    };
}
