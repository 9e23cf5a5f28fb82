using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The result of a <see cref="SuccessiveHalving"/>.</summary>
public sealed class HalvingResult
{
    internal HalvingResult(ImmutableArray<HalvingRound> rounds, TrainingCandidate best, TrainingResult result) =>
        (Rounds, Best, Result) = (rounds, best, result);

    /// <summary>The rounds, in their order.</summary>
    public ImmutableArray<HalvingRound> Rounds { get; }

    /// <summary>The winner.</summary>
    public TrainingCandidate Best { get; }

    /// <summary>The whole run of the winner.</summary>
    public TrainingResult Result { get; }

    /// <summary>The number of epochs of all candidates together.</summary>
    public long EpochsSpent => Rounds
        .SelectMany(round => round.Standings.Where(one => !one.IsKept || round == Rounds[^1])).Sum(one => one.Result.Epochs);

    /// <summary>Returns the winner and its score.</summary>
    public override string ToString() => Format.Text(
        $"best of {Rounds[0].Standings.Length}, {EpochsSpent} epochs in all: {Rounds[^1].Standings[0]}");
}
