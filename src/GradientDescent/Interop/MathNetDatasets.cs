using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>Data sets from MathNet.Numerics' matrices and vectors, called as <c>Dataset.From(matrix, vector)</c>.</summary>
/// <example><code>
/// using MathNet.Numerics.LinearAlgebra;
///
/// Matrix&lt;double&gt; features = Matrix&lt;double&gt;.Build.DenseOfArray(new double[,] { { 120, 4 }, { 80, 3 }, { 95, 3 } });
/// Vector&lt;double&gt; prices = Vector&lt;double&gt;.Build.Dense([310_000, 205_000, 240_000]);
/// Dataset houses = Dataset.From(features, prices);
/// Console.WriteLine(houses.SampleCount);   // 3
/// </code></example>
public static class MathNetDatasets
{
    extension(Dataset)
    {
        /// <summary>A row of the matrix is a sample. The numbers are copied.</summary>
        /// <param name="features">n×d, dense.</param>
        /// <param name="targets">n targets, dense.</param>
        /// <param name="weights">n weights of at least 0, dense; none means 1 each.</param>
        /// <exception cref="ArgumentException">Matrix or vector is sparse, counts differ, or a number is not finite; the message names row and column.</exception>
        public static Dataset From(Matrix<double> features, Vector<double> targets, Vector<double>? weights = null) =>
            Dataset.From(DenseNumbers.RowsOf(features), DenseNumbers.Of(targets), weights is null ? null : DenseNumbers.Of(weights));

        /// <summary>A row of each matrix is a sample. The numbers are copied.</summary>
        /// <param name="features">n×d, dense.</param>
        /// <param name="targets">n×k, dense.</param>
        /// <param name="weights">n weights of at least 0, dense; none means 1 each.</param>
        /// <exception cref="ArgumentException">A matrix or vector is sparse, counts differ, or a number is not finite; the message names row and column.</exception>
        public static Dataset From(Matrix<double> features, Matrix<double> targets, Vector<double>? weights = null) =>
            Dataset.From(DenseNumbers.RowsOf(features), DenseNumbers.RowsOf(targets), weights is null ? null : DenseNumbers.Of(weights));
    }
}
