using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The margins by which a linear classifier's samples are on the side of their class: for a sample x of class c and another class k, x·(D_c − D_k), a linear form z of the coefficients D. Features are
/// standardised, which moves no hyperplane.
/// </summary>
internal sealed class ClassMargins
{
    private readonly int _columns;
    private readonly int _outputs;
    private readonly bool _intercept;
    private readonly double[] _samples;
    private readonly double[] _weights;
    private readonly int[] _classOf;
    private readonly ColumnStatistics _statistics;

    public ClassMargins(LinearModel model, Dataset data)
    {
        (_intercept, _outputs) = (model.HasIntercept, model.OutputCount);
        int features = data.FeatureCount;
        _columns = features + (_intercept ? 1 : 0);
        Dataset.RowReader featuresOf = data.FeatureReader();
        _statistics = ColumnStatistics.From(data, features, featuresOf, _intercept);
        int[] weighted = [.. Enumerable.Range(0, data.SampleCount).Where(i => data.Weight(i) > 0)];
        _classOf = Array.ConvertAll(weighted, i => (int)data.Targets(i)[0]);
        _weights = Array.ConvertAll(weighted, data.Weight);
        _samples = new double[weighted.Length * _columns];
        for (int i = 0; i < weighted.Length; i++)
        {
            ReadOnlySpan<double> row = featuresOf(weighted[i]);
            for (int j = 0; j < features; j++)
                _samples[i * _columns + j] = ColumnStatistics.Scaled(row[j], _statistics.Centers[j], _statistics.Scales[j]);
            if (_intercept)
                _samples[(i + 1) * _columns - 1] = 1;
        }
    }

    public int SampleCount => _classOf.Length;

    public int ClassCount => Math.Max(2, _outputs);

    /// <summary>Length of D: for each output its columns, the intercept last.</summary>
    public int Length => _outputs * _columns;

    /// <summary>A fitted model's coefficients of the standardised features.</summary>
    public double[] DirectionOf(LinearModel model)
    {
        int features = model.FeatureCount;
        ImmutableArray<double> weights = model.Weights, intercepts = model.Intercepts;
        double[] direction = new double[Length];
        for (int k = 0; k < _outputs; k++)
        {
            double offset = intercepts[k];
            for (int j = 0; j < features; j++)
            {
                double weight = weights[k * features + j];
                direction[k * _columns + j] = weight * _statistics.Scales[j];
                offset += weight * _statistics.Centers[j];
            }

            if (_intercept)
                direction[(k + 1) * _columns - 1] = offset;
        }

        return direction;
    }

    /// <summary>Each sample with each class but its own.</summary>
    public IEnumerable<(int Sample, int Other)> Pairs()
    {
        for (int i = 0; i < SampleCount; i++)
        {
            for (int k = 0; k < ClassCount; k++)
            {
                if (k != _classOf[i])
                    yield return (i, k);
            }
        }
    }

    /// <summary>The same, those first whose loss pulls hardest at the coefficients: by weight times the probability of that class.</summary>
    public IEnumerable<(int Sample, int Other)> ByPull(double[] direction)
    {
        int classes = ClassCount;
        double[] pulls = new double[SampleCount * classes];
        for (int i = 0; i < SampleCount; i++)
        {
            Span<double> own = pulls.AsSpan(i * classes, classes);
            for (int k = 0; k < classes; k++)
                own[k] = -Of(i, k, direction).Margin;
            double largest = own[Reductions.IndexOfMax(own)], total = 0;
            foreach (ref double pull in own)
                total += pull = Elementary.Exp(pull - largest);
            foreach (ref double pull in own)
                pull *= _weights[i] / total;
        }

        return Pairs().OrderByDescending(pair => pulls[pair.Sample * classes + pair.Other]);
    }

    public int ClassOf(int sample) => _classOf[sample];

    /// <summary>z·D, 0 for the sample's own class; and the length of x.</summary>
    public (double Margin, double Length) Of(int sample, int other, double[] direction)
    {
        int own = _classOf[sample];
        ReadOnlySpan<double> x = _samples.AsSpan(sample * _columns, _columns);
        double margin = 0, square = 0;
        for (int j = 0; j < x.Length; j++)
        {
            margin += x[j] * (_outputs == 1 ? (own - other) * direction[j] : direction[own * _columns + j] - direction[other * _columns + j]);
            square += x[j] * x[j];
        }

        return (margin, Math.Sqrt(square));
    }

    /// <summary>z.</summary>
    public double[] Form(int sample, int other)
    {
        int own = _classOf[sample];
        double[] form = new double[Length];
        ReadOnlySpan<double> x = _samples.AsSpan(sample * _columns, _columns);
        for (int j = 0; j < x.Length; j++)
        {
            if (_outputs == 1)
                form[j] = (own - other) * x[j];
            else
                (form[own * _columns + j], form[other * _columns + j]) = (x[j], -x[j]);
        }

        return form;
    }

    /// <summary>How far a feature's coefficients differ from class to class.</summary>
    public double SpreadOf(int feature, double[] direction)
    {
        double low = _outputs == 1 ? 0 : double.PositiveInfinity, high = _outputs == 1 ? 0 : double.NegativeInfinity;
        for (int k = 0; k < _outputs; k++)
            (low, high) = (Math.Min(low, direction[k * _columns + feature]), Math.Max(high, direction[k * _columns + feature]));
        return high - low;
    }
}
