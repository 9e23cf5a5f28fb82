namespace GradientDescent;

/// <summary>Whether methods that need a dense copy of the features, and products of all pairs of columns, can be used.</summary>
internal static class DenseCopy
{
    private const int MaxColumns = 1024;
    private const long MaxNumbers = 1L << 27; // 1 GiB

    /// <summary>Whether the features of a data set may be copied: dense ones in memory are as large as their copy.</summary>
    public static bool Fits(Dataset data) => (!data.IsSparse && !data.IsMapped)
        || ((data.IsMapped || data.FeatureCount <= MaxColumns) && (long)data.SampleCount * data.FeatureCount <= MaxNumbers);

    /// <summary>The error of sparse or mapped data that is too large.</summary>
    /// <param name="data">The data.</param>
    /// <param name="what">The name of the method that needs the copy, the subject of a sentence.</param>
    /// <param name="remedy">The alternative, as a sentence without its end.</param>
    public static ArgumentException Error(Dataset data, string what, string remedy)
    {
        string size = Format.Text($"{data.SampleCount} × {data.FeatureCount} {(data.IsSparse ? "sparse" : "mapped")} features");
        string columns = data.IsSparse ? Format.Text($"{MaxColumns} columns and ") : "";
        return Guard.Invalid(nameof(data),
            $"{what} needs a dense copy of the features in memory, and {size} have none: at most {columns}{MaxNumbers} numbers are copied. " +
            $"{remedy}.");
    }
}
