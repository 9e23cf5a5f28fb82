using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The margins of samples. For a sample x of class c and another class k, the margin is x·(D_c − D_k); it is positive if x is on the side
/// of class c. It is a linear form z of the coefficients D of a linear classifier. Features are standardised, which moves no hyperplane.
/// </summary>
internal sealed class ClassMargins
{
    private readonly int _columns;
    private readonly int _outputs;
    private readonly bool _intercept;
    private readonly Dataset.RowReader _featuresOf;
    private readonly int[] _rows;
    private readonly double[] _x;
    private readonly double[] _weights;
    private readonly int[] _classOf;
    private readonly ColumnStatistics _statistics;

    public ClassMargins(LinearModel model, Dataset data)
    {
        (_intercept, _outputs) = (model.HasIntercept, model.OutputCount);
        int features = data.FeatureCount;
        _columns = features + (_intercept ? 1 : 0);
        _featuresOf = data.FeatureReader();
        _statistics = ColumnStatistics.OfFeatures(data, _intercept);
        _rows = [.. Enumerable.Range(0, data.SampleCount).Where(i => data.Weight(i) > 0)];
        _classOf = Array.ConvertAll(_rows, i => (int)data.Targets(i)[0]);
        _weights = Array.ConvertAll(_rows, data.Weight);
        _x = new double[_columns];
        _x[^1] = 1; // the intercept's; without one, it is overwritten
    }

    public int SampleCount => _classOf.Length;

    public int ClassCount => Math.Max(2, _outputs);

    /// <summary>The length of D: for each output one coefficient per column, the intercept last.</summary>
    public int Length => _outputs * _columns;

    /// <summary>Returns the coefficients D of a fitted model, for standardised features.</summary>
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

    /// <summary>Returns all pairs of a sample and a class other than the sample's class.</summary>
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

    /// <summary>
    /// Returns the same pairs in descending order of their part in the gradient of cross-entropy: the sample's weight times the probability
    /// of that class.
    /// </summary>
    public (int Sample, int Other)[] ByGradient(double[] direction)
    {
        int classes = ClassCount;
        double[] own = new double[classes], parts = new double[SampleCount * (classes - 1)];
        (int Sample, int Other)[] pairs = [.. Pairs()];
        for (int i = 0, pair = 0; i < SampleCount; i++)
        {
            for (int k = 0; k < classes; k++)
                own[k] = k == _classOf[i] ? 0 : -Of(i, k, direction).Margin;
            double largest = own[Reductions.IndexOfMax(own)], total = 0;
            foreach (ref double part in own.AsSpan())
                total += part = Elementary.Exp(part - largest);
            for (int k = 0; k < classes; k++)
            {
                if (k != _classOf[i])
                    parts[pair++] = -own[k] * (_weights[i] / total);
            }
        }

        Array.Sort(parts, pairs);
        return pairs;
    }

    public int ClassOf(int sample) => _classOf[sample];

    /// <summary>Returns the margin z·D, which is 0 for the sample's own class, and the length of x.</summary>
    public (double Margin, double Length) Of(int sample, int other, double[] direction)
    {
        int own = _classOf[sample];
        ReadOnlySpan<double> x = Standardized(sample);
        double margin = 0, square = 0;
        for (int j = 0; j < x.Length; j++)
        {
            double difference = _outputs == 1
                ? (own - other) * direction[j]
                : direction[own * _columns + j] - direction[other * _columns + j];
            margin += x[j] * difference;
            square += x[j] * x[j];
        }

        return (margin, Math.Sqrt(square));
    }

    /// <summary>Returns the linear form z of a sample and another class, as a vector with the length of D.</summary>
    public double[] Form(int sample, int other)
    {
        int own = _classOf[sample];
        double[] form = new double[Length];
        ReadOnlySpan<double> x = Standardized(sample);
        for (int j = 0; j < x.Length; j++)
        {
            if (_outputs == 1)
                form[j] = (own - other) * x[j];
            else
                (form[own * _columns + j], form[other * _columns + j]) = (x[j], -x[j]);
        }

        return form;
    }

    /// <summary>Returns the largest difference between the coefficients of a feature for any two classes.</summary>
    public double SpreadOf(int feature, double[] direction)
    {
        double low = _outputs == 1 ? 0 : double.PositiveInfinity, high = _outputs == 1 ? 0 : double.NegativeInfinity;
        for (int k = 0; k < _outputs; k++)
            (low, high) = (Math.Min(low, direction[k * _columns + feature]), Math.Max(high, direction[k * _columns + feature]));
        return high - low;
    }

    /// <summary>
    /// Returns the standardised features of a sample, and a 1 if there is an intercept. They are valid until the next call.
    /// </summary>
    private ReadOnlySpan<double> Standardized(int sample)
    {
        _statistics.Standardize(_featuresOf(_rows[sample]), _x);
        return _x;
    }
}
