namespace GradientDescent;

/// <summary>How the different words of documents are divided among the features of a <see cref="HashedColumn"/>.</summary>
public sealed class HashCollisions
{
    internal HashCollisions()
    {
    }

    /// <summary>The number of different words, and of phrases if the column counts them.</summary>
    public required int WordCount { get; init; }

    /// <summary>The number of features that at least one word has.</summary>
    public required int UsedFeatureCount { get; init; }

    /// <summary>The number of all features.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>The number of words whose feature another word has too.</summary>
    public required int SharingWordCount { get; init; }

    /// <summary>Returns the numbers in a sentence.</summary>
    public override string ToString() => Format.Text(
        $"{Format.Count(WordCount, "different word")} in {UsedFeatureCount} of {Format.Count(FeatureCount, "feature")}: ") +
        Format.Text($"{SharingWordCount} share a feature with others");
}
