using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The factorization J·P = Q·R by Householder reflections with column pivoting, and the vector Qᵀr.</summary>
/// <remarks>
/// Businger and Golub, "Linear least squares solutions by Householder transformations", 1965. The next column is the one of which the
/// largest share is not in the span of the columns before it. A column's share does not depend on its unit, so neither do the order and the
/// rank, and a parameter in other units by a power of two has the same digits.
/// </remarks>
/// <param name="rowCount">The number m of rows of J, at least n.</param>
/// <param name="columnCount">The number n of columns of J.</param>
internal sealed class PivotedQR(int rowCount, int columnCount)
{
    // Columns whose share is smaller may depend on the others: rounding errors of derivatives and reflections leave as much.
    private readonly double _smallestShare = Math.ScaleB(Math.Sqrt(rowCount), -48);

    private readonly double[] _upper = new double[columnCount * columnCount];
    private readonly double[] _projected = new double[rowCount];
    private readonly double[] _norms = new double[columnCount];
    private readonly int[] _order = new int[columnCount];

    /// <summary>The number n of columns.</summary>
    public int ColumnCount => columnCount;

    /// <summary>The number of columns that do not depend on others; they are the first ones of J·P.</summary>
    public int Rank { get; private set; }

    /// <summary>The column of J that each column of J·P is.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>The norms of the columns of J.</summary>
    public ReadOnlySpan<double> ColumnNorms => _norms;

    /// <summary>The first n entries of Qᵀr.</summary>
    public ReadOnlySpan<double> Projected => _projected.AsSpan(0, columnCount);

    /// <summary>The norm of the part of r in the span of the columns: what a linear step can take away from the residuals.</summary>
    public double Offset => Reductions.Norm(_projected.AsSpan(0, Rank));

    /// <summary>An entry of R.</summary>
    public double this[int row, int column] => _upper[row * columnCount + column];

    /// <summary>Factorizes a matrix.</summary>
    /// <param name="jacobian">The matrix J, one column after another; overwritten.</param>
    /// <param name="residuals">The vector r.</param>
    public void Factorize(Span<double> jacobian, ReadOnlySpan<double> residuals)
    {
        residuals.CopyTo(_projected);
        Array.Clear(_upper);
        Rank = columnCount;
        for (int j = 0; j < columnCount; j++)
            (_order[j], _norms[j]) = (j, Reductions.Norm(Column(jacobian, j)));
        for (int k = 0; k < columnCount; k++)
        {
            if (Exchange(jacobian, k) <= _smallestShare)
                Rank = Math.Min(Rank, k);
            Reflect(jacobian, k);
        }
    }

    /// <summary>Solves the first <see cref="Rank"/> rows of R·z = b.</summary>
    /// <param name="right">b, replaced by z; its further entries become 0.</param>
    public void Solve(Span<double> right)
    {
        right[Rank..].Clear();
        UpperTriangle.Solve(_upper, columnCount, right[..Rank]);
    }

    /// <summary>Solves Rᵀ·z = b, for full rank.</summary>
    /// <param name="right">b, replaced by z.</param>
    public void SolveTransposed(Span<double> right) => UpperTriangle.SolveTransposed(_upper, columnCount, right);

    /// <summary>Computes Jᵀr, in the order of J·P.</summary>
    public void Gradient(Span<double> gradient)
    {
        for (int j = 0; j < columnCount; j++)
        {
            gradient[j] = 0;
            for (int i = 0; i <= j; i++)
                gradient[j] += this[i, j] * _projected[i];
        }
    }

    /// <summary>The norm of J·step.</summary>
    public double NormOfProduct(ReadOnlySpan<double> step, Span<double> product)
    {
        for (int i = 0; i < columnCount; i++)
        {
            product[i] = 0;
            for (int j = i; j < columnCount; j++)
                product[i] += this[i, j] * step[_order[j]];
        }

        return Reductions.Norm(product);
    }

    /// <summary>Copies R, row by row.</summary>
    public void CopyTo(Span<double> upper) => _upper.CopyTo(upper);

    /// <summary>Puts the column with the largest share in place k.</summary>
    /// <returns>The share: the norm of what is not in the span of the columns before it, divided by the norm of the column.</returns>
    private double Exchange(ReadOnlySpan<double> jacobian, int k)
    {
        int best = k;
        double largest = -1;
        for (int j = k; j < columnCount; j++)
        {
            double norm = _norms[_order[j]], rest = Reductions.Norm(Column(jacobian, _order[j])[k..]);
            double share = norm > 0 ? rest / norm : 0;
            if (share > largest)
                (best, largest) = (j, share);
        }

        (_order[k], _order[best]) = (_order[best], _order[k]);
        for (int i = 0; i < k; i++)
            (_upper[i * columnCount + k], _upper[i * columnCount + best]) = (_upper[i * columnCount + best], _upper[i * columnCount + k]);
        return largest;
    }

    /// <summary>Reflects column k to a multiple of a unit vector, and with it the columns after it and the residuals.</summary>
    private void Reflect(Span<double> jacobian, int k)
    {
        Span<double> mirror = Column(jacobian, _order[k])[k..];
        double norm = Reductions.Norm(mirror);
        if (norm == 0)
            return;
        norm = double.CopySign(norm, mirror[0]);
        Reductions.Divide(mirror, norm);
        mirror[0] += 1;
        _upper[k * columnCount + k] = -norm;
        for (int j = k + 1; j < columnCount; j++)
        {
            Span<double> column = Column(jacobian, _order[j])[k..];
            Mirror(column, mirror);
            _upper[k * columnCount + j] = column[0];
        }

        Mirror(_projected.AsSpan(k), mirror);
    }

    private static void Mirror(Span<double> vector, ReadOnlySpan<double> mirror) =>
        Reductions.AddScaled(vector, -Reductions.Dot<double, double>(mirror, vector) / mirror[0], mirror);

    private Span<double> Column(Span<double> matrix, int j) => matrix.Slice(j * rowCount, rowCount);

    private ReadOnlySpan<double> Column(ReadOnlySpan<double> matrix, int j) => matrix.Slice(j * rowCount, rowCount);
}
