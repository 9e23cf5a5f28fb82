namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>Divides the samples at random into two data sets. The samples of each part keep their order.</summary>
    /// <param name="fraction">
    /// The fraction of the samples in the first part, greater than 0 and less than 1. The number of samples is rounded to the nearest whole
    /// number. Samples of weight 0 are divided separately, so that both parts have weight.
    /// </param>
    /// <param name="seed">The seed of the random order. The same seed gives the same parts.</param>
    /// <exception cref="ArgumentException">
    /// The fraction is not in its interval, or a part would have no sample, or no sample of a weight above 0.
    /// </exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// (Dataset training, Dataset test) = data.Split(0.75);
    /// Console.WriteLine(LinearRegression.Fit(training).Model.Evaluate(test).RSquared &gt; 0.4);   // True
    /// </code></example>
    public (Dataset First, Dataset Second) Split(double fraction, long seed = 0)
    {
        (int[] first, int[] second) = DivideSamples(byClass: false, fraction, seed, nameof(fraction));
        return (Select(first), Select(second));
    }

    /// <summary>
    /// Divides the samples of each class at random into two data sets, as <see cref="Split"/> divides all samples. The first target is the
    /// class.
    /// </summary>
    /// <remarks>
    /// The first part has as many samples as <see cref="Split"/> gives it, each class in its share to within one sample. The second part
    /// keeps at least one sample of each class, of a weight above 0 if there is one: larger classes then give more, and if they cannot,
    /// the first part is smaller.
    /// </remarks>
    /// <inheritdoc cref="Split"/>
    public (Dataset First, Dataset Second) SplitByClass(double fraction, long seed = 0)
    {
        (int[] first, int[] second) = DivideSamples(byClass: true, fraction, seed, nameof(fraction));
        return (Select(first), Select(second));
    }

    /// <inheritdoc cref="SampleSplit.Divide"/>
    internal (int[] First, int[] Second) DivideSamples(bool byClass, double fraction, long seed, string argument) =>
        SampleSplit.Divide(SampleCount, byClass ? sample => Targets(sample)[0] : null, Weight, fraction, seed, argument);

    /// <summary>Returns a data set of the given samples, in the given order.</summary>
    /// <param name="samples">The indices of the samples, from 0: at least one. An index can occur more than once.</param>
    /// <exception cref="ArgumentException">
    /// There are no indices, an index is out of range, or all selected samples have the weight 0.
    /// </exception>
    public Dataset Select(params ReadOnlySpan<int> samples)
    {
        if (samples.IsEmpty)
            throw Guard.Invalid(nameof(samples), $"There are no samples: at least one is needed.");
        foreach (int sample in samples)
            Guard.Index(sample, SampleCount, "sample");
        Sharding? sharding = Sharding?.Of(samples.Length);
        FeatureStorage storage = sharding is { KeepsAllRows: false }
            ? _features.NewEmpty(sharding.Own.Count)
            : _features is TiledStorage tiled ? new SelectedStorage(tiled, samples.ToArray()) : _features.Select(samples);
        var selection = new Dataset(samples.Length, FeatureCount, TargetCount, HasWeights, FeaturePrecision, _featureNames, TargetNames,
            storage, sharding)
        {
            Encoding = Encoding,
        };
        double[] buffer = selection.RowSharding is null ? [] : _features.NewRowBuffer();
        for (int i = 0; i < samples.Length; i++)
        {
            int sample = samples[i];
            if (selection.RowSharding is not null)
                selection.SetFeatures(i, _features.Read(sample, buffer));
            Targets(sample).CopyTo(selection.MutableTargets(i));
            if (selection._weights is not null)
                selection._weights[i] = Weight(sample);
        }

        if (selection._weights?.Max() == 0)
            throw Guard.Invalid(nameof(samples), $"All selected samples have weight 0: at least one weight must be greater.");
        return selection;
    }

    /// <summary>Returns the same samples with the values of one feature taken from other samples.</summary>
    /// <param name="feature">The index of the feature.</param>
    /// <param name="order">For each sample, the index of the sample that its value is taken from.</param>
    internal Dataset WithShuffledFeature(int feature, int[] order)
    {
        RequireDenseCopy("Shuffling one feature", "Score a sample with fewer features");
        RowReader rowOf = FeatureReader();
        return Map(FeatureCount, (sample, from, features, targets) =>
        {
            CopyRow(sample, from[..FeatureCount], features, targets);
            features[feature] = rowOf(order[sample])[feature];
        }, readsTogether: true);
    }
}
