using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The fits of a <see cref="RegularizationPath"/>, from the largest strength to the smallest.</summary>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class RegularizationPath<TModel> where TModel : LinearModel
{
    internal RegularizationPath(ImmutableArray<PathPoint<TModel>> points, double nullLoss, Dataset data) =>
        (Points, NullLoss, FeatureNames) = (points, nullLoss, data.FeatureNames);

    /// <summary>One fit for each strength, in decreasing order of the strengths.</summary>
    public ImmutableArray<PathPoint<TModel>> Points { get; }

    /// <summary>The mean loss of the best model whose weights are all 0.</summary>
    public double NullLoss { get; }

    /// <summary>The names of the features.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>Whether each fit has reached its duality gap.</summary>
    public bool IsConverged => Points.All(point => point.IsConverged);

    /// <summary>The number of fits, and how far the path goes.</summary>
    public override string ToString() => Format.Text(
        $"{Format.Count(Points.Length, "strength")} from {Points[0].Strength:G6} to {Points[^1].Strength:G6}, ") + Format.Text(
        $"{Points[0].NonzeroCount} to {Points[^1].NonzeroCount} of {FeatureNames.Length} weights not 0") +
        (IsConverged ? "" : Format.Text($", {Points.Count(point => !point.IsConverged)} not converged"));
}
