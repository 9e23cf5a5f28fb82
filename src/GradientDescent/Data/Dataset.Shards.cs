using System.Runtime.CompilerServices;

namespace GradientDescent;

public sealed partial class Dataset
{
    private Dataset? _own;

    /// <summary>The rows of one rank as a data set of its own.</summary>
    private Dataset(Dataset whole, Sharding sharding)
    {
        (FirstSample, SampleCount) = sharding.Own;
        (FeatureCount, TargetCount) = (whole.FeatureCount, whole.TargetCount);
        (_featureNames, TargetNames, Encoding) = (whole._featureNames, whole.TargetNames, whole.Encoding);
        _features = ((ShardedStorage)whole._features).Own;
        _doubles = _features as DoubleStorage;
        _targets = whole._targets.AsSpan(FirstSample * TargetCount, SampleCount * TargetCount).ToArray();
        _weights = whole._weights?.AsSpan(FirstSample, SampleCount).ToArray();
    }

    /// <summary>
    /// The ranks that work on this data set, where it is sharded; <see langword="null"/> where this process works alone.
    /// </summary>
    public ICollective? Collective => Sharding?.Collective;

    /// <summary>How the samples are divided among ranks; <see langword="null"/> where this process works alone.</summary>
    internal Sharding? Sharding { get; private init; }

    /// <summary>How the rows are divided; <see langword="null"/> where this rank can read all.</summary>
    internal Sharding? RowSharding => Sharding is { KeepsAllRows: false } ? Sharding : null;

    /// <summary>The parts of a sum over all samples.</summary>
    internal SampleParts Parts => new(SampleCount);

    /// <summary>The place of the first sample in the data of all ranks; 0 but for <see cref="Own"/>.</summary>
    internal int FirstSample { get; }

    /// <summary>The rows that this rank can read without the others: a shard as a data set of its own, or all rows.</summary>
    internal Dataset Own => RowSharding is { } sharding ? _own ??= new Dataset(this, sharding) : this;

    /// <summary>
    /// Divides the samples among the ranks of a job: each keeps the features of its own samples, and of all samples the targets and
    /// weights. Fits and everything else that reads all data then work on all ranks together, on the data of all of them.
    /// </summary>
    /// <remarks>
    /// The samples are cut into at most 64 parts of at least 64 samples, and each rank gets adjacent parts: with more ranks than parts some
    /// have no samples. Steps evaluate own samples and add the sums of all ranks. What reads each row once, such as statistics, lets the
    /// ranks send their rows to each other in turn. So every method that reads this data set is collective, and so are properties of a fit
    /// that are computed at the first access, such as <c>Statistics</c>: call them on all ranks, and print on one. With full batches,
    /// results have the bits of one process, whatever the number of ranks. With mini-batches the bits depend on the number of ranks,
    /// unless each keeps all rows.
    /// </remarks>
    /// <param name="collective">
    /// The ranks. Each calls this method on equal data. <see langword="null"/>: this process works alone; the same data set is returned.
    /// </param>
    /// <param name="keepAllRows">
    /// Whether each rank keeps all rows: only work is divided, not memory, and results have the bits of one process with mini-batches too.
    /// A mini-batch is divided at the blocks in which it is evaluated, of 256 KiB of features; a smaller one is evaluated by all ranks.
    /// </param>
    /// <param name="fastSums">
    /// Whether the sum over all samples sends one vector of d numbers, not one for each rank: faster for many ranks and more than about
    /// 10,000 parameters, but the bits then depend on the number of ranks.
    /// </param>
    /// <exception cref="ArgumentException">The data is sharded already.</exception>
    /// <exception cref="InvalidOperationException">A rank has other data; the message names it.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// LinearFit[] fits = LocalCollective.Run(2, ranks =&gt; LinearRegression.Fit(data.Shard(ranks)));
    /// Console.WriteLine(fits[1].Weights.SequenceEqual(LinearRegression.Fit(data).Weights));   // True
    /// </code></example>
    public Dataset Shard(ICollective? collective, bool keepAllRows = false, bool fastSums = false)
    {
        if (collective is null or { Size: 1 })
            return this;
        if (Sharding is not null)
            throw Guard.Invalid(nameof(collective), $"The data is sharded already.");
        collective.RequireEqual(
            "data", $"{this}, SHA-256 {Fingerprint()}{(keepAllRows ? ", keepAllRows" : "")}{(fastSums ? ", fastSums" : "")}");
        collective.RequireEqual("names of columns", ListNames());
        var sharding = new Sharding(collective, SampleCount, keepAllRows, fastSums);
        return keepAllRows ? new Dataset(this) { Sharding = sharding } : Cut(sharding);
    }

