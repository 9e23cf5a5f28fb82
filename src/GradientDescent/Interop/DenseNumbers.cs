using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace GradientDescent;

/// <summary>The numbers behind MathNet's vectors and matrices; what is not dense is refused, never filled up silently.</summary>
internal static class DenseNumbers
{
    /// <summary>The vector's own array, not a copy.</summary>
    /// <exception cref="ArgumentException">The vector is not dense.</exception>
    public static T[] Of<T>(Vector<T> vector, [CallerArgumentExpression(nameof(vector))] string name = "") where T : struct, IEquatable<T>, IFormattable
    {
        ArgumentNullException.ThrowIfNull(vector, name);
        return vector.Storage is DenseVectorStorage<T> dense
            ? dense.Data
            : throw Guard.Invalid(name, $"{name} is a {vector.GetType().Name} of {vector.Count}: it must be dense; copy it into a dense vector first if it fits.");
    }

    /// <summary>Copies of the matrix's rows.</summary>
    /// <exception cref="ArgumentException">The matrix is not dense.</exception>
    public static double[][] RowsOf(Matrix<double> matrix, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        return matrix.Storage.IsDense
            ? matrix.ToRowArrays()
            : throw Guard.Invalid(name, $"{name} is a {matrix.RowCount}×{matrix.ColumnCount} matrix that is not dense: sparse data has no storage here yet; make it dense first if it fits.");
    }
}
