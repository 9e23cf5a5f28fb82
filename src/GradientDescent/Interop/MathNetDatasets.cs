using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>Data sets from MathNet.Numerics' matrices and vectors, called as <c>Dataset.From(matrix, vector)</c>.</summary>
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