    /// <summary>
    /// Joins the data sets of all ranks, in the order of the ranks, to one sharded data set: each rank reads its own rows only, from a file
    /// of its own for example. Rows move to other ranks where that makes the shards of <see cref="Shard"/>.
    /// </summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="own">The samples of this rank.</param>
    /// <param name="fastSums">See <see cref="Shard"/>.</param>
    /// <exception cref="ArgumentException">The data is sharded already, or the samples of all ranks are too many.</exception>
    /// <exception cref="InvalidOperationException">Ranks have other columns; the message names one.</exception>
    /// <example><code>
    /// double[] sizes = LocalCollective.Run(2, ranks =&gt;
    /// {
    ///     var own = Dataset.From([ranks.Rank + 1.0, ranks.Rank + 3.0], [5.0, 6.0]);   // or a file of this rank
    ///     return (double)Dataset.FromShards(ranks, own).SampleCount;
    /// });
    /// Console.WriteLine(sizes[0]);   // 4
    /// </code></example>
    public static Dataset FromShards(ICollective collective, Dataset own, bool fastSums = false)
    {
        ArgumentNullException.ThrowIfNull(collective);
        ArgumentNullException.ThrowIfNull(own);
        if (own.Sharding is not null)
            throw Guard.Invalid(nameof(own), $"The data is sharded already.");
        if (collective.Size == 1)
            return own;
        collective.RequireEqual("shape of samples", Format.Text(
            $"{own.FeatureCount} features, {own.TargetCount} targets, {own.FeaturePrecision}{(own.HasWeights ? ", weighted" : "")}") +
            (fastSums ? ", fastSums" : ""));
        collective.RequireEqual("names of columns", own.ListNames());
        double[] counts = new double[collective.Size];
        counts[collective.Rank] = own.SampleCount;
        collective.Sum(counts);
        if (counts.Sum() > int.MaxValue)
            throw Guard.Invalid(nameof(own), $"The ranks have {counts.Sum()} samples: at most {int.MaxValue} are possible.");
        int[] starts = [0, .. counts.Select((_, rank) => (int)counts.Take(rank + 1).Sum())];
        return new Dataset(own, new Sharding(collective, starts), starts[^1]).Cut(new(collective, starts[^1], false, fastSums));
    }

    private string ListNames() => string.Join(", ", [.. _featureNames.IsDefault ? [] : _featureNames, .. TargetNames]);

    /// <summary>A function that reads the features of one own sample after another, without the other ranks.</summary>
    internal RowReader OwnFeatureReader()
    {
        RowReader rowOf = Own.FeatureReader();
        int first = Own.FirstSample;
        return first == 0 ? rowOf : [MethodImpl(MethodImplOptions.AggressiveOptimization)] (sample) => rowOf(sample - first);
    }

    /// <summary>The rows of all ranks, wherever they are.</summary>
    private Dataset(Dataset own, Sharding sharding, int sampleCount)
    {
        (SampleCount, FeatureCount, TargetCount) = (sampleCount, own.FeatureCount, own.TargetCount);
        (_featureNames, TargetNames, Encoding, Sharding) = (own._featureNames, own.TargetNames, own.Encoding, sharding);
        _features = new ShardedStorage(own._features, sharding);
        _targets = new double[sampleCount * TargetCount];
        own.AllTargets.CopyTo(_targets.AsSpan(sharding.Own.First * TargetCount));
        sharding.Gather(_targets, TargetCount);
        if (own._weights is null)
            return;
        _weights = new double[sampleCount];
        own._weights.CopyTo(_weights, sharding.Own.First);
        sharding.Gather(_weights, 1);
    }

    /// <summary>Keeps the rows of this rank. Where rows are elsewhere, all ranks read them together.</summary>
    private Dataset Cut(Sharding sharding)
    {
        var shard = new Dataset(
            SampleCount, FeatureCount, TargetCount, HasWeights, FeaturePrecision, _featureNames, TargetNames,
            _features.NewEmpty(sharding.Own.Count), sharding)
        {
            Encoding = Encoding,
        };
        AllTargets.CopyTo(shard._targets);
        _weights?.CopyTo(shard._weights!, 0);
        (int first, int count) = Sharding is null ? sharding.Own : (0, SampleCount);
        double[] buffer = _features.NewRowBuffer();
        for (int i = first; i < first + count; i++)
            shard.SetFeatures(i, _features.Read(i, buffer));
        return shard;
    }
}
