using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The mean of (ŷ − y)² as ½‖ỹ − X̃w‖², for more features than samples.</summary>
internal sealed class ResidualLeastSquares : PathLoss
{
    private readonly WeightedColumns _data;
    private readonly double[] _residual;

    public ResidualLeastSquares(WeightedColumns data)
        : base(data.Columns.Length)
    {
        (_data, _residual) = (data, [.. data.Target]);
        NullLoss = Loss = 0.5 * Reductions.Dot<double, double>(_residual, _residual);
        SetSlopes(data.Columns, _residual);
    }

    public override double? Intercept => _data.Intercept;

    public override QuadraticModel ModelOf(int[] working)
    {
        double[][] columns = [.. working.Select(j => _data.Columns[j])];
        return working.Length <= _residual.Length
            ? new GramModel(SmallGram.Of(columns), Array.ConvertAll(working, j => Slopes[j]))
            : new ResidualModel(columns, [.. _residual]);
    }

    public override void MoveTo(int[] working, ReadOnlySpan<double> target, ElasticNet penalty)
    {
        for (int i = 0; i < working.Length; i++)
            Weights[working[i]] = target[i];
        _data.Target.CopyTo(_residual, 0);
        for (int j = 0; j < Weights.Length; j++)
        {
            if (Weights[j] != 0)
                Reductions.AddScaled<double>(_residual, -Weights[j], _data.Columns[j]);
        }

        Loss = 0.5 * Reductions.Dot<double, double>(_residual, _residual);
        SetSlopes(_data.Columns, _residual);
    }

    public override double ConjugateGap(double s) => (1 - s) * (1 - s) * Loss;
}
