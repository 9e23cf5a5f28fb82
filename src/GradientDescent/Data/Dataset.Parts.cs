using GradientDescent.Kernels;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>Divides the samples at random into two data sets. The samples of each part keep their order.</summary>
    /// <param name="fraction">
    /// The fraction of the samples in the first part, greater than 0 and less than 1. The number of samples is rounded to the nearest whole
    /// number.
    /// </param>
    /// <param name="seed">The seed of the random order. The same seed gives the same parts.</param>
    /// <exception cref="ArgumentException">
    /// The fraction is not in its interval, a part would be empty, or all samples of a part would have the weight 0.
    /// </exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// (Dataset training, Dataset test) = data.Split(0.75);
    /// Console.WriteLine(LinearRegression.Fit(training).Model.Evaluate(test).RSquared &gt; 0.4);   // True
    /// </code></example>
    public (Dataset First, Dataset Second) Split(double fraction, long seed = 0)
    {
        (int[] first, int[] second) = SplitRows(fraction, seed);
        return (Select(first), Select(second));
    }

    /// <summary>
    /// Divides the samples of each class at random into two data sets, as <see cref="Split"/> divides all samples. The first target is the
    /// class.
    /// </summary>
    /// <remarks>
    /// Each class has nearly the same share in both parts, and the second part contains at least one sample of each class.
    /// </remarks>
    /// <inheritdoc cref="Split"/>
    public (Dataset First, Dataset Second) SplitByClass(double fraction, long seed = 0)
    {
        (int[] first, int[] second) = SplitRowsByClass(fraction, seed);
        return (Select(first), Select(second));
    }

    internal (int[] First, int[] Second) SplitRows(double fraction, long seed)
    {
        int[] order = RandomOrder(seed);
        int count = Share(Guard.Between(fraction, 0, 1), SampleCount);
        return Parts(order[..count], order[count..], fraction);
    }

    internal (int[] First, int[] Second) SplitRowsByClass(double fraction, long seed)
    {
        Guard.Between(fraction, 0, 1);
        var first = new List<int>();
        var second = new List<int>();
        IEnumerable<IGrouping<double, int>> classes = RandomOrder(seed).GroupBy(sample => Targets(sample)[0]);
        foreach (IGrouping<double, int> members in classes.OrderBy(members => members.Key))
        {
            int count = Math.Min(Share(fraction, members.Count()), members.Count() - 1);
            first.AddRange(members.Take(count));
            second.AddRange(members.Skip(count));
        }

        return Parts([.. first], [.. second], fraction);
    }

    /// <summary>Returns a data set of the given samples, in the given order.</summary>
    /// <param name="samples">The indices of the samples, from 0: at least one. An index can occur more than once.</param>
    /// <exception cref="ArgumentException">
    /// There are no indices, an index is out of range, or all selected samples have the weight 0.
    /// </exception>
    public Dataset Select(params ReadOnlySpan<int> samples)
    {
        if (samples.IsEmpty)
            throw Guard.Invalid(nameof(samples), $"There are no samples: at least one is needed.");
        var selection = new Dataset(samples.Length, FeatureCount, TargetCount, HasWeights, FeaturePrecision, FeatureNames, TargetNames)
        {
            Encoding = Encoding,
        };
        double[] buffer = _features.NewRowBuffer();
        for (int i = 0; i < samples.Length; i++)
        {
            int sample = Guard.Index(samples[i], SampleCount, "sample");
            selection.SetFeatures(i, _features.Read(sample, buffer));
            Targets(sample).CopyTo(selection.MutableTargets(i));
            if (selection._weights is not null)
                selection._weights[i] = Weight(sample);
        }

        if (selection._weights?.Max() == 0)
            throw Guard.Invalid(nameof(samples), $"All selected samples have weight 0: at least one weight must be greater.");
        return selection;
    }

    private static int Share(double fraction, int count) => (int)Math.Round(fraction * count, MidpointRounding.AwayFromZero);

    private int[] RandomOrder(long seed)
    {
        int[] order = new int[SampleCount];
        new CounterRandom(seed, stream: -1).Permutation(order);
        return order;
    }

    private (int[] First, int[] Second) Parts(int[] first, int[] second, double fraction)
    {
        if (first.Length == 0 || second.Length == 0)
            throw Guard.Invalid(
                nameof(fraction), $"{fraction} of {SampleCount} samples is {first.Length}: both parts need at least one sample.");
        Array.Sort(first);
        Array.Sort(second);
        return (first, second);
    }
}
