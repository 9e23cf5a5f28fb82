using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>
/// Creates data sets from the dense matrices and vectors of MathNet.Numerics, as in <c>matrix.ToDataset(vector)</c>, for use in every fit.
/// </summary>
/// <remarks>The numbers are copied. Matrices and vectors that are not dense are rejected, because a data set has no sparse
/// storage.</remarks>
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
    /// <param name="features">The features: n×d, dense.</param>
    /// <param name="targets">The targets: n numbers, dense; for classes the index of the class.</param>
    /// <param name="weights">The weights: n numbers of at least 0, dense; <see langword="null"/>: 1 each.</param>
    /// <exception cref="ArgumentException">Matrix or vector is not dense, the counts differ, or a number is not finite; the message names
    /// row and column.</exception>
    public static Dataset ToDataset(this Matrix<double> features, Vector<double> targets, Vector<double>? weights = null) =>
        Dataset.From(DenseNumbers.RowsOf(features), DenseNumbers.Of(targets), weights is null ? null : DenseNumbers.Of(weights));

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
