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
        (double[] chosen, long step, BestBy by) = Choose(stop.Reason);
        ImmutableArray<double> last = diverged ? [.. _best.Last] : [.. Parameters];
        double[] gradient = new double[chosen.Length];
        double loss = Evaluate(chosen, gradient);
        string? note = null;
        if (_evaluator.IsNonsmooth && step > 0 && by != BestBy.Nothing)
        {
            note = NonsmoothNote(stop.Reason);
            double[] landed = ProximalPoint(chosen), there = new double[chosen.Length];
            double landedLoss = Evaluate(landed, there);
            // A step that is too long for the curvature increases the loss. Near the optimum the losses are equal up to rounding.
            bool isAsGood = landedLoss <= loss + 1e-12 * Math.Abs(loss);
            if (isAsGood && (stop.Reason != StopReason.Converged || HasConvergedAt(landed)))
                (chosen, gradient, loss) = (landed, there, landedLoss);
        }

        string? failure = _settings.Checkpoints?.Failure is { } message ? $"The last checkpoint could not be written: {message}" : null;
        return new TrainingResult
        {
            Stop = stop,
            Parameters = [.. chosen],
            OptimizedParameters = [.. chosen],
            BestBy = by,
            BestStep = step,
            Loss = loss,
            LearningRate = _rates.BaseRate,
            GradientNorm = Reductions.Norm(gradient),
            ValidationLoss = _settings.Validation?.Measure(chosen).Loss,
            LastFiniteParameters = last,
            LastFiniteStep = diverged ? _best.LastStep : _clock.Step,
            StoppedAt = last,
            Steps = _clock.Step,
            Epochs = _clock.Epoch,
            Samples = _clock.Samples,
            Elapsed = _clock.Elapsed,
            History = _history.ToImmutable(),
            Recoveries = [.. _recovery?.Records ?? []],
            OptimizerState = _optimizer.GetState(),
            Objective = _problem.Whole,
            NonFiniteIndex = diverged ? _nonFiniteIndex : null,
            Diagnosis = diverged ? Diagnosis(stop) : null,
            Note = Format.Sentences(note, failure),
        };
    }

    /// <summary>Evaluates the problem as users see it; the gradient of frozen blocks is 0.</summary>
    private double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double loss = _problem.Whole.Evaluate(parameters, gradient);
        _frozen?.ClearGradient(gradient);
        return loss;
    }

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
    /// the last ones: a rule with momentum may have passed a point with a lower loss and a larger gradient. With full batches they are the
    /// best ones. With mini-batches, the best epoch is only a candidate, because its mean loss was computed while the parameters changed.
    /// Candidates are also the last parameters, the optimizer's solution and the start; the lowest loss over all samples decides.
    /// </summary>
    private (double[] Parameters, long Step, BestBy By) Choose(StopReason reason)
    {
        bool diverged = reason == StopReason.Diverged, hasSolution = FindSolution();
        if (_settings.Validation is not null)
            return ChooseByValidation(diverged);
        if (reason is StopReason.Converged or StopReason.TargetReached)
            return (Parameters.ToArray(), _clock.Step, BestBy.FullLoss);
        if (IsFull && !hasSolution && _best.Best is { } known)
            return (known.Parameters, known.Step, BestBy.FullLoss);

        List<(double[] Parameters, long Step)> candidates = [diverged ? (_best.Last, _best.LastStep) : (Parameters.ToArray(), _clock.Step)];
        if (candidates[0].Step != 0)
            candidates.Add((_best.Start, 0));
        if (_best.Best is { } best && (best.Step != candidates[0].Step || hasSolution))
            candidates.Add((best.Parameters, best.Step));
        if (hasSolution && Reductions.AreFinite(_solution))
            candidates.Add(([.. _solution], _clock.Step));
        (double[] chosen, long step) = candidates.MinBy(candidate => Comparable(FullLoss(candidate.Parameters)));
        if (_best.Best is null && (!hasSolution || diverged))
            return (chosen, step, BestBy.Nothing);
        return (chosen, step, IsFull || _tests.NeedFullGradient || hasSolution ? BestBy.FullLoss : BestBy.EpochLoss);
    }

    private (double[] Parameters, long Step, BestBy By) ChooseByValidation(bool diverged)
    {
        (double[] Parameters, long Step, double Loss)? best = _best.Best;
        if (!diverged && best?.Step != _clock.Step)
        {
            double[] here = Solution.ToArray();
            double loss = _settings.Validation!.Measure(here).Loss;
            if (!(best?.Loss <= loss))
                best = (here, _clock.Step, loss);
        }

        return best is { } found ? (found.Parameters, found.Step, BestBy.ValidationLoss) : (_best.Start, 0, BestBy.Nothing);
    }

    /// <summary>NaN counts as the largest loss.</summary>
    private static double Comparable(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;

    private string Diagnosis(StopDetails stop)
    {
        string batch = _problem.Describe(_latest.Epoch, _latest.Batch);
        string where = batch.Length == 0 || !double.IsNaN(stop.Threshold) ? "" : Format.Text($" It was noticed at {batch}.");
        string rate = double.IsNaN(_latest.LearningRate) ? "" : Format.Text($" The last step's rate was {_latest.LearningRate:G4}.");
        return TrainingResult.Ending(stop, _clock.Step, _clock.Epoch) + where + rate;
    }
}
