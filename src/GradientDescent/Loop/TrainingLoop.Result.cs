using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

internal sealed partial class TrainingLoop
{
    /// <summary>Returns the result of the run so far, or of the ended run. Changes nothing.</summary>
    public TrainingResult Result()
    {
        StopDetails stop = _stop ?? StopDetails.Paused;
        bool diverged = stop.Reason == StopReason.Diverged;
        Choice choice = Choose(stop.Reason);
        double[] chosen = choice.Parameters;
        ImmutableArray<double> last = diverged ? [.. _best.Last] : [.. Current];
        (double loss, double norm) = choice.Measured ?? Evaluate(chosen);
        string? note = null;
        if (_evaluator.IsNonsmooth && choice is { Step: > 0, By: not BestBy.Nothing })
        {
            note = NonsmoothNote(stop.Reason);
            double[] landed = ProximalPoint(chosen);
            (double landedLoss, double landedNorm) = Evaluate(landed);
            // A step that is too long for the curvature increases the loss. Near the optimum the losses are equal up to rounding.
            bool isAsGood = _settings.Direction.Sign * (landedLoss - loss) <= 1e-12 * Math.Abs(loss);
            if (isAsGood && (stop.Reason != StopReason.Converged || HasConvergedAt(landed)))
                (chosen, loss, norm) = (landed, landedLoss, landedNorm);
        }

        string? failure = _settings.Checkpoints?.Failure is { } message ? $"The last checkpoint could not be written: {message}" : null;
        return new TrainingResult
        {
            Stop = stop,
            Parameters = [.. chosen],
            OptimizedParameters = [.. chosen],
            BestBy = choice.By,
            BestStep = choice.Step,
            Loss = loss,
            LearningRate = _rates.BaseRate,
            GradientNorm = norm,
            ValidationLoss = _settings.Validation?.Measure(chosen).Loss,
            LastFiniteParameters = last,
            LastFiniteStep = diverged ? _best.LastStep : _clock.Step,
            StoppedAt = last,
            HasSamples = _problem.HasSamples,
            RunName = _settings.Options.RunName,
            Steps = _clock.Step,
            Epochs = _clock.Epoch,
            Samples = _clock.Samples,
            SkippedBatches = _skipped.Count,
            Elapsed = _clock.Elapsed,
            History = _history.ToImmutable(),
            Recoveries = [.. _recovery?.Records ?? []],
            OptimizerState = _optimizer.GetState(),
            Objective = _problem.Whole,
            NonFiniteIndex = diverged ? _nonFiniteIndex : null,
            Diagnosis = Diagnosis(stop, choice, out bool needsRate),
            NeedsRateAdvice = needsRate,
            Note = Format.Sentences(note, SmallValuesNote(stop), _skipped.Describe(_problem), failure),
        };
    }

    /// <summary>Returns the loss as users see it, and the norm of the gradient or of the gradient mapping.</summary>
    private (double Loss, double GradientNorm) Evaluate(double[] parameters)
    {
        double[] gradient = new double[parameters.Length];
        LossSum sum = _evaluator.EvaluateFull(parameters, gradient);
        return (_settings.Direction.Sign * sum.Mean, _evaluator.NormOf(parameters, gradient, _problem.ProximalStep));
    }

    /// <summary>Reports a start that passes the default test because all values of the function are small.</summary>
    private string? SmallValuesNote(StopDetails stop) =>
        stop is { Reason: StopReason.Converged, Measured: > 0 } && _clock.Step == 0 && _problem.Objective is not IMeasuredSum
            && _settings.Options.HasNoGradientTest
            ? "The gradient at the start is below the default tolerance, but not 0: if the function's values are small, set " +
                "GradientTolerance."
            : null;

    private bool HasConvergedAt(double[] parameters)
    {
        double[] gradient = new double[parameters.Length];
        _evaluator.EvaluateFull(parameters, gradient);
        return _tests.Gradient(_evaluator.Measure(parameters, gradient)) is not null;
    }

    /// <summary>Returns the note for mini-batches with a constant rate.</summary>
    private string? NonsmoothNote(StopReason reason) => IsFull || _latest.LearningRate < _rates.BaseRate || reason == StopReason.Converged
        ? null
        : "With mini-batches at a constant rate, a nonsmooth penalty ends away from its optimum: let a schedule lower the rate, or use " +
            "full batches.";

    /// <summary>Returns prox(θ − τg) with the gradient of all samples. Zeros in it are exact.</summary>
    private double[] ProximalPoint(double[] parameters)
    {
        double[] point = new double[parameters.Length];
        _evaluator.EvaluateFull(parameters, point);
        for (int j = 0; j < point.Length; j++)
            point[j] = parameters[j] - _problem.ProximalStep * point[j];
        _evaluator.ProximalStep(point, _problem.ProximalStep);
        return point;
    }

