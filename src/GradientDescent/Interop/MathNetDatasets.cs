using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace GradientDescent;

/// <summary>
/// Creates data sets from the matrices and vectors of MathNet.Numerics, as in <c>matrix.ToDataset(vector)</c>, for use in every fit.
/// </summary>
/// <remarks>The numbers are copied. A sparse matrix gives a sparse data set; see <see cref="Dataset.IsSparse"/>. Vectors must be
/// dense.</remarks>
/// <example><code>
/// using MathNet.Numerics.LinearAlgebra;
///
/// Matrix&lt;double&gt; x = Matrix&lt;double&gt;.Build.DenseOfArray(new double[,] { { 1, 4 }, { 2, 3 }, { 3, 3 } });
/// Vector&lt;double&gt; y = Vector&lt;double&gt;.Build.Dense([3, 5, 7]);
/// Console.WriteLine(x.ToDataset(y).SampleCount);   // 3
/// Console.WriteLine($"{LinearRegression.Fit(x.ToDataset(y)).Predict(4, 3):F3}");   // 9.000
/// </code></example>
public static class MathNetDatasets
{
    /// <summary>Creates a data set with a sample for each row of the matrix.</summary>
    /// <param name="features">The features: n×d, dense or sparse.</param>
    /// <param name="targets">The targets: n numbers, dense; for classes the index of the class.</param>
    /// <param name="weights">The weights: n numbers of at least 0, dense; <see langword="null"/>: 1 each.</param>
    /// <exception cref="ArgumentException">The matrix is neither dense nor sparse, a vector is not dense, the counts differ, or a number is
    /// not finite; the message names row and column.</exception>
    public static Dataset ToDataset(this Matrix<double> features, Vector<double> targets, Vector<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        double[] target = DenseNumbers.Of(targets);
        double[]? weight = weights is null ? null : DenseNumbers.Of(weights);
        return features.Storage is SparseCompressedRowMatrixStorage<double> sparse
            ? From(sparse, target, weight)
            : Dataset.From(DenseNumbers.RowsOf(features), target, weight);
    }

    private static Dataset From(SparseCompressedRowMatrixStorage<double> sparse, double[] targets, double[]? weights)
    {
        int[] starts = [.. sparse.RowPointers], columns = sparse.ColumnIndices[..sparse.ValueCount];
        double[] values = sparse.Values[..sparse.ValueCount];
        for (int row = 0; row < sparse.RowCount; row++)
            Array.Sort(columns, values, starts[row], starts[row + 1] - starts[row]); // the matrix may have them in any order
        return Dataset.FromSparse(starts, columns, values, sparse.ColumnCount, targets, weights, copy: false);
    }

    /// <summary>Creates a data set with a sample for each row of both matrices, with one or several targets.</summary>
    /// <param name="features">The features: n×d, dense.</param>
    /// <param name="targets">The targets: n×k, dense.</param>
    /// <param name="weights">The weights: n numbers of at least 0, dense; <see langword="null"/>: 1 each.</param>
    /// <exception cref="ArgumentException">A matrix or vector is not dense, the counts differ, or a number is not finite; the message names
    /// row and column.</exception>
    public static Dataset ToDataset(this Matrix<double> features, Matrix<double> targets, Vector<double>? weights = null) =>
        Dataset.From(DenseNumbers.RowsOf(features), DenseNumbers.RowsOf(targets), weights is null ? null : DenseNumbers.Of(weights));

    /// <summary>Creates a data set of one feature with a sample for each number.</summary>
    /// <param name="feature">The feature: n numbers, dense.</param>
    /// <param name="targets">The targets: n numbers, dense; for classes the index of the class.</param>
    /// <param name="weights">The weights: n numbers of at least 0, dense; <see langword="null"/>: 1 each.</param>
    /// <exception cref="ArgumentException">A vector is not dense, the counts differ, or a number is not finite; the message names row and
    /// column.</exception>
    public static Dataset ToDataset(this Vector<double> feature, Vector<double> targets, Vector<double>? weights = null) =>
        Dataset.From(DenseNumbers.Of(feature), DenseNumbers.Of(targets), weights is null ? null : DenseNumbers.Of(weights));
}
