using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>The samples of one evaluation: a list of indices, or a range of consecutive ones.</summary>
/// <remarks>A trainer passes the samples in ascending order.</remarks>
/// <example><code>
/// int sum = 0;
/// foreach (int sample in SampleBatch.FromRange(start: 3, count: 2)) sum += sample;
/// Console.WriteLine(sum);   // 7
/// </code></example>
public readonly ref struct SampleBatch
{
    private readonly int _start;

    /// <summary>Creates a batch of the samples with the given indices.</summary>
    /// <param name="indices">The indices of the samples, from 0.</param>
    /// <param name="upcoming">The samples that are likely to be evaluated next: a hint for prefetching, which may be empty.</param>
    /// <param name="epoch">The epoch that the batch belongs to, from 0.</param>
    /// <param name="number">The place of the batch in its epoch, from 0.</param>
    public SampleBatch(ReadOnlySpan<int> indices, ReadOnlySpan<int> upcoming = default, long epoch = 0, int number = 0)
    {
        Indices = indices;
        Upcoming = upcoming;
        Count = indices.Length;
        Epoch = Guard.AtLeast(epoch, 0);
        Number = Guard.AtLeast(number, 0);
    }

    /// <summary>Creates a batch without checking its parts.</summary>
    /// <param name="start">The first sample of a range.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="isRange">Whether the samples are consecutive; then <paramref name="indices"/> is empty.</param>
    /// <param name="indices">The indices of the samples.</param>
    /// <param name="upcoming">The samples that are likely to be evaluated next.</param>
    /// <param name="epoch">The epoch that the batch belongs to.</param>
    /// <param name="number">The place of the batch in its epoch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SampleBatch(
        int start, int count, bool isRange, ReadOnlySpan<int> indices, ReadOnlySpan<int> upcoming, long epoch, int number)
    {
        _start = start;
        Count = count;
        IsRange = isRange;
        Indices = indices;
        Upcoming = upcoming;
        Epoch = epoch;
        Number = number;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>Whether the samples are consecutive; then <see cref="Indices"/> is empty.</summary>
    public bool IsRange { get; }

    /// <summary>The indices of the samples; empty for a range.</summary>
    public ReadOnlySpan<int> Indices { get; }

    /// <summary>The samples that are likely to be evaluated next: a hint, which may be empty.</summary>
    public ReadOnlySpan<int> Upcoming { get; }

    /// <summary>The epoch that the batch belongs to, from 0.</summary>
    public long Epoch { get; }

    /// <summary>The place of the batch in its epoch, from 0.</summary>
    public int Number { get; }

    /// <summary>
    /// The seed of random numbers for this batch, such as the masks of dropout; <see langword="null"/>: the batch is measured, without
    /// random numbers. A trainer sets it for the batches of its steps, as a function of the run's seed, the epoch and the number, so that
    /// each evaluation of a batch sees the same numbers. Full batches have the number 0.
    /// </summary>
    public long? RandomSeed { get; init; }

    /// <summary>Gets the index of a sample.</summary>
    /// <param name="position">The position in the batch, from 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is outside the batch.</exception>
    public int this[int position] => IsRange ? _start + Guard.Index(position, Count) : Indices[Guard.Index(position, Count)];

    /// <summary>Creates a batch of consecutive samples.</summary>
    /// <param name="start">The first sample, at least 0.</param>
    /// <param name="count">The number of samples, at least 0.</param>
    /// <param name="epoch">The epoch that the batch belongs to, from 0.</param>
    /// <param name="number">The place of the batch in its epoch, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the range ends beyond the largest index.</exception>
    public static SampleBatch FromRange(int start, int count, long epoch = 0, int number = 0)
    {
        Guard.AtLeast(count, 0);
        if (Guard.AtLeast(start, 0) > int.MaxValue - count)
            throw Guard.OutOfRange(nameof(count), count, Format.Text($"at most {int.MaxValue - start} with the start {start}"));
        return new(start, count, isRange: true, [], [], Guard.AtLeast(epoch, 0), Guard.AtLeast(number, 0));
    }

    /// <summary>
    /// Returns a part of the batch. Its <see cref="Upcoming"/> are the samples that follow the part, unless the batch is a range.
    /// </summary>
    /// <param name="start">The position of the first sample in this batch.</param>
    /// <param name="length">The number of samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within the batch.</exception>
    public SampleBatch Slice(int start, int length)
    {
        if ((uint)start > (uint)Count)
            throw Guard.OutOfRange(nameof(start), start, Format.Text($"from 0 to {Count}"));
        if ((uint)length > (uint)(Count - start))
            throw Guard.OutOfRange(nameof(length), length, Format.Text($"from 0 to {Count - start}"));
        if (IsRange)
            return new SampleBatch(_start + start, length, isRange: true, [], [], Epoch, Number) { RandomSeed = RandomSeed };
        ReadOnlySpan<int> following = Indices[(start + length)..];
        return new SampleBatch(
            0, length, isRange: false, Indices.Slice(start, length), following.IsEmpty ? Upcoming : following, Epoch, Number)
        {
            RandomSeed = RandomSeed,
        };
    }

    /// <summary>Writes the indices of the samples.</summary>
    /// <param name="indices">The span for the indices, with at least <see cref="Count"/> entries.</param>
    /// <exception cref="ArgumentException">The span has fewer entries.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(Span<int> indices)
    {
        if (indices.Length < Count)
            throw Guard.Invalid(nameof(indices), $"indices has {indices.Length} entries: the batch has {Count} samples.");
        if (!IsRange)
        {
            Indices.CopyTo(indices);
            return;
        }

        for (int i = 0; i < Count; i++)
            indices[i] = _start + i;
    }

    /// <summary>Enumerates the indices of the samples.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Enumerates the indices of a batch.</summary>
    public ref struct Enumerator
    {
        private readonly SampleBatch _batch;
        private int _position = -1;

        internal Enumerator(SampleBatch batch) => _batch = batch;

        /// <summary>The index of the current sample.</summary>
        public readonly int Current => _batch[_position];

        /// <summary>Moves to the next sample. Returns <see langword="false"/> after the last.</summary>
        public bool MoveNext() => ++_position < _batch.Count;
    }
}
