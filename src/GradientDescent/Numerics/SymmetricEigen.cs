namespace GradientDescent.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric positive definite matrix by Jacobi's rotations, in a fixed order. Golub and Van Loan,
/// "Matrix Computations", section 8.5. The relative test of the entries keeps the digits of small eigenvalues: Demmel and Veselić,
/// "Jacobi's Method is More Accurate than QR", 1992.
/// </summary>
/// <param name="size">The number of rows.</param>
internal sealed class SymmetricEigen(int size)
{
    private const int MaxSweeps = 60; // about ten are needed
    private const double Negligible = 1.1102230246251565e-16; // 2⁻⁵³

    private readonly double[] _matrix = new double[size * size];
    private readonly double[] _vectors = new double[size * size];

    /// <summary>The eigenvectors of the last matrix, one after the other.</summary>
    public ReadOnlySpan<double> Vectors => _vectors;

    /// <summary>Returns an eigenvalue of the last matrix.</summary>
    public double Value(int index) => _matrix[index * size + index];

    /// <summary>Finds eigenvalues and eigenvectors.</summary>
    public void Decompose(ReadOnlySpan<double> matrix)
    {
        matrix.CopyTo(_matrix);
        Array.Clear(_vectors);
        for (int i = 0; i < size; i++)
            _vectors[i * size + i] = 1;
        for (int sweep = 0; sweep < MaxSweeps && Sweep(); sweep++)
        {
        }
    }

    /// <summary>Returns whether a rotation was needed.</summary>
    private bool Sweep()
    {
        bool isAny = false;
        for (int p = 0; p < size; p++)
        {
            for (int q = p + 1; q < size; q++)
            {
                double off = _matrix[p * size + q];
                if (!(Math.Abs(off) > Negligible * Math.Sqrt(Math.Abs(Value(p))) * Math.Sqrt(Math.Abs(Value(q)))))
                    continue;
                Rotate(p, q, off);
                isAny = true;
            }
        }

        return isAny;
    }

    private void Rotate(int p, int q, double off)
    {
        double half = (Value(q) - Value(p)) / (2 * off);
        double tangent = Math.CopySign(1, half) / (Math.Abs(half) + Math.Sqrt(half * half + 1));
        double cosine = 1 / Math.Sqrt(tangent * tangent + 1), sine = tangent * cosine;
        (double first, double second) = (Value(p) - tangent * off, Value(q) + tangent * off);
        TurnRows(_matrix, p, q, cosine, sine);
        TurnRows(_vectors, p, q, cosine, sine);
        for (int i = 0; i < size; i++) // the columns are the rows, by symmetry
            (_matrix[i * size + p], _matrix[i * size + q]) = (_matrix[p * size + i], _matrix[q * size + i]);
        (_matrix[p * size + p], _matrix[q * size + q]) = (first, second);
        _matrix[p * size + q] = _matrix[q * size + p] = 0;
    }

    private void TurnRows(double[] rows, int p, int q, double cosine, double sine)
    {
        Span<double> first = rows.AsSpan(p * size, size), second = rows.AsSpan(q * size, size);
        for (int i = 0; i < size; i++)
            (first[i], second[i]) = (cosine * first[i] - sine * second[i], sine * first[i] + cosine * second[i]);
    }
}
