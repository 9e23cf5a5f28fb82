using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The result of a <see cref="HyperparameterSearch"/>.</summary>
/// <typeparam name="TSetting">The type of a setting.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class SearchResult<TSetting, TModel>
{
    internal SearchResult(ImmutableArray<SearchRound<TSetting, TModel>> rounds) => Rounds = rounds;

    /// <summary>The rounds, in their order; a search without halving has one.</summary>
    public ImmutableArray<SearchRound<TSetting, TModel>> Rounds { get; }

    /// <summary>The best candidate of the last round. Fit a model with its setting to all samples to use it.</summary>
    public SearchCandidate<TSetting, TModel> Best => Rounds[^1].Candidates[0];

    /// <summary>Returns the best candidate.</summary>
    public override string ToString() => $"best of {Rounds[0].Candidates.Length}: {Best}";
}
