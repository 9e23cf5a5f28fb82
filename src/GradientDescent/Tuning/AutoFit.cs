using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The result of <see cref="AutoTrainer"/>: what was chosen, why, and everything that was tried.</summary>
public sealed class AutoFit
{
    internal AutoFit(
        CandidateRun chosen, TrainingResult solver, ImmutableArray<LearningRateRange> ranges, ImmutableArray<HalvingRound> rounds,
        string reason, double epochsSpent)
    {
        (Chosen, Result, Solver, Ranges, Rounds) = (chosen.Candidate, chosen.Result, solver, ranges, rounds);
        (Reason, EpochsSpent) = (reason, epochsSpent);
    }

    /// <summary>The rule, rate, schedule and batch size that were chosen.</summary>
    public TrainingCandidate Chosen { get; }

    /// <summary>The run of <see cref="Chosen"/>, whose best parameters the model has.</summary>
    public TrainingResult Result { get; }

    /// <summary>Whether <see cref="Result"/> has converged: the full gradient is within the tolerance.</summary>
    public bool IsConverged => Result.Reason == StopReason.Converged;

    /// <summary>The run of <see cref="LBFGS"/>, which is always made.</summary>
    public TrainingResult Solver { get; }

    /// <summary>The rate range tests, one for each rule; empty if L-BFGS has found the minimum.</summary>
    public ImmutableArray<LearningRateRange> Ranges { get; }

    /// <summary>The rounds of successive halving, with all candidates and their runs; empty if L-BFGS has found the minimum.</summary>
    public ImmutableArray<HalvingRound> Rounds { get; }

    /// <summary>Why this was chosen, and whether the epochs ended before the run converged.</summary>
    public string Reason { get; }

    /// <summary>
    /// The number of passes over the training samples of everything that was tried. A step of L-BFGS counts as one pass; its line search
    /// takes more now and then.
    /// </summary>
    public double EpochsSpent { get; }

    /// <summary>Returns what was chosen, the loss and the reason.</summary>
    public override string ToString() => Format.Text($"{Chosen}: {(Result.ValidationLoss is { } held ? "validation loss" : "loss")} " +
        $"{Result.ValidationLoss ?? Result.Loss:G6}. {Reason}");
}
