using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The weighted mean and standard deviation of each feature over all samples so far; without centring, 0 and the root of the mean square.
/// </summary>
/// <remarks>
/// The sums of w(x − x₀) and w(x − x₀)², where x₀ is the first row (0 without centring), are kept in double-double. So the statistics are
/// those of all samples at once, rounded, whatever the batches are. A feature that has not varied yet has the scale 1.
/// </remarks>
/// <param name="featureCount">The number of features.</param>
/// <param name="centered">Whether features are centred. Without an intercept that would be another model.</param>
internal sealed class RunningScale(int featureCount, bool centered = true)
{
    private readonly double[] _first = new double[featureCount];
    private readonly DoubleDouble[] _sums = new DoubleDouble[featureCount];
    private readonly DoubleDouble[] _squares = new DoubleDouble[featureCount];
    private DoubleDouble _weight;

    /// <summary>The mean of each feature.</summary>
    public double[] Centers { get; } = new double[featureCount];

    /// <summary>The standard deviation of each feature; 1 if it has not varied.</summary>
    public double[] Scales { get; } = [.. Enumerable.Repeat(1.0, featureCount)];

    /// <summary>Whether all numbers are finite. Squares of features from about 1e154 on overflow.</summary>
    public bool IsFinite => Reductions.AreFinite(Centers) && Reductions.AreFinite(Scales);

    /// <summary>Returns a copy with more samples.</summary>
    public RunningScale With(Dataset batch)
    {
        var copy = new RunningScale(featureCount, centered) { _weight = _weight };
        _first.CopyTo(copy._first, 0);
        _sums.CopyTo(copy._sums, 0);
        _squares.CopyTo(copy._squares, 0);
        Centers.CopyTo(copy.Centers, 0);
        Scales.CopyTo(copy.Scales, 0);
        copy.Add(batch);
        return copy;
    }

    /// <summary>Adds samples.</summary>
    public void Add(Dataset batch)
    {
        foreach (Dataset.WeightedSample sample in batch.Weighted)
        {
            ReadOnlySpan<double> row = sample.Features;
            if (centered && _weight.High == 0)
                row.CopyTo(_first);
            _weight += sample.Weight;
            for (int j = 0; j < row.Length; j++)
            {
                DoubleDouble difference = DoubleDouble.Sum(row[j], -_first[j]), weighted = difference * sample.Weight;
                _sums[j] += weighted;
                _squares[j] += weighted * difference;
            }
        }

        if (_weight.High == 0)
            return;
        for (int j = 0; j < featureCount; j++)
        {
            DoubleDouble mean = centered ? _sums[j] / _weight : default;
            double variance = (_squares[j] / _weight - mean * mean).High;
            (Centers[j], Scales[j]) = ((mean + _first[j]).High, variance <= 0 ? 1 : Math.Sqrt(variance));
        }
    }

    /// <summary>Returns a batch with scaled features.</summary>
    public Dataset Scaled(Dataset batch) => batch.Map(featureCount, (sample, from, features, targets) =>
    {
        ColumnOperations.Standardize(from, Centers, Scales, features);
        batch.Targets(sample).CopyTo(targets);
    });

    /// <summary>Converts parameters for scaled features to those for the features themselves, in place.</summary>
    public void ToUser(Span<double> parameters, int outputs)
    {
        var coefficients = new ScaledCoefficients(Centers, Scales);
        for (int k = 0; k < outputs; k++)
        {
            Span<double> weights = parameters.Slice(k * featureCount, featureCount);
            double offset = coefficients.ToUser(weights, weights);
            if (centered)
                parameters[outputs * featureCount + k] -= offset;
        }
    }

    /// <summary>Converts parameters for the features to those for scaled features, in place.</summary>
    public void FromUser(Span<double> parameters, int outputs)
    {
        var coefficients = new ScaledCoefficients(Centers, Scales);
        for (int k = 0; k < outputs; k++)
        {
            Span<double> weights = parameters.Slice(k * featureCount, featureCount);
            double offset = coefficients.FromUser(weights, weights);
            if (centered)
                parameters[outputs * featureCount + k] += offset;
        }
    }

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("scale.weight", [_weight.High, _weight.Low]);
        snapshot.Add("scale.first", _first);
        Save(snapshot, "scale.sums", _sums);
        Save(snapshot, "scale.squares", _squares);
        snapshot.Add("scale.centers", Centers);
        snapshot.Add("scale.scales", Scales);
    }

    public void Restore(Snapshot snapshot)
    {
        double[] weight = new double[2];
        snapshot.TakeVector("scale.weight", weight);
        _weight = DoubleDouble.Sum(weight[0], weight[1]);
        snapshot.TakeVector("scale.first", _first);
        Restore(snapshot, "scale.sums", _sums);
        Restore(snapshot, "scale.squares", _squares);
        snapshot.TakeVector("scale.centers", Centers);
        snapshot.TakeVector("scale.scales", Scales);
    }

    private static void Save(Snapshot snapshot, string name, DoubleDouble[] numbers)
    {
        snapshot.Add(name, Array.ConvertAll(numbers, number => number.High));
        snapshot.Add(name + ".low", Array.ConvertAll(numbers, number => number.Low));
    }

    private static void Restore(Snapshot snapshot, string name, DoubleDouble[] numbers)
    {
        double[] high = new double[numbers.Length], low = new double[numbers.Length];
        snapshot.TakeVector(name, high);
        snapshot.TakeVector(name + ".low", low);
        for (int j = 0; j < numbers.Length; j++)
            numbers[j] = DoubleDouble.Sum(high[j], low[j]);
    }
}
