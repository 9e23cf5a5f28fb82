namespace GradientDescent.Tests.Support;

/// <summary>Sparse data sets of dense rows.</summary>
internal static class SparseData
{
    /// <summary>Stores the numbers of the rows that are not 0.</summary>
    public static Dataset From(double[][] rows, double[] targets, double[]? weights = null) => Dataset.FromSparse(
        Enumerable.Range(0, rows.Length),
        i => rows[i].Select((value, column) => (column, value)).Where(number => number.value != 0),
        i => targets[i],
        rows[0].Length,
        weights is null ? null : i => weights[i]);
}
