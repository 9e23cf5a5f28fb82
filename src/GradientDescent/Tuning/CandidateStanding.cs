namespace GradientDescent;

/// <summary>A candidate after a round of a <see cref="SuccessiveHalving"/>.</summary>
public sealed class CandidateStanding
{
    internal CandidateStanding(TrainingCandidate candidate, TrainingResult result, bool isKept) =>
        (Candidate, Result, IsKept) = (candidate, result, isKept);

    /// <summary>The candidate.</summary>
    public TrainingCandidate Candidate { get; }

    /// <summary>Its run so far: losses, steps and epochs, and why it ended if it has ended.</summary>
    public TrainingResult Result { get; }

    /// <summary>The validation loss or, without validation data, the loss over all samples: the smaller the better.</summary>
    public double Score => Result.ValidationLoss ?? Result.Loss;

    /// <summary>Whether the candidate goes on to the next round or, after the last one, is the winner.</summary>
    public bool IsKept { get; }

    /// <summary>Returns the candidate, its score and, if it diverged, what happened.</summary>
    public override string ToString() => Result.Reason == StopReason.Diverged
        ? Format.Text($"{Candidate}: out. {Result.Diagnosis}")
        : Format.Text($"{Candidate}: {Score:G6} after {Format.Count(Result.Epochs, "epoch")}{(IsKept ? "" : ", out")}");
}
