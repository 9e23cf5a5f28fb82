namespace GradientDescent;

/// <summary>Creates the notes of a fit for data that does not determine all coefficients.</summary>
internal static class DataNotes
{
    private const double MaxExact = 1L << 53, MaxIdentifier = 1e20;
    private const int MinDigits = 16;

    /// <summary>Returns the note about features, or <see langword="null"/> if the data determines all coefficients.</summary>
    /// <param name="constantNames">The names of the features that do not vary.</param>
    /// <param name="varying">The number of the other features.</param>
    /// <param name="rank">The number of dimensions that the other features span.</param>
    /// <param name="isBound">Whether the rank is only an upper bound.</param>
    /// <param name="which">The clause that describes the solution found if there are many.</param>
    public static string? Of(
        IReadOnlyCollection<string> constantNames,
        int varying,
        int rank,
        bool isBound = false,
        string which = "these have the least norm") => Format.Sentences(
        constantNames.Count == 0 ? null : $"Features that do not vary have coefficient 0: {Format.List(constantNames)}.",
        varying == 0 || rank == varying
            ? null
            : Format.Text($"The {varying} features that vary span {(isBound ? "at most" : "only")} {Format.Count(rank, "dimension")}: ")
                + $"many coefficients fit equally, {which}.");

    /// <summary>
    /// Returns the note about features and targets whose whole numbers probably lost digits, or <see langword="null"/> if there are none.
    /// Such numbers are above 2⁵³, where a double cannot hold every whole number, have at least 16 digits that are not trailing zeros, and
    /// have at most 20 digits, as identifiers do.
    /// </summary>
    /// <param name="data">The samples.</param>
    /// <param name="largestFeature">The largest magnitude of a feature.</param>
    public static string? OfLongIntegers(Dataset data, double largestFeature)
    {
        bool canBeLong = largestFeature > MaxExact && data.FeaturePrecision == NumericPrecision.Double;
        string[] names =
        [
            .. canBeLong ? LongNames(data.FeatureNames, data.SampleCount, data.FeatureReader()) : [],
            .. LongNames(data.TargetNames, data.SampleCount, data.TargetReader()),
        ];
        return names.Length == 0
            ? null
            : $"Whole numbers above 2^53 keep only about 16 of their digits: {Format.List(names)}. Is this an identifier?";
    }

    private static IEnumerable<string> LongNames(IReadOnlyList<string> names, int count, Dataset.RowReader valuesOf)
    {
        bool[] isLong = new bool[names.Count];
        for (int i = 0; i < count; i++)
            Mark(valuesOf(i), isLong);
        return names.Where((_, j) => isLong[j] && Enumerable.Range(0, count).All(i => double.IsInteger(valuesOf(i)[j])));
    }

    private static void Mark(ReadOnlySpan<double> row, bool[] isLong)
    {
        for (int j = 0; j < row.Length; j++)
        {
            if (Math.Abs(row[j]) is > MaxExact and < MaxIdentifier && !isLong[j])
                isLong[j] = Format.Text($"{Math.Abs(row[j]):F0}").TrimEnd('0').Length >= MinDigits;
        }
    }

    /// <summary>
    /// Returns the note about the powers of a polynomial, or <see langword="null"/> if the data determines all coefficients.
    /// </summary>
    /// <param name="degree">The degree of the polynomial.</param>
    /// <param name="rank">The number of dimensions that the powers from 1 to the degree span.</param>
    public static string? OfPowers(int degree, int rank) => rank == degree
        ? null
        : Format.Text($"Powers up to {degree} span only {Format.Count(rank, "dimension")} on this data: ")
            + "many polynomials fit equally, this one has the least norm.";
}
