using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Converts the outcome of <see cref="IterativeRefinement"/>, which is gradient descent at rate ½ in an orthonormal basis, to a
/// <see cref="TrainingResult"/>.
/// </summary>
internal static class RefinedResult
{
    private const double RateForCurvatureTwo = 0.5;

    public static TrainingResult From(RefinementOutcome outcome)
    {
        RefinedLeastSquares problem = outcome.Design.Problem;
        IObjective objective = Objective.From((c, g) => problem.Evaluate(problem.FromBasis(c), g, new double[problem.ColumnCount]));
        double[] gradient = new double[outcome.BasisCoefficients.Length];
        objective.Evaluate(outcome.BasisCoefficients, gradient);
        ImmutableArray<double> parameters = [.. outcome.Coefficients.Select(coefficient => coefficient.High)];
        ImmutableArray<double> inBasis = [.. outcome.BasisCoefficients];
        ImmutableArray<EpochRecord> history = HistoryOf(outcome);
        long steps = outcome.StepCount;
        return new TrainingResult
        {
            Stop = StopOf(outcome),
            Diagnosis = outcome.End == RefinementEnd.MaxSteps
                ? $"{TrainingResult.Ending(StopOf(outcome), steps, steps)} Unfinished: columns depend on each other nearly to the last " +
                    $"digit of a double. Leave columns out."
                : null,
            Parameters = parameters,
            OptimizedParameters = inBasis,
            StoppedAt = inBasis,
            BestBy = BestBy.FullLoss,
            BestStep = steps,
            Loss = history[^1].Loss,
            GradientNorm = Reductions.Norm(gradient),
            LastFiniteParameters = parameters,
            LastFiniteStep = steps,
            LearningRate = RateForCurvatureTwo,
            Steps = steps,
            Epochs = steps,
            Samples = steps * problem.RowCount,
            Elapsed = outcome.Elapsed,
            History = history,
            Recoveries = [],
            OptimizerState = new OptimizerState(nameof(BatchGD), steps, length: problem.Rank),
            Objective = objective,
            Note = outcome.Note,
        };
    }

    private static StopDetails StopOf(RefinementOutcome outcome) => outcome.End switch
    {
        RefinementEnd.Converged => StopDetails.Limit(
            StopReason.Converged, "next correction relative to its coefficient", outcome.Correction, IterativeRefinement.Tolerance),
        RefinementEnd.Diverged => StopDetails.NonFinite("loss", outcome.Losses[^1]),
        RefinementEnd.Cancelled => StopDetails.Cancelled,
        _ => StopDetails.Limit(StopReason.MaxSteps, "steps", outcome.StepCount, IterativeRefinement.MaxSteps),
    };

    /// <summary>Returns the losses in the user's units. The rate of the record before the first step is NaN.</summary>
    private static ImmutableArray<EpochRecord> HistoryOf(RefinementOutcome outcome) =>
    [
        .. outcome.Losses.Select((loss, step) => new EpochRecord
        {
            Epoch = step,
            Step = step,
            Loss = Math.ScaleB(loss, 2 * outcome.Design.TargetExponent),
            LearningRate = step == 0 ? double.NaN : RateForCurvatureTwo,
        }),
    ];
}
