using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Divides samples into folds for cross-validation. The folds depend on the arguments and the seed alone.</summary>
/// <remarks>
/// Except for <see cref="TimeOrdered"/>, each sample is a test sample in exactly one fold of each repetition, and a training sample in all
/// others. Indices are in ascending order. Repetitions follow each other in the result; each has a random order of its own.
/// </remarks>
/// <example><code>
/// Fold first = Folds.TimeOrdered(sampleCount: 7, count: 3, gap: 1)[0];
/// Console.WriteLine($"{string.Join(" ", first.Training)} | {string.Join(" ", first.Test)}");   // 0 1 2 | 4
/// </code></example>
public static class Folds
{
    private const long FirstStream = -1000; // streams of random numbers that nothing else uses

    /// <summary>Divides samples at random into folds whose sizes differ by at most 1.</summary>
    /// <param name="sampleCount">The number of samples, at least 2.</param>
    /// <param name="count">The number of folds of one repetition, from 2 to the number of samples.</param>
    /// <param name="seed">The seed of the random order.</param>
    /// <param name="repeats">The number of repetitions, at least 1.</param>
    /// <param name="shuffle">Whether the order is random; otherwise each fold tests adjacent samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its interval.</exception>
    public static ImmutableArray<Fold> KFold(int sampleCount, int count = 5, long seed = 0, int repeats = 1, bool shuffle = true)
    {
        RequireCount(count, sampleCount);
        return Repeat(repeats, seed, sampleCount, shuffle, count, (order, foldOf) =>
        {
            for (int place = 0; place < order.Length; place++)
                foldOf[order[place]] = (int)((long)place * count / order.Length);
        });
    }