    /// <summary>
    /// Chooses the parameters to return. With validation data, these have the lowest loss on it. Otherwise, if the run converged, they are
    /// the last ones, unless they are worse than the start: a rule with momentum may have passed a point with a lower loss and a larger
    /// gradient. With full batches they are the
    /// best ones. With mini-batches, the best epoch is only a candidate, because its mean loss was computed while the parameters changed.
    /// Candidates are also the last parameters, the optimizer's solution and the start; the lowest loss over all samples decides.
    /// </summary>
    private Choice Choose(StopReason reason)
    {
        bool diverged = reason == StopReason.Diverged, hasSolution = FindSolution();
        if (_settings.Validation is not null)
            return ChooseByValidation(diverged);
        if (reason is StopReason.Converged or StopReason.TargetReached)
        {
            double start = reason == StopReason.Converged ? _best.StartLoss : double.NaN;
            var here = new Choice(Current.ToArray(), _clock.Step, BestBy.FullLoss, _latest.Loss, start, _latest.Loss);
            if (!here.EndsWorse)
                return here;
        }

        if (IsFull && !hasSolution && _best.Best is { } known)
            return new(known.Parameters, known.Step, BestBy.FullLoss, known.Loss, _best.StartLoss, _latest.Loss);

        const int Last = 1;
        List<(double[] Parameters, long Step)> candidates = [(_best.Start, 0)];
        candidates.Add(diverged ? (_best.Last, _best.LastStep) : (Current.ToArray(), _clock.Step));
        if (_best.Best is { } best && (best.Step != candidates[^1].Step || hasSolution))
            candidates.Add((best.Parameters, best.Step));
        if (hasSolution && Reductions.AreFinite(_solution))
            candidates.Add(([.. _solution], _clock.Step));
        (double Loss, double GradientNorm) last = Evaluate(candidates[Last].Parameters); // probably the lowest: the result has its gradient
        double[] losses =
            [.. candidates.Select((candidate, i) =>
                Comparable(i == Last ? _settings.Direction.Sign * last.Loss : FullLoss(candidate.Parameters)))];
        // Where the loss of all samples is never finite, batches were skipped because of it, and the steps on the others count.
        bool isKnown = losses.Any(double.IsFinite) || _skipped.Count == 0;
        int lowest = isKnown ? Array.IndexOf(losses, losses.Min()) : Last;
        bool isByNothing = _best.Best is null && (!hasSolution || diverged);
        BestBy by = isByNothing ? BestBy.Nothing
            : IsFull || _tests.NeedFullGradient || hasSolution ? BestBy.FullLoss
            : BestBy.EpochLoss;
        return new(candidates[lowest].Parameters, candidates[lowest].Step, by, losses[lowest], losses[0], losses[hasSolution ? ^1 : Last])
        {
            Measured = lowest == Last ? last : null,
        };
    }

    private Choice ChooseByValidation(bool diverged)
    {
        (double[] Parameters, long Step, double Loss)? best = _best.Best;
        double last = best?.Loss ?? double.NaN;
        if (!diverged && best?.Step != _clock.Step)
        {
            double[] here = Solution.ToArray();
            last = _settings.Validation!.Measure(here).Loss;
            if (!(best?.Loss <= last))
                best = (here, _clock.Step, last);
        }

        return best is { } found ? new(found.Parameters, found.Step, BestBy.ValidationLoss, found.Loss, _best.StartLoss, last)
            : new(_best.Start, 0, BestBy.Nothing, double.NaN, double.NaN, double.NaN);
    }

    /// <summary>NaN counts as the largest loss.</summary>
    private static double Comparable(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;

    private string? Diagnosis(StopDetails stop, Choice choice, out bool needsRate)
    {
        var diagnosis = new RunDiagnosis
        {
            Stop = stop,
            Steps = _clock.Step,
            Choice = choice,
            Direction = _settings.Direction,
            MissedTest = _tests.Missed(_latest.Gradient),
            GradientNorm = (_tests.FirstNorm, _latest.Gradient.Norm),
            Distance = Distance(_best.Start, Current),
            MayBeUnbounded = _problem.Objective is not IMeasuredSum,
            HasRate = _optimizer.HasLearningRate,
            Overflow = OverflowIn(_optimizer.GetState()),
        };
        string? text = diagnosis.Describe(), where = null;
        bool diverged = stop.Reason == StopReason.Diverged;
        needsRate = diverged || diagnosis.EndedWorse;
        if (text is null && !diverged)
            return null;
        if (diverged)
        {
            string batch = _problem.Describe(_latest.Epoch, _latest.Batch);
            where = Format.Sentences(
                batch.Length == 0 || !double.IsNaN(stop.Threshold) ? null : Format.Text($"It was noticed at {batch}."),
                double.IsNaN(_latest.LearningRate) ? null : Format.Text($"The last step's rate was {_latest.LearningRate:G4}."));
        }

        return Format.Sentences(TrainingResult.Ending(stop, _clock.Step, _problem.HasSamples ? _clock.Epoch : null), where, text);
    }

    /// <summary>Names the first number of a state's vectors that is not finite. Squares of large gradients overflow, and stay so.</summary>
    private static string? OverflowIn(OptimizerState state)
    {
        foreach ((string name, ImmutableArray<double> vector) in state.Vectors)
        {
            if (!Reductions.AreFinite(vector.AsSpan()))
                return Format.Text($"'{name}' of parameter {vector.IndexOf(vector.First(value => !double.IsFinite(value)))}");
        }

        return state.Inner.Values.Select(OverflowIn).FirstOrDefault(text => text is not null);
    }

    private static double Distance(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        double[] difference = to.ToArray();
        Reductions.AddScaled(difference, -1, from);
        return Reductions.Norm(difference);
    }
}
