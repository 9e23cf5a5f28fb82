using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Samples to learn from: features, targets and, if wanted, weights. Immutable; it keeps copies of what it is given, except with
/// <c>copy: false</c>.
/// </summary>
/// <remarks>
/// Features are n rows of d numbers, targets are n rows of one or more numbers (for classes: the class index). Each row of features is
/// padded with zeros: up to 8 features (16 in float) take the memory of the next power of two, more take whole cache lines of 8 (16).
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// (Dataset training, Dataset test) = data.Split(0.75, seed: 1);
/// Console.WriteLine($"{training.SampleCount} and {test.SampleCount} samples");   // 332 and 110 samples
/// </code></example>
public sealed partial class Dataset
{
    private readonly FeatureStorage _features;
    // the same storage if it is in double: its calls are inlined, which makes single-sample steps faster
    private readonly DoubleStorage? _doubles;
    private readonly double[] _targets; // may be longer than the data set
    private readonly double[]? _weights;
    private ImmutableArray<string> _featureNames; // not made before they are asked for, if they are x1, x2, …

    private Dataset(
        int sampleCount,
        int featureCount,
        int targetCount,
        bool weighted,
        NumericPrecision precision,
        ImmutableArray<string> featureNames,
        ImmutableArray<string> targetNames,
        FeatureStorage? storage = null,
        Sharding? sharding = null,
        double[]? targets = null)
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
        _featureNames = featureNames.IsDefault ? default : NamesOr(featureNames, featureCount, "x", "featureNames");
        TargetNames = NamesOr(targetNames, targetCount, "y", "targetNames");
        Sharding = sharding;
        int storedCount = sharding is { KeepsAllRows: false } ? sharding.Own.Count : sampleCount;
        _features = storage ?? (precision == NumericPrecision.Double
            ? new DoubleStorage(storedCount, featureCount)
            : new SingleStorage(storedCount, featureCount));
        if (sharding is { KeepsAllRows: false })
            _features = new ShardedStorage(_features, sharding);
        _doubles = _features as DoubleStorage;
        _targets = targets ?? new double[sampleCount * targetCount];
        _weights = weighted ? new double[sampleCount] : null;
    }

    private Dataset(CollectedRows rows, ImmutableArray<string> featureNames, ImmutableArray<string> targetNames)
    {
        (SampleCount, FeatureCount, TargetCount) = (rows.Count, featureNames.Length, targetNames.Length);
        (_featureNames, TargetNames) = (featureNames, targetNames);
        (_targets, _weights) = rows.Complete();
        _features = _doubles = rows.Features;
    }

    /// <summary>The same samples, not copied, because they never change. The other constructors replace a part of them.</summary>
    private Dataset(Dataset samples)
    {
        (SampleCount, FeatureCount, TargetCount) = (samples.SampleCount, samples.FeatureCount, samples.TargetCount);
        (_featureNames, TargetNames, Encoding) = (samples._featureNames, samples.TargetNames, samples.Encoding);
        (_features, _doubles, _targets, _weights) = (samples._features, samples._doubles, samples._targets, samples._weights);
        Sharding = samples.Sharding;
    }

    private Dataset(Dataset samples, double[] weights)
        : this(samples)
    {
        _weights = new double[SampleCount];
        CopyWeights(weights, _weights);
    }

    private Dataset(Dataset samples, double[] targets, string name)
        : this(samples) => (TargetCount, TargetNames, _targets) = (1, [name], targets);

    private Dataset(Dataset samples, FeatureEncoding encoding)
        : this(samples) => (_featureNames, Encoding) = (default, encoding); // its names are made when they are asked for

    /// <summary>Number of samples n, at least 1.</summary>
    public int SampleCount { get; }

    /// <summary>Number of features d of a sample, at least 1.</summary>
    public int FeatureCount { get; }

    /// <summary>Number of targets of a sample, at least 1.</summary>
    public int TargetCount { get; }

    /// <summary>The precision that the features are stored in. Sums are in double in any case.</summary>
    public NumericPrecision FeaturePrecision => _features.Precision;

    /// <summary>One name per feature: the given names, or x1, x2, … (x for a single feature).</summary>
    public ImmutableArray<string> FeatureNames => _featureNames.IsDefault
        ? _featureNames = Encoding?.FeatureNames ?? NamesOr(default, FeatureCount, "x", "featureNames")
        : _featureNames;

    /// <summary>Whether only the features that are not 0 are stored; see <see cref="FromSparse(int[], int[], double[], int, double[],
    /// double[], IReadOnlyList{string}, bool)"/>.</summary>
    public bool IsSparse => Sparse is not null;

    /// <summary>The rows in sparse form, where they are stored so and this rank has all of them.</summary>
    internal SparseTable? Sparse => (_features as SparseStorage)?.Table;

    /// <summary>How the features were made from the columns of a table; <see langword="null"/> where they were given as numbers.</summary>
    /// <remarks>A model that is fitted to this data set and saved has the encoding in its file.</remarks>
    public FeatureEncoding? Encoding { get; private init; }

    /// <summary>One name per target: the given names, or y1, y2, … (y for a single target).</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>Whether the samples have weights; without weights each sample counts 1.</summary>
    public bool HasWeights => _weights is not null;

    internal ReadOnlySpan<double> AllTargets => _targets.AsSpan(0, SampleCount * TargetCount);

    internal ReadOnlySpan<double> AllWeights => _weights;

    /// <summary>The features of one sample; a copy in double where they are stored in float.</summary>
    /// <param name="sample">Index of the sample, from 0.</param>
    /// <exception cref="InvalidOperationException">The data is sharded, and another rank has the sample.</exception>
    public ReadOnlySpan<double> Features(int sample)
    {
        Guard.Index(sample, SampleCount);
        Dataset own = Own;
        if ((uint)(sample - own.FirstSample) >= (uint)own.SampleCount)
            throw new InvalidOperationException(Format.Text(
                $"Row {sample} belongs to rank {Sharding!.OwnerOf(sample)}: this is rank {Sharding.Collective.Rank}."));
        return own._features.Read(sample - own.FirstSample, own._features.NewRowBuffer());
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

    /// <summary>The same samples with the features in another precision: in float they take half the memory,
    /// and reading them takes half the time.</summary>
    /// <param name="precision">The precision to store the features in. Float rounds each feature to 24 binary digits, and features smaller
    /// than 1.2e-38 to fewer digits or to 0. Targets and weights stay double.</param>
    /// <exception cref="ArgumentException">A feature is larger than any float; the message names row and column.</exception>
    public Dataset WithPrecision(NumericPrecision precision) => Guard.Defined(precision) == FeaturePrecision ? this
        : _features is SparseStorage sparse ? WithSparsePrecision(sparse, precision)
        : Map(FeatureCount, CopyRow, precision);

    /// <summary>The same samples with the encoding that made their features, and its feature names.</summary>
    /// <param name="encoding">The encoding that made the features.</param>
    /// <exception cref="ArgumentException">The encoding makes another number of features.</exception>
    public Dataset WithEncoding(FeatureEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        if (encoding.FeatureCount == FeatureCount)
            return new Dataset(this, encoding);
        string made = Format.Count(encoding.FeatureCount, "feature");
        throw Guard.Invalid(nameof(encoding), $"The encoding makes {made}: the data has {FeatureCount}.");
    }

    private void CopyRow(int sample, ReadOnlySpan<double> from, Span<double> features, Span<double> targets)
    {
        from.CopyTo(features);
        Targets(sample).CopyTo(targets);
    }

    /// <summary>The numbers of samples, features and targets, and whether there are weights.</summary>
    public override string ToString()
    {
        string features = Format.Count(FeatureCount, "feature"), targets = Format.Count(TargetCount, "target");
        string sparse = Sparse is { } table ? $", {Format.Count(table.NumberCount, "number")} not 0" : "";
        return $"{Format.Count(SampleCount, "sample")}, {features}{sparse}, {targets}{(HasWeights ? ", weighted" : "")}";
    }

    /// <summary>New features and targets, written row by row by <paramref name="transform"/>;
    /// weights and target names stay the same.</summary>
    /// <param name="featureCount">The number of new features.</param>
    /// <param name="transform">Writes the features and targets of a sample. Where the data is sharded, each rank calls it for its own
    /// samples.</param>
    /// <param name="precision">The precision of the new features; that of the old ones unless given.</param>
    /// <param name="readsTogether">Whether the transform reads further rows: then all ranks call it for all samples together.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal Dataset Map(int featureCount, RowTransform transform, NumericPrecision? precision = null, bool readsTogether = false)
    {
        bool keepsNames = featureCount == FeatureCount;
        ImmutableArray<string> names = keepsNames ? _featureNames : default;
        var mapped = new Dataset(
            SampleCount, featureCount, TargetCount, HasWeights, precision ?? FeaturePrecision, names, TargetNames, sharding: Sharding)
        {
            Encoding = keepsNames ? Encoding : null,
        };
        _weights?.CopyTo(mapped._weights!, 0);
        Dataset from = readsTogether ? this : Own;
        double[] row = new double[featureCount], buffer = from._features.NewRowBuffer();
        for (int i = 0; i < from.SampleCount; i++)
        {
            int sample = from.FirstSample + i;
            transform(sample, from._features.Read(i, buffer), row, mapped.MutableTargets(sample));
            mapped.SetFeatures(sample, row);
        }

        if (from != this)
            Sharding!.Gather(mapped._targets.AsSpan(0, SampleCount * TargetCount), TargetCount);
        return mapped;
    }

    internal delegate void RowTransform(int sample, ReadOnlySpan<double> from, Span<double> features, Span<double> targets);

    private void SetFeatures(int sample, ReadOnlySpan<double> row)
    {
        if (_features.Write(sample, row) is var column and >= 0)
            throw NoFloatNear(sample, column, row[column]);
    }

    private ArgumentException NoFloatNear(int sample, int column, double feature)
    {
        string place = Format.Text($"Row {sample}, column {column} ('{FeatureNames[column]}')");
        return Guard.Invalid("precision", $"{place} of features is {feature}: no float is near it.");
    }

    /// <summary>
    /// Computes a SHA-256 hash of all numbers and their layout, in hexadecimal digits: equal for equal data, on every machine of the same
    /// byte order. Names do not change it.
    /// </summary>
    /// <example><code>
    /// Dataset data = Dataset.From([1.0, 2], [3.0, 4]), same = Dataset.From([1.0, 2], [3.0, 4]), other = Dataset.From([1.0, 2], [3.0, 5]);
    /// Console.WriteLine($"{data.Fingerprint() == same.Fingerprint()}, {data.Fingerprint() == other.Fingerprint()}");   // True, False
    /// </code></example>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendNumbers<int>([SampleCount, FeatureCount, TargetCount, (int)FeaturePrecision, HasWeights ? 1 : 0]);
        _features.AppendTo(hash);
        hash.AppendNumbers(AllTargets);
        hash.AppendNumbers(AllWeights);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private Span<double> MutableTargets(int sample) => _targets.AsSpan(sample * TargetCount, TargetCount);

    internal static ImmutableArray<string> NamesOr(ImmutableArray<string> names, int count, string prefix, string argument)
    {
        if (names.IsDefault)
            return count == 1 ? [prefix] : [.. Enumerable.Range(1, count).Select(i => Format.Text($"{prefix}{i}"))];
        if (names.Length != count)
            throw Guard.Invalid(argument, $"There are {names.Length} names for {count} columns: each column needs one.");
        return names;
    }
}
