using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A round of a <see cref="SuccessiveHalving"/>: candidates that were trained for the same number of epochs.</summary>
public sealed class HalvingRound
{
    internal HalvingRound(int epochs, ImmutableArray<CandidateStanding> standings) => (Epochs, Standings) = (epochs, standings);

    /// <summary>The number of epochs of each candidate since its start. A run that converged or diverged has fewer.</summary>
    public int Epochs { get; }

    /// <summary>The candidates, the best first; those that diverged are last.</summary>
    public ImmutableArray<CandidateStanding> Standings { get; }

    /// <summary>Returns the number of candidates, the number of epochs and the best candidate.</summary>
    public override string ToString() => Format.Text(
        $"{Format.Count(Standings.Length, "candidate")} after {Format.Count(Epochs, "epoch")}, best {Standings[0]}");
}
