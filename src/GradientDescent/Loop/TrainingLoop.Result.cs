using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

internal sealed partial class TrainingLoop
{
    private static readonly StopDetails _paused = new(StopReason.Paused, "no more steps were asked for", double.NaN, double.NaN);

    /// <summary>How the run stands, or ended. Changes nothing.</summary>
    public TrainingResult Result()
    {
        StopDetails stop = _stop ?? _paused;
        bool diverged = stop.Reason == StopReason.Diverged;
        (double[] chosen, long step, BestBy by) = Choose(stop.Reason);
        ImmutableArray<double> last = diverged ? [.. _candidates.Last] : [.. Parameters];
        double[] gradient = new double[chosen.Length];
        double loss = _problem.Objective.Evaluate(chosen, gradient);
        string? kinks = null;
        if (_problem.Penalty is { HasKinks: true } penalty && step > 0 && by != BestBy.Nothing)
        {
            kinks = _isFull || _rate < BaseRate || stop.Reason == StopReason.Converged
                ? null
                : "With mini-batches at a rate that does not fall, a penalty on absolute values ends beside its optimum: let a schedule lower the rate, or take full batches.";
            double[] landed = [.. chosen], there = new double[chosen.Length];
            penalty.Land(landed, gradient);
            double landedLoss = _problem.Objective.Evaluate(landed, there);
            // A step that is too long for the curvature would lead away; near the optimum losses are equal up to rounding.
            if (landedLoss <= loss + 1e-12 * Math.Abs(loss) && (stop.Reason != StopReason.Converged || Reductions.Norm(there) <= stop.Threshold))
                (chosen, gradient, loss) = (landed, there, landedLoss);
        }

        return new TrainingResult
        {
            Stop = stop,
            Parameters = [.. chosen],
            OptimizedParameters = [.. chosen],
            BestBy = by,
            BestStep = step,
            Loss = loss,
            LearningRate = BaseRate,
            GradientNorm = Reductions.Norm(gradient),
            ValidationLoss = _validation?.Measure(chosen).Loss,
            LastFiniteParameters = last,
            LastFiniteStep = diverged ? _candidates.LastStep : _step,
            StoppedAt = last,
            Steps = _step,
            Epochs = _epoch,
            Samples = _samples,
            Elapsed = Elapsed,
            History = _history.ToImmutable(),
            Recoveries = [.. _recovery?.Records ?? []],
            OptimizerState = _optimizer.GetState(),
            Objective = _problem.Objective,
            NonFiniteIndex = diverged ? _nonFiniteIndex : null,
            Diagnosis = diverged ? Diagnosis(stop) : null,
            Note = Format.Sentences(kinks, Checkpoints?.Failure is { } failure ? $"The last checkpoint could not be written: {failure}" : null),
        };
    }

    /// <summary>
    /// The parameters to return. With validation data those with the lowest loss on it. Else, what converged is what is returned: a rule with momentum may have passed a lower
    /// point whose gradient was larger. With full batches the best is known. With mini-batches it is only proposed (an epoch's mean is taken while the parameters move), as are the last
    /// parameters, their mean and the start: the lowest loss over all samples wins.
    /// </summary>
    private (double[] Parameters, long Step, BestBy By) Choose(StopReason reason)
    {
        bool diverged = reason == StopReason.Diverged;
        if (_validation is not null)
            return ChooseByValidation(diverged);
        if (reason is StopReason.Converged or StopReason.TargetReached)
            return (Parameters.ToArray(), _step, BestBy.FullLoss);
        if (_isFull && _average is null && _candidates.Best is { } known)
            return (known.Parameters, known.Step, BestBy.FullLoss);

        List<(double[] Parameters, long Step)> proposals = [diverged ? (_candidates.Last, _candidates.LastStep) : (Parameters.ToArray(), _step)];
        if (proposals[0].Step != 0)
            proposals.Add((_candidates.Start, 0));
        if (_candidates.Best is { } best && (best.Step != proposals[0].Step || _average is not null))
            proposals.Add((best.Parameters, best.Step));
        if (_average is { IsEmpty: false } && Reductions.AreFinite(_average.Mean))
            proposals.Add((_average.Mean.ToArray(), _step));
        (double[] chosen, long step) = proposals.MinBy(proposal => Comparable(WholeLoss(proposal.Parameters)));
        if (_candidates.Best is null && (_average is null || diverged))
            return (chosen, step, BestBy.Nothing);
        return (chosen, step, _isFull || _tests.NeedWholeGradient || _average is not null ? BestBy.FullLoss : BestBy.EpochLoss);
    }

    private (double[] Parameters, long Step, BestBy By) ChooseByValidation(bool diverged)
    {
        (double[] Parameters, long Step, double Loss)? best = _candidates.Best;
        if (!diverged && (best is null || best.Value.Step != _step) && EvaluationPoint.ToArray() is var here && _validation!.Measure(here).Loss is var loss && !(best?.Loss <= loss))
            best = (here, _step, loss);
        return best is { } found ? (found.Parameters, found.Step, BestBy.ValidationLoss) : (_candidates.Start, 0, BestBy.Nothing);
    }

    /// <summary>A loss that is not a number counts as the worst.</summary>
    private static double Comparable(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;

    private string Diagnosis(StopDetails stop)
    {
        string batch = _problem.Describe(_evaluated.Epoch, _evaluated.Batch);
        string where = batch.Length == 0 || !double.IsNaN(stop.Threshold) ? "" : Format.Text($" It was noticed at {batch}.");
        string rate = double.IsNaN(_rate) ? "" : Format.Text($" The last update's rate was {_rate:G4}.");
        return TrainingResult.Ending(stop, _step, _epoch) + where + rate;
    }
}
