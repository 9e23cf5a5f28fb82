using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Samples to learn from: features, targets and, if wanted, weights. Immutable; it keeps copies of what it is given.</summary>
/// <remarks>
/// Features are n rows of d numbers, targets n rows of one or more numbers (for classes: the class index). Rows are stored one after another and
/// padded, so that the inner loops read whole cache lines: up to 8 features (16 in float) a row takes the next power of two, beyond that whole lines.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// (Dataset training, Dataset test) = data.Split(0.75, seed: 1);
/// Console.WriteLine($"{training.SampleCount} and {test.SampleCount} samples of {data.FeatureCount} features");   // 332 and 110 samples of 10 features
/// </code></example>
public sealed partial class Dataset
{
    private readonly AlignedArray<double>? _wide;
    private readonly AlignedArray<float>? _narrow;
    private readonly double[] _targets;
    private readonly double[]? _weights;

    private Dataset(int sampleCount, int featureCount, int targetCount, bool weighted, NumericPrecision precision, ImmutableArray<string> featureNames, ImmutableArray<string> targetNames)
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
        FeaturePrecision = precision;
        Stride = StrideOf(featureCount, precision == NumericPrecision.Double ? 8 : 16);
        if ((long)sampleCount * Stride > Array.MaxLength - 8)
            throw Guard.Invalid("features", $"{sampleCount} samples of {featureCount} features need {(long)sampleCount * Stride} numbers: at most {Array.MaxLength - 8} fit.");
        if (precision == NumericPrecision.Double)
            _wide = new AlignedArray<double>(sampleCount * Stride);
        else
            _narrow = new AlignedArray<float>(sampleCount * Stride);
        _targets = new double[sampleCount * targetCount];
        _weights = weighted ? new double[sampleCount] : null;
    }

    /// <summary>The same samples with something else beside them. Nothing of them ever changes, so they are not copied.</summary>
    private Dataset(Dataset samples)
    {
        (SampleCount, FeatureCount, TargetCount) = (samples.SampleCount, samples.FeatureCount, samples.TargetCount);
        (FeatureNames, TargetNames, FeaturePrecision, Stride) = (samples.FeatureNames, samples.TargetNames, samples.FeaturePrecision, samples.Stride);
        (_wide, _narrow, _targets, _weights, Encoding) = (samples._wide, samples._narrow, samples._targets, samples._weights, samples.Encoding);
    }

    private Dataset(Dataset samples, double[] weights)
        : this(samples)
    {
        _weights = new double[SampleCount];
        CopyWeights(weights, _weights);
    }

    private Dataset(Dataset samples, FeatureEncoding encoding)
        : this(samples) => (FeatureNames, Encoding) = (encoding.FeatureNames, encoding);

    /// <summary>Number of samples n, at least 1.</summary>
    public int SampleCount { get; }

    /// <summary>Number of features d of a sample, at least 1.</summary>
    public int FeatureCount { get; }

    /// <summary>Number of targets of a sample, at least 1.</summary>
    public int TargetCount { get; }

    /// <summary>What the features are kept in. Sums are in double in any case.</summary>
    public NumericPrecision FeaturePrecision { get; }

    /// <summary>One name per feature: the given ones, or x1, x2, … (x for a single one).</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>How the features were made of the columns of a table; <see langword="null"/> where they are numbers as they were given. A saved model has it from here.</summary>
    public FeatureEncoding? Encoding { get; private init; }

    /// <summary>One name per target: the given ones, or y1, y2, … (y for a single one).</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>Whether the samples have weights; without, each weighs 1.</summary>
    public bool HasWeights => _weights is not null;

    /// <summary>Distance from one row of features to the next, in numbers.</summary>
    private int Stride { get; }

    internal ReadOnlySpan<double> AllTargets => _targets;

    internal ReadOnlySpan<double> AllWeights => _weights;

    /// <summary>The features of one sample; a copy where they are kept in float.</summary>
    /// <param name="sample">Index of the sample, from 0.</param>
    public ReadOnlySpan<double> Features(int sample)
    {
        Guard.Index(sample, SampleCount);
        return FeatureReader()(sample);
    }

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

    /// <summary>The same samples with the features kept in another precision: in float they take half the memory, and reading them half the time.</summary>
    /// <param name="precision">What to keep the features in. Float rounds each to 24 binary digits, and those smaller than 1.2e-38 to fewer or to 0; targets and weights stay double.</param>
    /// <exception cref="ArgumentException">A feature is larger than any float; the message names row and column.</exception>
    public Dataset WithPrecision(NumericPrecision precision) => Guard.Defined(precision) == FeaturePrecision
        ? this
        : Map(FeatureCount, CopyRow, precision);

    /// <summary>The same samples, which say that their features were made by an encoding, and have its names for them.</summary>
    /// <param name="encoding">What made them.</param>
    /// <exception cref="ArgumentException">It makes another number of features.</exception>
    public Dataset WithEncoding(FeatureEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return encoding.FeatureNames.Length == FeatureCount
            ? new Dataset(this, encoding)
            : throw Guard.Invalid(nameof(encoding), $"The encoding makes {Format.Count(encoding.FeatureNames.Length, "feature")}: the data has {FeatureCount}.");
    }

    private void CopyRow(int sample, ReadOnlySpan<double> from, Span<double> features, Span<double> targets)
    {
        from.CopyTo(features);
        Targets(sample).CopyTo(targets);
    }

    /// <summary>Says how many samples, features and targets there are.</summary>
    public override string ToString() => Format.Text(
        $"{Format.Count(SampleCount, "sample")}, {Format.Count(FeatureCount, "feature")}, {Format.Count(TargetCount, "target")}{(HasWeights ? ", weighted" : "")}");

    /// <summary>The same samples, targets' names and weights, with features and targets that <paramref name="transform"/> writes row by row.</summary>
    internal Dataset Map(int featureCount, RowTransform transform, NumericPrecision? precision = null)
    {
        var mapped = new Dataset(
            SampleCount, featureCount, TargetCount, HasWeights, precision ?? FeaturePrecision, featureCount == FeatureCount ? FeatureNames : default, TargetNames)
        {
            Encoding = featureCount == FeatureCount ? Encoding : null,
        };
        _weights?.CopyTo(mapped._weights!, 0);
        RowReader featuresOf = FeatureReader();
        double[] row = new double[featureCount];
        for (int i = 0; i < SampleCount; i++)
        {
            transform(i, featuresOf(i), row, mapped.MutableTargets(i));
            mapped.SetFeatures(i, row);
        }

        return mapped;
    }

    internal delegate void RowTransform(int sample, ReadOnlySpan<double> from, Span<double> features, Span<double> targets);

    /// <summary>The features of some samples, and which will be asked for soon.</summary>
    /// <param name="samples">Which.</param>
    /// <param name="upcoming">A hint; may be empty.</param>
    /// <param name="tile">Memory for the rows where they have to be widened from float; not used otherwise.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Rows Rows(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, RowBuffer tile) => _wide is not null
        ? new Rows(_wide.Span, FeatureCount, Stride, samples, upcoming)
        : new Rows(_narrow!.Span, FeatureCount, Stride, samples, upcoming, tile);

    /// <summary>Reads one row after another; each is valid until the next is read.</summary>
    internal RowReader FeatureReader()
    {
        if (_wide is not null)
            return sample => _wide.Span.Slice(sample * Stride, FeatureCount);
        double[] row = new double[FeatureCount];
        return sample =>
        {
            RowConversion.Widen(_narrow!.Span.Slice(sample * Stride, FeatureCount), row);
            return row;
        };
    }

    private void SetFeatures(int sample, ReadOnlySpan<double> row)
    {
        if (_wide is not null)
            row.CopyTo(_wide.Span.Slice(sample * Stride, FeatureCount));
        else if (RowConversion.Narrow(row, _narrow!.Span.Slice(sample * Stride, FeatureCount)) is var column and >= 0)
            throw Guard.Invalid("precision", $"Row {sample}, column {column} ('{FeatureNames[column]}') of features is {row[column]}: no float is near it.");
    }

    /// <summary>A hash of all numbers and their layout: equal for equal data, on every machine of the same byte order.</summary>
    internal string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append<int>([SampleCount, FeatureCount, TargetCount, (int)FeaturePrecision, HasWeights ? 1 : 0]);
        if (_wide is not null)
            Append<double>(_wide.Span);
        else
            Append<float>(_narrow!.Span);
        Append(AllTargets);
        Append(AllWeights);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append<T>(ReadOnlySpan<T> numbers) where T : unmanaged
        {
            const int Part = 1 << 20; // all of them may have more bytes than a span can count
            for (; !numbers.IsEmpty; numbers = numbers[Math.Min(Part, numbers.Length)..])
                hash.AppendData(MemoryMarshal.AsBytes(numbers[..Math.Min(Part, numbers.Length)]));
        }
    }

    private Span<double> MutableTargets(int sample) => _targets.AsSpan(sample * TargetCount, TargetCount);

    private static int StrideOf(int featureCount, int perLine) => featureCount <= perLine
        ? (int)BitOperations.RoundUpToPowerOf2((uint)featureCount)
        : (featureCount + perLine - 1) / perLine * perLine;

    internal static ImmutableArray<string> NamesOr(ImmutableArray<string> names, int count, string prefix, string argument)
    {
        if (names.IsDefault)
            return count == 1 ? [prefix] : [.. Enumerable.Range(1, count).Select(i => Format.Text($"{prefix}{i}"))];
        if (names.Length != count)
            throw Guard.Invalid(argument, $"There are {names.Length} names for {count} columns: each column needs one.");
        return names;
    }
}
