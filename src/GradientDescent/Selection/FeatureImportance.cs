namespace GradientDescent;

/// <summary>The permutation importance of one feature.</summary>
public sealed class FeatureImportance
{
    internal FeatureImportance(string feature, ReadOnlySpan<double> drops) => (Feature, Drop) = (feature, new ScoreSummary(drops));

    /// <summary>The name of the feature.</summary>
    public string Feature { get; }

    /// <summary>
    /// How much worse the score is with the feature's values exchanged, over the random orders: greater than 0 if it is worse, whether a
    /// greater or a smaller score is better.
    /// </summary>
    public ScoreSummary Drop { get; }

    /// <summary>The feature and the drop.</summary>
    public override string ToString() => $"{Feature}: {Drop}";
}
