namespace GradientDescent;

/// <summary>Whether methods that need a dense copy of the features, and products of all pairs of columns, can be used.</summary>
internal static class DenseCopy
{
    private const int MaxColumns = 1024;
    private const long MaxNumbers = 1L << 27; // 1 GiB

    /// <summary>Whether sparse or mapped features of this size may be copied.</summary>
    public static bool Fits(int sampleCount, int featureCount, bool isSparse) =>
        (!isSparse || featureCount <= MaxColumns) && (long)sampleCount * featureCount <= MaxNumbers;

    /// <summary>The error of sparse or mapped data that is too large.</summary>
    /// <param name="sampleCount">The number of samples.</param>
    /// <param name="featureCount">The number of features.</param>
    /// <param name="isSparse">Whether the features are sparse; otherwise they are mapped.</param>
    /// <param name="what">The name of the method that needs the copy, the subject of a sentence.</param>
    /// <param name="remedy">The alternative, as a sentence without its end.</param>
    public static ArgumentException Error(int sampleCount, int featureCount, bool isSparse, string what, string remedy)
    {
        string size = Format.Text($"{sampleCount} × {featureCount} {(isSparse ? "sparse" : "mapped")} features");
        string columns = isSparse ? Format.Text($"{MaxColumns} columns and ") : "";
        return Guard.Invalid("data",
            $"{what} needs a dense copy of the features in memory, and {size} have none: at most {columns}{MaxNumbers} numbers are " +
            $"copied. {remedy}.");
    }
}
