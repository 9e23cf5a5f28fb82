using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The mean of (ŷ − y)² as ½‖ỹ − X̃w‖², for no more features than samples: after the inner products, no sample is read again.
/// </summary>
internal sealed class GramLeastSquares : PathLoss
{
    private const int TileLength = 1024; // a few columns of this length are in the cache at a time

    private readonly WeightedColumns _data;
    private readonly double[] _productsWithTarget;
    private readonly double[]?[] _rows;

    public GramLeastSquares(WeightedColumns data)
        : base(data.Columns.Length)
    {
        _data = data;
        _rows = new double[data.Columns.Length][];
        NullLoss = Loss = 0.5 * Reductions.Dot<double, double>(data.Target, data.Target);
        SetSlopes(data.Columns, data.Target);
        _productsWithTarget = [.. Slopes];
    }

    public override double? Intercept => _data.Intercept;

    public override QuadraticModel ModelOf(int[] working)
    {
        Complete(working);
        double[][] matrix = [.. working.Select(j => Array.ConvertAll(working, k => _rows[j]![k]))];
        return new GramModel(matrix, Array.ConvertAll(working, j => Slopes[j]));
    }

    public override void MoveTo(int[] working, ReadOnlySpan<double> target, ElasticNet penalty)
    {
        for (int i = 0; i < working.Length; i++)
            Weights[working[i]] = target[i];
        _productsWithTarget.CopyTo(Slopes, 0);
        for (int j = 0; j < Weights.Length; j++)
        {
            if (Weights[j] != 0)
                Reductions.AddScaled<double>(Slopes, -Weights[j], _rows[j]);
        }

        // ‖ỹ − X̃w‖² = ‖ỹ‖² − w·(X̃ᵀỹ + X̃ᵀr)
        double explained = Reductions.Dot<double, double>(Weights, _productsWithTarget) + Reductions.Dot<double, double>(Weights, Slopes);
        Loss = Math.Max(0, NullLoss - 0.5 * explained);
    }

    public override double ConjugateGap(double s) => (1 - s) * (1 - s) * Loss;

    /// <summary>Computes the rows of X̃ᵀX̃ that are needed for the first time, tile by tile.</summary>
    private void Complete(int[] working)
    {
        int[] missing = [.. working.Where(j => _rows[j] is null)];
        foreach (int j in missing)
            _rows[j] = new double[_rows.Length];
        for (int start = 0; start < _data.Target.Length && missing.Length > 0; start += TileLength)
        {
            int length = Math.Min(TileLength, _data.Target.Length - start);
            for (int k = 0; k < _rows.Length; k++)
            {
                ReadOnlySpan<double> other = _data.Columns[k].AsSpan(start, length);
                foreach (int j in missing)
                    _rows[j]![k] += Reductions.Dot<double, double>(other, _data.Columns[j].AsSpan(start, length));
            }
        }
    }
}
