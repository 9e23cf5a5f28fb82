namespace GradientDescent;

/// <summary>Whether methods that need a dense copy of the features, and products of all pairs of columns, can be used.</summary>
internal static class DenseCopy
{
    private const int MaxColumns = 1024;
    private const long MaxNumbers = 1L << 27; // 1 GiB

    /// <summary>Whether such methods can be used: dense data is as large as its copy, and sparse data may have few columns.</summary>
    public static bool Fits(Dataset data) =>
        !data.IsSparse || (data.FeatureCount <= MaxColumns && (long)data.SampleCount * data.FeatureCount <= MaxNumbers);

    /// <summary>Throws if sparse data is too large.</summary>
    /// <param name="data">The data.</param>
    /// <param name="what">What needs the copy, as the subject of a sentence.</param>
    /// <param name="remedy">What to do instead, as a sentence without its end.</param>
    public static void Require(Dataset data, string what, string remedy)
    {
        if (!Fits(data))
            throw Guard.Invalid(nameof(data),
                $"{what} needs a dense copy of the features, and {data.SampleCount} × {data.FeatureCount} sparse features have none: at most " +
                $"{MaxColumns} columns and {MaxNumbers} numbers are copied. {remedy}.");
    }
}
