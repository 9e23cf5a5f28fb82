using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>(JᵀJ)⁻¹ = R⁻¹R⁻ᵀ without the product JᵀJ, whose rounding errors are as large as the square of its condition number.</summary>
internal sealed class ParameterCovariance
{
    private readonly int _count;

    // Row j is that of parameter j in P·R⁻¹; NaN if it is not determined.
    private readonly double[] _inverse;

    public ParameterCovariance(PivotedQR factors)
    {
        _count = factors.ColumnCount;
        _inverse = new double[_count * _count];
        if (factors.Rank < _count)
        {
            Array.Fill(_inverse, double.NaN);
            return;
        }

        double[] column = new double[_count];
        for (int k = 0; k < _count; k++)
        {
            Array.Clear(column);
            column[k] = 1;
            factors.Solve(column);
            for (int i = 0; i < _count; i++)
                _inverse[factors.Order[i] * _count + k] = column[i];
        }
    }

    /// <summary>The roots of the diagonal.</summary>
    public ImmutableArray<double> Roots => [.. Enumerable.Range(0, _count).Select(j => Reductions.Norm(Row(j)))];

    /// <summary>An entry, divided by the roots of the two entries on the diagonal.</summary>
    public double Correlation(int row, int column)
    {
        double product = 0, first = Reductions.Norm(Row(row)), second = Reductions.Norm(Row(column));
        for (int k = 0; k < _count; k++)
            product += Row(row)[k] / first * (Row(column)[k] / second);
        return row == column && double.IsFinite(product) ? 1 : product;
    }

    private ReadOnlySpan<double> Row(int parameter) => _inverse.AsSpan(parameter * _count, _count);
}
