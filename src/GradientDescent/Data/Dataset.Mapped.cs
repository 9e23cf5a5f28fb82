using System.Collections.Immutable;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>
    /// Whether the rows of features are read from a file each time they are used, instead of being kept in memory. Results have the same
    /// bits.
    /// </summary>
    public bool IsMapped => _features is TiledStorage;

    /// <summary>Creates a data set of rows that are read where they are, with numbers that are checked already.</summary>
    /// <param name="features">The rows.</param>
    /// <param name="targets">The targets, row by row.</param>
    /// <param name="weights">The weights, if there are any.</param>
    /// <param name="featureNames">The names of the features; default: x1, x2, …</param>
    /// <param name="targetNames">The names of the targets.</param>
    internal static Dataset FromMapped(
        TiledStorage features, double[] targets, double[]? weights, ImmutableArray<string> featureNames, ImmutableArray<string> targetNames)
    {
        var data = new Dataset(
            features.RowCount, features.FeatureCount, targetNames.Length, weights is not null, features.Precision, featureNames,
            targetNames, features, targets: targets);
        if (weights is not null)
            CopyWeights(weights, data._weights);
        return data;
    }

    /// <summary>The same samples with standardised features and with other targets.</summary>
    /// <param name="centers">The centre of each column of features.</param>
    /// <param name="scales">The scale of each column of features.</param>
    /// <param name="writeTargets">Writes the new targets of a sample; <see langword="null"/>: the targets stay the same.</param>
    internal Dataset WithStandardizedFeatures(double[] centers, double[] scales, Action<int, Memory<double>>? writeTargets)
    {
        var standardized = new StandardizedStorage((TiledStorage)_features, centers, scales);
        return new Dataset(this, standardized, writeTargets is null ? _targets : NewTargets(writeTargets));
    }

    /// <summary>Returns other targets of the same samples.</summary>
    private double[] NewTargets(Action<int, Memory<double>> write)
    {
        double[] targets = new double[SampleCount * TargetCount];
        for (int i = 0; i < SampleCount; i++)
            write(i, targets.AsMemory(i * TargetCount, TargetCount));
        return targets;
    }

    private Dataset(Dataset samples, FeatureStorage features, double[] targets)
        : this(samples)
    {
        (_features, _doubles, _targets) = (features, null, targets);
        if (features.FeatureCount != FeatureCount)
            (FeatureCount, _featureNames, Encoding) = (features.FeatureCount, default, null);
    }
}
