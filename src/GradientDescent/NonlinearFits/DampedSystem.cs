namespace GradientDescent;

/// <summary>Solves the damped equations min ‖J·p + r‖² + λ‖D·p‖² from the factors of J, for one λ after another.</summary>
/// <remarks>
/// The rows of √λ·D are rotated into R by Givens rotations, which needs n³ operations and not the m·n² of another factorization. Moré, "The
/// Levenberg-Marquardt algorithm: implementation and theory", 1978, section 3.
/// </remarks>
/// <param name="columnCount">The number of columns of J.</param>
internal sealed class DampedSystem(int columnCount)
{
    private readonly double[] _upper = new double[columnCount * columnCount];
    private readonly double[] _right = new double[columnCount];
    private readonly double[] _row = new double[columnCount];

    /// <summary>Solves the damped equations.</summary>
    /// <param name="factors">The factors of J.</param>
    /// <param name="scale">The diagonal of D.</param>
    /// <param name="rootDamping">√λ.</param>
    /// <param name="solution">The solution −p.</param>
    public void Solve(PivotedQR factors, ReadOnlySpan<double> scale, double rootDamping, Span<double> solution)
    {
        factors.CopyTo(_upper);
        factors.Projected.CopyTo(_right);
        for (int j = 0; j < columnCount; j++)
        {
            Array.Clear(_row);
            _row[j] = rootDamping * scale[factors.Order[j]];
            RotateIn(j);
        }

        int rank = UpperTriangle.LeadingRows(_upper, columnCount);
        _right.AsSpan(rank).Clear();
        UpperTriangle.Solve(_upper, columnCount, _right.AsSpan(0, rank));
        for (int j = 0; j < columnCount; j++)
            solution[factors.Order[j]] = _right[j];
    }

    /// <summary>Solves Sᵀ·z = b, where SᵀS = Pᵀ(JᵀJ + λD²)P for the last λ.</summary>
    /// <param name="right">b, replaced by z.</param>
    public void SolveTransposed(Span<double> right)
    {
        int rank = UpperTriangle.LeadingRows(_upper, columnCount);
        right[rank..].Clear();
        UpperTriangle.SolveTransposed(_upper, columnCount, right[..rank]);
    }

    /// <summary>Rotates the row, whose first entry that is not 0 is the given one, into the triangle; its right side is 0.</summary>
    private void RotateIn(int first)
    {
        double right = 0;
        for (int k = first; k < columnCount; k++)
        {
            if (_row[k] == 0)
                continue;
            Span<double> upper = _upper.AsSpan(k * columnCount, columnCount);
            (double cos, double sin) = Rotation(upper[k], _row[k]);
            (_right[k], right) = (cos * _right[k] + sin * right, cos * right - sin * _right[k]);
            for (int i = k; i < columnCount; i++)
                (upper[i], _row[i]) = (cos * upper[i] + sin * _row[i], cos * _row[i] - sin * upper[i]);
        }
    }

    /// <summary>The rotation that turns (x, y) into (√(x² + y²), 0), up to the sign; without overflow.</summary>
    private static (double Cos, double Sin) Rotation(double x, double y)
    {
        if (Math.Abs(x) < Math.Abs(y))
        {
            double cotangent = x / y, sin = 1 / Math.Sqrt(1 + cotangent * cotangent);
            return (sin * cotangent, sin);
        }

        double tangent = y / x, cos = 1 / Math.Sqrt(1 + tangent * tangent);
        return (cos, cos * tangent);
    }
}
