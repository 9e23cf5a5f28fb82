using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Samples to learn from: features, targets and, if wanted, weights. Immutable; it keeps copies of what it is given.</summary>
/// <remarks>
/// Features are n rows of d numbers, targets n rows of one or more numbers (for classes: the class index). Rows are stored one after another and
/// padded, so that the inner loops read whole cache lines: up to 8 features a row takes the next power of two, beyond that the next multiple of 8.
/// </remarks>
public sealed partial class Dataset
{
    private readonly AlignedArray _features;
    private readonly double[] _targets;
    private readonly double[]? _weights;

    private Dataset(int sampleCount, int featureCount, int targetCount, bool weighted, ImmutableArray<string> featureNames, ImmutableArray<string> targetNames)
    {
        if (sampleCount < 1)
            throw Guard.Invalid("features", $"There are no samples: at least one is needed.");
        if (featureCount < 1)
            throw Guard.Invalid("features", $"Row 0 has no features: at least one is needed.");
        if (targetCount < 1)
            throw Guard.Invalid("targets", $"Row 0 has no targets: at least one is needed.");
        SampleCount = sampleCount;
        FeatureCount = featureCount;
        TargetCount = targetCount;
        FeatureNames = NamesOr(featureNames, featureCount, "x", "featureNames");
        TargetNames = NamesOr(targetNames, targetCount, "y", "targetNames");
        Stride = StrideOf(featureCount);
        if ((long)sampleCount * Stride > Array.MaxLength - 8)
            throw Guard.Invalid("features", $"{sampleCount} samples of {featureCount} features need {(long)sampleCount * Stride} numbers: at most {Array.MaxLength - 8} fit.");
        _features = new AlignedArray(sampleCount * Stride);
        _targets = new double[sampleCount * targetCount];
        _weights = weighted ? new double[sampleCount] : null;
    }

    /// <summary>Number of samples n, at least 1.</summary>
    public int SampleCount { get; }

    /// <summary>Number of features d of a sample, at least 1.</summary>
    public int FeatureCount { get; }

    /// <summary>Number of targets of a sample, at least 1.</summary>
    public int TargetCount { get; }

    /// <summary>One name per feature: the given ones, or x1, x2, … (x for a single one).</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>One name per target: the given ones, or y1, y2, … (y for a single one).</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>Whether the samples have weights; without, each weighs 1.</summary>
    public bool HasWeights => _weights is not null;

    /// <summary>Distance from one row of features to the next, in numbers.</summary>
    internal int Stride { get; }

    internal ReadOnlySpan<double> AllTargets => _targets;

    internal ReadOnlySpan<double> AllWeights => _weights;

    /// <summary>The features of one sample.</summary>
    /// <param name="sample">Index of the sample, from 0.</param>
    public ReadOnlySpan<double> Features(int sample) => _features.Span.Slice(Guard.Index(sample, SampleCount) * Stride, FeatureCount);

    /// <summary>The targets of one sample.</summary>
    /// <param name="sample">Index of the sample, from 0.</param>
    public ReadOnlySpan<double> Targets(int sample) => _targets.AsSpan(Guard.Index(sample, SampleCount) * TargetCount, TargetCount);

    /// <summary>The weight of one sample; 1 where the data set has none.</summary>
    /// <param name="sample">Index of the sample, from 0.</param>
    public double Weight(int sample)
    {
        Guard.Index(sample, SampleCount);
        return _weights is null ? 1 : _weights[sample];
    }

    /// <summary>Divides the samples at random into two data sets, the first with about the given share.</summary>
    /// <param name="fraction">Share of the first part, greater than 0 and less than 1; its count is rounded to the nearest whole number.</param>
    /// <param name="seed">The same seed gives the same parts. Within a part the samples keep their order.</param>
    /// <exception cref="ArgumentException">One of the parts would be empty or without weight.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, long seed = 0)
    {
        Guard.Between(fraction, 0, 1);
        int count = (int)Math.Round(fraction * SampleCount, MidpointRounding.AwayFromZero);
        if (count == 0 || count == SampleCount)
            throw Guard.Invalid(nameof(fraction), $"{fraction} of {SampleCount} samples is {count}: both parts need at least one sample.");
        int[] order = new int[SampleCount];
        new CounterRandom(seed, stream: -1).Permutation(order);
        order.AsSpan(0, count).Sort();
        order.AsSpan(count).Sort();
        return (Select(order.AsSpan(0, count)), Select(order.AsSpan(count)));
    }

    /// <summary>A data set of the given samples, in the given order.</summary>
    /// <param name="samples">Indices from 0, at least one; an index may occur more than once.</param>
    /// <exception cref="ArgumentException">There are no indices, one is out of range, or all are of samples with weight 0.</exception>
    public Dataset Select(params ReadOnlySpan<int> samples)
    {
        if (samples.IsEmpty)
            throw Guard.Invalid(nameof(samples), $"There are no samples: at least one is needed.");
        var selection = new Dataset(samples.Length, FeatureCount, TargetCount, HasWeights, FeatureNames, TargetNames);
        for (int i = 0; i < samples.Length; i++)
        {
            Features(samples[i]).CopyTo(selection.MutableFeatures(i));
            Targets(samples[i]).CopyTo(selection.MutableTargets(i));
            if (selection._weights is not null)
                selection._weights[i] = Weight(samples[i]);
        }

        if (selection._weights?.Max() == 0)
            throw Guard.Invalid(nameof(samples), $"All samples selected have weight 0: at least one must have more.");
        return selection;
    }

    /// <summary>Says how many samples, features and targets there are.</summary>
    public override string ToString() => Guard.Text(
        $"{Guard.Counted(SampleCount, "sample")}, {Guard.Counted(FeatureCount, "feature")}, {Guard.Counted(TargetCount, "target")}{(HasWeights ? ", weighted" : "")}");

    /// <summary>The same samples, targets' names and weights, with features and targets that <paramref name="transform"/> writes row by row.</summary>
    internal Dataset Map(int featureCount, RowTransform transform)
    {
        var mapped = new Dataset(
            SampleCount, featureCount, TargetCount, HasWeights, featureCount == FeatureCount ? FeatureNames : default, TargetNames);
        _weights?.CopyTo(mapped._weights!, 0);
        for (int i = 0; i < SampleCount; i++)
            transform(i, mapped.MutableFeatures(i), mapped.MutableTargets(i));
        return mapped;
    }

    internal delegate void RowTransform(int sample, Span<double> features, Span<double> targets);

    /// <summary>The features of some samples, and which will be asked for soon.</summary>
    internal RowSet Rows(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming = default) => new(_features.Span, FeatureCount, Stride, samples, upcoming);

    private Span<double> MutableFeatures(int sample) => _features.Span.Slice(sample * Stride, FeatureCount);

    private Span<double> MutableTargets(int sample) => _targets.AsSpan(sample * TargetCount, TargetCount);

    private static int StrideOf(int featureCount) =>
        featureCount <= 8 ? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)featureCount) : (featureCount + 7) & ~7;

    private static ImmutableArray<string> NamesOr(ImmutableArray<string> names, int count, string prefix, string argument)
    {
        if (names.IsDefault)
            return count == 1 ? [prefix] : [.. Enumerable.Range(1, count).Select(i => Guard.Text($"{prefix}{i}"))];
        if (names.Length != count)
            throw Guard.Invalid(argument, $"There are {names.Length} names for {count} columns: each column needs one.");
        return names;
    }
}
