using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>Data sets from MathNet.Numerics' matrices and vectors, called as <c>Dataset.From(matrix, vector)</c>.</summary>
public static class MathNetDatasets
{
    extension(Dataset)
    {
        /// <summary>A row of the matrix is a sample. The numbers are copied.</summary>
        /// <param name="features">n×d, dense.</param>
        /// <param name="targets">n targets.</param>
        /// <param name="weights">n weights of at least 0; none means 1 each.</param>
        /// <exception cref="ArgumentException">The matrix is sparse, counts differ, or a number is not finite; the message names row and column.</exception>
        public static Dataset From(Matrix<double> features, Vector<double> targets, Vector<double>? weights = null)
        {
            ArgumentNullException.ThrowIfNull(features);
            ArgumentNullException.ThrowIfNull(targets);
            RequireDense(features);
            return Dataset.From(features.ToRowArrays(), targets.ToArray(), weights?.ToArray());
        }

        /// <summary>A row of each matrix is a sample. The numbers are copied.</summary>
        /// <param name="features">n×d, dense.</param>
        /// <param name="targets">n×k, dense.</param>
        /// <param name="weights">n weights of at least 0; none means 1 each.</param>
        /// <exception cref="ArgumentException">A matrix is sparse, counts differ, or a number is not finite; the message names row and column.</exception>
        public static Dataset From(Matrix<double> features, Matrix<double> targets, Vector<double>? weights = null)
        {
            ArgumentNullException.ThrowIfNull(features);
            ArgumentNullException.ThrowIfNull(targets);
            RequireDense(features);
            RequireDense(targets);
            return Dataset.From(features.ToRowArrays(), targets.ToRowArrays(), weights?.ToArray());
        }
    }

    private static void RequireDense(Matrix<double> matrix, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        if (!matrix.Storage.IsDense)
            throw Guard.Invalid(name, $"{name} is a {matrix.RowCount}×{matrix.ColumnCount} matrix that is not dense: sparse data has no storage here yet; make it dense first if it fits.");
    }
}
