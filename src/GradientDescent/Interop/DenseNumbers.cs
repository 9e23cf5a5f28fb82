using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace GradientDescent;

/// <summary>
/// Reads the numbers of MathNet's vectors and matrices. Storage that is not dense is rejected, because a dense copy could need much memory.
/// </summary>
internal static class DenseNumbers
{
    /// <summary>Returns the array of the vector without copying it.</summary>
    /// <exception cref="ArgumentException">The vector is not dense.</exception>
    public static T[] Of<T>(Vector<T> vector, [CallerArgumentExpression(nameof(vector))] string name = "")
        where T : struct, IEquatable<T>, IFormattable
    {
        ArgumentNullException.ThrowIfNull(vector, name);
        if (vector.Storage is DenseVectorStorage<T> dense)
            return dense.Data;
        string actual = vector.GetType().Name;
        throw Guard.Invalid(
            name, $"{name} is a {actual} of {vector.Count}: it must be dense; copy it into a dense vector first if it fits.");
    }

    /// <summary>Returns copies of the rows of the matrix.</summary>
    /// <exception cref="ArgumentException">The matrix is not dense.</exception>
    public static double[][] RowsOf(Matrix<double> matrix, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        if (matrix.Storage.IsDense)
            return matrix.ToRowArrays();
        string size = Format.Text($"{matrix.RowCount}×{matrix.ColumnCount}");
        throw Guard.Invalid(name, $"{name} is a {size} matrix that is not dense: copy it into a dense matrix first if it fits.");
    }
}
