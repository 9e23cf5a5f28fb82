using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent;

// Sums over vectors, and products of matrices and vectors.
public static partial class Formula
{
    /// <summary>Σ xᵢyᵢ.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second vector, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireLength(y.Length, x.Length, nameof(y));
        if (typeof(T) == typeof(Variable))
            return Back<T, Variable>(VariableVectors.Dot(As<T, Variable>(x), As<T, Variable>(y)));
        if (typeof(T) == typeof(Dual))
            return Back<T, Dual>(DualVectors.Dot(As<T, Dual>(x), As<T, Dual>(y)));
        return PlainVectors.Dot(x, y);
    }

    /// <summary>Σ xᵢcᵢ with constants c.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The vector.</param>
    /// <param name="constants">The constants, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<double> constants) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireLength(constants.Length, x.Length, nameof(constants));
        if (typeof(T) == typeof(Variable))
            return Back<T, Variable>(VariableVectors.Dot(As<T, Variable>(x), constants));
        if (typeof(T) == typeof(Dual))
            return Back<T, Dual>(DualVectors.Dot(As<T, Dual>(x), constants));
        return PlainVectors.Dot(x, constants);
    }

    /// <summary>Σ xᵢ; 0 for an empty vector.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The vector.</param>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(Variable))
            return Back<T, Variable>(VariableVectors.Sum(As<T, Variable>(x)));
        if (typeof(T) == typeof(Dual))
            return Back<T, Dual>(DualVectors.Sum(As<T, Dual>(x)));
        return PlainVectors.Sum(x);
    }

    /// <summary>Σ xᵢ².</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The vector.</param>
    public static T SquaredNorm<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(Variable))
            return Back<T, Variable>(VariableVectors.SquaredNorm(As<T, Variable>(x)));
        if (typeof(T) == typeof(Dual))
            return Back<T, Dual>(DualVectors.Dot(As<T, Dual>(x), As<T, Dual>(x)));
        return PlainVectors.Dot(x, x);
    }

    /// <summary>√Σxᵢ², without overflow of the squares. At the origin the derivatives are taken as 0.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The vector.</param>
    public static T Norm<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(Variable))
            return Back<T, Variable>(VariableVectors.Norm(As<T, Variable>(x)));
        if (typeof(T) == typeof(Dual))
            return Back<T, Dual>(DualVectors.Norm(As<T, Dual>(x)));
        return PlainVectors.Norm(x);
    }

    /// <summary>ln Σ e^xᵢ, without overflow; −∞ for an empty vector.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The vector.</param>
    public static T LogSumExp<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(Variable))
            return Back<T, Variable>(VariableVectors.LogSumExp(As<T, Variable>(x)));
        if (typeof(T) == typeof(Dual))
            return Back<T, Dual>(DualVectors.LogSumExp(As<T, Dual>(x)));
        return PlainVectors.LogSumExp(x);
    }

    /// <summary>Writes A·x for a matrix of constants A.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="matrix">The matrix, row after row: as many rows as the result has entries, as many columns as the vector.</param>
    /// <param name="vector">The vector x.</param>
    /// <param name="result">The vector for the product.</param>
    /// <exception cref="ArgumentException">The matrix has another number of entries.</exception>
    public static void Multiply<T>(ReadOnlySpan<double> matrix, ReadOnlySpan<T> vector, Span<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireMatrix(matrix.Length, result.Length, vector.Length);
        if (typeof(T) == typeof(Variable))
        {
            VariableVectors.Multiply(matrix, As<T, Variable>(vector), MemoryMarshal.Cast<T, Variable>(result));
            return;
        }

        for (int i = 0; i < result.Length; i++)
            result[i] = Dot(vector, matrix.Slice(i * vector.Length, vector.Length));
    }

    /// <summary>Writes A·x for a vector of constants x, such as the features of a sample.</summary>
    /// <inheritdoc cref="Multiply{T}(ReadOnlySpan{double}, ReadOnlySpan{T}, Span{T})"/>
    public static void Multiply<T>(ReadOnlySpan<T> matrix, ReadOnlySpan<double> vector, Span<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireMatrix(matrix.Length, result.Length, vector.Length);
        if (typeof(T) == typeof(Variable))
        {
            VariableVectors.Multiply(As<T, Variable>(matrix), vector, MemoryMarshal.Cast<T, Variable>(result));
            return;
        }

        for (int i = 0; i < result.Length; i++)
            result[i] = Dot(matrix.Slice(i * vector.Length, vector.Length), vector);
    }

    /// <summary>Writes A·x.</summary>
    /// <inheritdoc cref="Multiply{T}(ReadOnlySpan{double}, ReadOnlySpan{T}, Span{T})"/>
    [OverloadResolutionPriority(1)] // all three are the same for double
    public static void Multiply<T>(ReadOnlySpan<T> matrix, ReadOnlySpan<T> vector, Span<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireMatrix(matrix.Length, result.Length, vector.Length);
        if (typeof(T) == typeof(Variable))
        {
            VariableVectors.Multiply(As<T, Variable>(matrix), As<T, Variable>(vector), MemoryMarshal.Cast<T, Variable>(result));
            return;
        }

        for (int i = 0; i < result.Length; i++)
            result[i] = Dot(matrix.Slice(i * vector.Length, vector.Length), vector);
    }

    private static void RequireLength(int length, int other, string name)
    {
        if (length != other)
            throw Guard.Invalid(name, $"{name} has {length} entries, x has {other}: the lengths must be equal.");
    }

    private static void RequireMatrix(int length, int rows, int columns)
    {
        if (length != (long)rows * columns)
            throw Guard.Invalid("matrix", $"matrix has {length} entries: {rows} rows of {columns} need {(long)rows * columns}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<TTo> As<TFrom, TTo>(ReadOnlySpan<TFrom> x) where TFrom : unmanaged where TTo : unmanaged =>
        MemoryMarshal.Cast<TFrom, TTo>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Back<T, TFrom>(TFrom value) where T : unmanaged where TFrom : unmanaged => Unsafe.BitCast<TFrom, T>(value);
}
