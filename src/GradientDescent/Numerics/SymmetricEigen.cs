using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GradientDescent.Kernels;

namespace GradientDescent.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric positive definite matrix A = LLᵀ by rotations, in a fixed order. Pairs of columns of L are
/// rotated until all are orthogonal: then their squared lengths are the eigenvalues, and their directions the eigenvectors. Small
/// eigenvalues keep their digits: Demmel and Veselić, "Jacobi's Method is More Accurate than QR", 1992, Algorithm 4.1.
/// </summary>
/// <param name="size">The number of rows.</param>
internal sealed class SymmetricEigen(int size)
{
    private const int MaxSweeps = 60; // about ten are needed
    private const double Roundoff = 1.1102230246251565e-16; // 2⁻⁵³

    private readonly double[] _columns = new double[size * size];
    private readonly double[] _values = new double[size];

    // What rounding leaves of a product of two orthogonal columns, as a share of their lengths.
    private readonly double _negligible = 4 * Roundoff * Math.Sqrt(size);

    /// <summary>The eigenvectors of the last matrix, one after the other.</summary>
    public ReadOnlySpan<double> Vectors => _columns;

    /// <summary>Returns an eigenvalue of the last matrix.</summary>
    public double Value(int index) => _values[index];

    /// <summary>Finds eigenvalues and eigenvectors.</summary>
    /// <param name="matrix">The matrix, row after row.</param>
    /// <param name="smallest">A lower bound of the eigenvalues, greater than 0; rounding may have lost it.</param>
    public void Decompose(ReadOnlySpan<double> matrix, double smallest)
    {
        matrix.CopyTo(_columns);
        Factorize(smallest);
        for (int sweep = 0; sweep < MaxSweeps && Sweep(); sweep++)
        {
        }

        for (int i = 0; i < size; i++)
        {
            double length = Reductions.Norm(Column(i));
            _values[i] = length * length;
            Reductions.Divide(Column(i), length);
        }
    }

    private Span<double> Column(int index) => _columns.AsSpan(index * size, size);

    /// <summary>Cholesky's factorization: replaces the rows of A by the columns of L.</summary>
    private void Factorize(double smallest)
    {
        for (int k = 0; k < size; k++)
        {
            Span<double> pivotal = Column(k);
            double pivot = Math.Sqrt(Math.Max(pivotal[k], smallest));
            pivotal[..k].Clear();
            pivotal[k] = pivot;
            Reductions.Divide(pivotal[(k + 1)..], pivot);
            for (int i = k + 1; i < size; i++)
                Reductions.AddScaled<double>(Column(i)[i..], -pivotal[i], pivotal[i..]);
        }
    }

    /// <summary>Returns whether a rotation was needed.</summary>
    private bool Sweep()
    {
        bool isAny = false;
        for (int i = 0; i < size; i++)
            _values[i] = Reductions.Dot<double, double>(Column(i), Column(i));
        for (int p = 0; p < size; p++)
        {
            for (int q = p + 1; q < size; q++)
            {
                double product = Reductions.Dot<double, double>(Column(p), Column(q));
                if (!(Math.Abs(product) > _negligible * Math.Sqrt(_values[p]) * Math.Sqrt(_values[q])))
                    continue;
                Rotate(p, q, product);
                isAny = true;
            }
        }

        return isAny;
    }

    private void Rotate(int p, int q, double product)
    {
        double half = (_values[q] - _values[p]) / (2 * product);
        double tangent = Math.CopySign(1, half) / (Math.Abs(half) + Math.Sqrt(half * half + 1));
        double cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        Rotate(Column(p), Column(q), cosine, tangent * cosine);
        _values[p] = Math.Max(_values[p] - tangent * product, 0);
        _values[q] += tangent * product;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rotate(Span<double> first, Span<double> second, double cosine, double sine)
    {
        ref double x = ref MemoryMarshal.GetReference(first), y = ref MemoryMarshal.GetReference(second[..first.Length]);
        int i = 0;
        for (; i + Vector512<double>.Count <= first.Length; i += Vector512<double>.Count)
        {
            Vector512<double> u = Vector512.LoadUnsafe(ref x, (nuint)i), v = Vector512.LoadUnsafe(ref y, (nuint)i);
            (cosine * u - sine * v).StoreUnsafe(ref x, (nuint)i);
            (sine * u + cosine * v).StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < first.Length; i++)
            (first[i], second[i]) = (cosine * first[i] - sine * second[i], sine * first[i] + cosine * second[i]);
    }
}
