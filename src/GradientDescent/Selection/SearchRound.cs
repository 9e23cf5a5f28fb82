using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>One round of a <see cref="HyperparameterSearch"/>: settings that were scored on training sets of the same size.</summary>
/// <typeparam name="TSetting">The type of a setting.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class SearchRound<TSetting, TModel>
{
    internal SearchRound(int trainingSamples, ImmutableArray<SearchCandidate<TSetting, TModel>> candidates) =>
        (TrainingSamples, Candidates) = (trainingSamples, candidates);

    /// <summary>The number of training samples of the largest fold.</summary>
    public int TrainingSamples { get; }

    /// <summary>The settings with their results, the best first; those that failed on a fold are last.</summary>
    public ImmutableArray<SearchCandidate<TSetting, TModel>> Candidates { get; }

    /// <summary>Returns the number of settings, the number of training samples and the best candidate.</summary>
    public override string ToString() => Format.Text(
        $"{Format.Count(Candidates.Length, "setting")} on {Format.Count(TrainingSamples, "sample")}, best {Candidates[0]}");
}
