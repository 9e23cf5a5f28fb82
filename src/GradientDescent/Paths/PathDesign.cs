using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The features of a path, column by column: centred if there is an intercept, and standardised if that is asked for.</summary>
/// <remarks>Samples of weight 0 are left out. A column that does not vary is all zeros, so its weight stays 0.</remarks>
internal sealed class PathDesign
{
    private readonly double[] _centers;
    private readonly double[] _scales;

    public PathDesign(Dataset data, PathOptions options)
    {
        int d = data.FeatureCount;
        ColumnStatistics statistics = ColumnStatistics.OfFeatures(data, options.Intercept);
        _centers = statistics.Centers;
        _scales = options.Standardize ? statistics.Scales : [.. statistics.Scales.Select(scale => scale == 0 ? 0.0 : 1)];
        int[] samples = [.. Enumerable.Range(0, data.SampleCount).Where(sample => data.Weight(sample) > 0)];
        Shares = [.. samples.Select(data.Weight)];
        Reductions.Divide(Shares, Reductions.Sum(Shares));
        Targets = [.. samples.Select(sample => data.Targets(sample)[0])];
        Columns = [.. Enumerable.Range(0, d).Select(_ => new double[samples.Length])];
        Dataset.RowReader rowOf = data.FeatureReader();
        double[] row = new double[d];
        for (int i = 0; i < samples.Length; i++)
        {
            ColumnOperations.Standardize(rowOf(samples[i])[..d], _centers, _scales, row);
            for (int j = 0; j < d; j++)
                Columns[j][i] = row[j];
        }
    }

    /// <summary>One column for each feature.</summary>
    public double[][] Columns { get; }

    /// <summary>The target of each sample.</summary>
    public double[] Targets { get; }

    /// <summary>The weight of each sample; they add up to 1.</summary>
    public double[] Shares { get; }

    /// <summary>Returns weights and intercept in the user's units.</summary>
    /// <param name="weights">The weights of the columns.</param>
    /// <param name="intercept">The intercept; <see langword="null"/> if the model has none.</param>
    public double[] InUsersUnits(ReadOnlySpan<double> weights, double? intercept)
    {
        double[] parameters = new double[weights.Length + (intercept is null ? 0 : 1)];
        for (int j = 0; j < weights.Length; j++)
            parameters[j] = weights[j] == 0 ? 0 : weights[j] / _scales[j];
        if (intercept is { } given)
            parameters[^1] = given - Reductions.Dot<double, double>(parameters.AsSpan(0, weights.Length), _centers);
        return parameters;
    }
}
