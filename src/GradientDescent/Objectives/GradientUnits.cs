using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The sizes that the entries of a risk's gradient are compared with.</summary>
/// <remarks>
/// Let rᵢ be the derivative of the loss of sample i by a score. The entry of coefficient j is ḡⱼ = Σ wᵢrᵢxᵢⱼ / Σ wᵢ. With
/// ρ² = Σ wᵢrᵢ² / Σ wᵢ, with the standard deviation sⱼ of feature j (without an intercept, or if it is constant: its root mean square cⱼ)
/// and with n = (Σ wᵢ)² / Σ wᵢ², its standard error is ρ·sⱼ/√n. On an exact fit ρ tends to 0 and the entry is a sum of rounding errors:
/// its size is then up to about u·σ·cⱼ, where u = 2⁻⁵³ and σ = ρ + 2κ·√(Σ wᵢyᵢ²/Σ wᵢ) with <see cref="ILoss.CancellationFactor"/> κ.
/// The feature of an intercept is 1. The parameters of a nonlinear model count as having features of size 1.
/// </remarks>
internal sealed class GradientUnits
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    private readonly int _outputs;
    private readonly int _columns;
    private readonly double _scale;
    private readonly double _weight;
    private readonly double _effectiveCount;
    private readonly (double Spread, double Size)[] _columnUnits = [];
    private readonly double[] _cancellations;

    /// <param name="model">The model.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="data">The samples, which are read once.</param>
    /// <param name="scale">The factor on the mean loss.</param>
    public GradientUnits(IModel model, ILoss loss, Dataset data, double scale)
    {
        (_outputs, _scale) = (model.OutputCount, scale);
        _weight = data.HasWeights ? Reductions.Sum(data.AllWeights) : data.SampleCount;
        _effectiveCount = data.HasWeights ? EffectiveCount(data.AllWeights, _weight) : data.SampleCount;
        _cancellations = Cancellations(loss.CancellationFactor, data, _outputs);
        if (!model.IsLinear)
            return;
        bool hasIntercept = model.Layout(data.FeatureCount).Blocks.Any(block => block.Role == ParameterRole.Bias);
        var statistics = ColumnStatistics.OfFeatures(data, hasIntercept);
        _columns = data.FeatureCount;
        _columnUnits = [.. statistics.Centers.Zip(statistics.Scales, (center, scale) =>
        {
            double size = Reductions.Norm([center, scale]);
            return (scale == 0 ? size : scale, size);
        })];
    }

    /// <summary>Returns the entry with the largest <see cref="RelativeGradient.ShareOf"/>.</summary>
    /// <param name="gradient">The gradient of the scaled mean.</param>
    /// <param name="squares">Σ wᵢrᵢ² of each output.</param>
    /// <param name="tolerance">The allowed number of standard errors.</param>
    public RelativeGradient Largest(ReadOnlySpan<double> gradient, ReadOnlySpan<double> squares, double tolerance)
    {
        var largest = default(RelativeGradient);
        if (_columns == 0)
        {
            Consider(ref largest, gradient, [], Reductions.Sum(squares), Reductions.Norm(_cancellations), tolerance);
            return largest;
        }

        for (int k = 0; k < _outputs; k++)
        {
            Consider(ref largest, gradient.Slice(k * _columns, _columns), _columnUnits, squares[k], _cancellations[k], tolerance);
            if (gradient.Length > _outputs * _columns)
                Consider(ref largest, gradient.Slice(_outputs * _columns + k, 1), [], squares[k], _cancellations[k], tolerance);
        }

        return largest;
    }

    /// <param name="largest">The entry that is farthest from 0 so far.</param>
    /// <param name="entries">Entries of the gradient.</param>
    /// <param name="units">The spread and the size of the feature of each entry; empty: 1.</param>
    /// <param name="squares">Σ wᵢrᵢ².</param>
    /// <param name="cancelled">The size of the numbers that cancel in r on an exact fit.</param>
    /// <param name="tolerance">The allowed number of standard errors.</param>
    private void Consider(ref RelativeGradient largest, ReadOnlySpan<double> entries, ReadOnlySpan<(double Spread, double Size)> units,
        double squares, double cancelled, double tolerance)
    {
        double residual = Math.Sqrt(squares / _weight);
        double standardError = _scale * residual / Math.Sqrt(_effectiveCount), rounding = _scale * UnitRoundoff * (residual + cancelled);
        for (int j = 0; j < entries.Length; j++)
        {
            if (entries[j] == 0)
                continue;
            (double spread, double size) = units.IsEmpty ? (1, 1) : units[j];
            double entry = Math.Abs(entries[j]);
            var relative = new RelativeGradient(entry / (standardError * spread), entry / (rounding * size));
            // Squares that overflow would make every entry small.
            if (!double.IsFinite(residual) || double.IsNaN(relative.ShareOf(tolerance)))
                relative = new RelativeGradient(double.PositiveInfinity, double.PositiveInfinity);
            if (relative.ShareOf(tolerance) > largest.ShareOf(tolerance))
                largest = relative;
        }
    }

    /// <summary>Returns (Σw)²/Σw², computed from w/Σw: a large or small weight does not overflow.</summary>
    private static double EffectiveCount(ReadOnlySpan<double> weights, double sum)
    {
        double squares = 0;
        foreach (double weight in weights)
            squares += weight / sum * (weight / sum);
        return 1 / squares;
    }

    /// <summary>Returns 2κ times the root mean square of the targets of each output.</summary>
    private static double[] Cancellations(double factor, Dataset data, int outputs)
    {
        if (factor == 0)
            return new double[outputs];
        double[] sizes = ColumnStatistics.From(data, data.TargetCount, data.TargetReader(), centered: false).Scales;
        int scoresPerTarget = outputs / data.TargetCount;
        return [.. Enumerable.Range(0, outputs).Select(k => 2 * factor / data.TargetCount * sizes[k / scoresPerTarget])];
    }
}