    /// <summary>
    /// Divides samples at random into folds; the numbers of samples of each class, and the sizes of the folds, differ by at most 1.
    /// </summary>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="count">The number of folds of one repetition, from 2 to the number of samples.</param>
    /// <param name="seed">The seed of the random order.</param>
    /// <param name="repeats">The number of repetitions, at least 1.</param>
    /// <typeparam name="TLabel">The type of the classes.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its interval.</exception>
    public static ImmutableArray<Fold> Stratified<TLabel>(IReadOnlyList<TLabel> labels, int count = 5, long seed = 0, int repeats = 1)
        where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireCount(count, labels.Count);
        return Repeat(repeats, seed, labels.Count, shuffle: true, count, (order, foldOf) =>
        {
            int place = 0; // goes on from class to class, so that the sizes of the folds stay equal too
            foreach (IGrouping<TLabel, int> members in order.GroupBy(sample => labels[sample]))
            {
                foreach (int sample in members)
                    foldOf[sample] = place++ % count;
            }
        });
    }

    /// <inheritdoc cref="Stratified{TLabel}"/>
    /// <param name="data">The samples; their only target is the class.</param>
    /// <param name="count">The number of folds of one repetition, from 2 to the number of samples.</param>
    /// <param name="seed">The seed of the random order.</param>
    /// <param name="repeats">The number of repetitions, at least 1.</param>
    /// <exception cref="ArgumentException">A target is not a class, or a number is outside its interval.</exception>
    public static ImmutableArray<Fold> Stratified(Dataset data, int count = 5, long seed = 0, int repeats = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        int[] labels = [.. Enumerable.Range(0, data.SampleCount).Select(sample => data.ClassOf(sample, nameof(data)))];
        return Stratified(labels, count, seed, repeats);
    }

    /// <summary>Divides groups of samples into folds: no group is in the training and the test part of a fold.</summary>
    /// <remarks>
    /// The groups are taken from the largest to the smallest, in random order among equals, and each goes to the fold that is smallest so
    /// far. So two folds differ in size by no more than the largest group.
    /// </remarks>
    /// <param name="groups">The group of each sample, such as a patient or a household.</param>
    /// <param name="count">The number of folds of one repetition, from 2 to the number of groups.</param>
    /// <param name="seed">The seed of the random order.</param>
    /// <param name="repeats">The number of repetitions, at least 1.</param>
    /// <typeparam name="TGroup">The type of the groups.</typeparam>
    /// <exception cref="ArgumentException">There are fewer groups than folds, or a number is outside its interval.</exception>
    public static ImmutableArray<Fold> Grouped<TGroup>(IReadOnlyList<TGroup> groups, int count = 5, long seed = 0, int repeats = 1)
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        RequireCount(count, groups.Count);
        if (groups.Distinct().Count() is int distinct && distinct < count)
            throw Guard.Invalid(nameof(count), $"count is {count}: there are {Format.Count(distinct, "group")}, and each fold needs one.");
        return Repeat(repeats, seed, groups.Count, shuffle: true, count, (order, foldOf) =>
        {
            int[] sizes = new int[count];
            foreach (IGrouping<TGroup, int> members in order.GroupBy(sample => groups[sample]).OrderByDescending(group => group.Count()))
            {
                int smallest = Array.IndexOf(sizes, sizes.Min());
                foreach (int sample in members)
                    foldOf[sample] = smallest;
                sizes[smallest] += members.Count();
            }
        });
    }

    /// <summary>Makes folds of samples in the order of time: all training samples are before the test samples.</summary>
    /// <param name="sampleCount">The number of samples; a later sample has a larger index.</param>
    /// <param name="count">The number of folds, at least 1. Their test samples follow each other up to the last sample.</param>
    /// <param name="testLength">The number of test samples of each fold; <see langword="null"/>: samples/(folds + 1), rounded down.</param>
    /// <param name="gap">The number of samples that are left out between training and test samples, at least 0.</param>
    /// <param name="maxTrainingLength">
    /// The largest number of training samples, the last ones before the gap; <see langword="null"/>: all of them.
    /// </param>
    /// <exception cref="ArgumentException">A number is outside its interval, or the first fold would have no training samples.</exception>
    public static ImmutableArray<Fold> TimeOrdered(
        int sampleCount, int count = 5, int? testLength = null, int gap = 0, int? maxTrainingLength = null)
    {
        Guard.AtLeast(sampleCount, 2);
        Guard.FromTo(count, 1, sampleCount - 1);
        Guard.AtLeast(gap, 0);
        Guard.AtLeast(maxTrainingLength ?? 1, 1, nameof(maxTrainingLength));
        int length = Guard.AtLeast(testLength ?? sampleCount / (count + 1), 1, nameof(testLength));
        long firstTraining = sampleCount - (long)count * length - gap;
        if (firstTraining < 1)
            throw Guard.Invalid(nameof(testLength),
                $"{Format.Count(count, "fold")} of {Format.Count(length, "test sample")} and a gap of {gap} leave no training samples in " +
                $"the first fold: there are {Format.Count(sampleCount, "sample")}.");
        return [.. Enumerable.Range(0, count).Select(k =>
        {
            int end = (int)firstTraining + k * length, start = Math.Max(0, end - (maxTrainingLength ?? end));
            return new Fold([.. Enumerable.Range(start, end - start)], [.. Enumerable.Range(end + gap, length)]);
        })];
    }

    private static void RequireCount(int count, int sampleCount)
    {
        Guard.AtLeast(sampleCount, 2);
        Guard.FromTo(count, 2, sampleCount);
    }

    private static ImmutableArray<Fold> Repeat(
        int repeats, long seed, int sampleCount, bool shuffle, int count, Action<int[], int[]> assign)
    {
        Guard.AtLeast(repeats, 1);
        ImmutableArray<Fold>.Builder folds = ImmutableArray.CreateBuilder<Fold>(checked(repeats * count));
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            int[] order = [.. Enumerable.Range(0, sampleCount)], foldOf = new int[sampleCount];
            if (shuffle)
                new CounterRandom(seed, FirstStream - repeat).Permutation(order);
            assign(order, foldOf);
            for (int k = 0; k < count; k++)
                folds.Add(new Fold([.. Samples(sample => foldOf[sample] != k)], [.. Samples(sample => foldOf[sample] == k)]));
        }

        return folds.MoveToImmutable();

        IEnumerable<int> Samples(Func<int, bool> isIn) => Enumerable.Range(0, sampleCount).Where(isIn);
    }
}
