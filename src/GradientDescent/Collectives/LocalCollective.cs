using System.Runtime.ExceptionServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Ranks that are threads of this process: programs for several processes can be tried and tested without MPI.</summary>
/// <remarks>
/// Sums are added in the order of the ranks. An exception on one rank ends the job: on the others, the operation that waits for it throws
/// a <see cref="CollectiveAbortedException"/>.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// LinearFit[] fits = LocalCollective.Run(2, ranks =&gt; LinearRegression.Fit(data.Shard(ranks)));
/// Console.WriteLine(fits[0].Weights.SequenceEqual(fits[1].Weights));   // True
/// </code></example>
public sealed class LocalCollective : ICollective
{
    private readonly Meeting _meeting;
    private double[] _own = [];

    private LocalCollective(Meeting meeting, int rank) => (_meeting, Rank) = (meeting, rank);

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size => _meeting.Size;

    /// <summary>Runs a program on several ranks, each on a thread of its own, and returns the result of each rank.</summary>
    /// <param name="size">The number of ranks, from 1 to 1024.</param>
    /// <param name="program">The program. It gets the collective of its rank.</param>
    /// <exception cref="Exception">The exception of the rank that ended the job, if one did.</exception>
    public static T[] Run<T>(int size, Func<ICollective, T> program)
    {
        const int MaxSize = 1024;
        Guard.FromTo(size, 1, MaxSize);
        ArgumentNullException.ThrowIfNull(program);
        var results = new T[size];
        var meeting = new Meeting(size);
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() => RunRank(rank)) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        meeting.Cause?.Throw();
        return results;

        void RunRank(int rank)
        {
            try
            {
                results[rank] = program(new LocalCollective(meeting, rank));
                meeting.Leave(rank);
            }
            catch (Exception exception)
            {
                meeting.End(rank, exception.Message, ExceptionDispatchInfo.Capture(exception));
            }
        }
    }

    /// <inheritdoc/>
    public void Sum(Span<double> values)
    {
        Offer(values);
        _meeting.Meet();
        values.Clear();
        for (int rank = 0; rank < Size; rank++)
            Reductions.AddScaled<double>(values, 1, Given(rank, values.Length));
        _meeting.Meet(); // nobody changes what others still read
    }

    /// <inheritdoc/>
    public void Broadcast(Span<double> values, int root)
    {
        Guard.Index(root, Size);
        Offer(values);
        _meeting.Meet();
        if (root != Rank)
            Given(root, values.Length).CopyTo(values);
        _meeting.Meet();
    }

    /// <inheritdoc/>
    public void Abort(int exitCode, string message) => _meeting.End(Rank, message, null);

    /// <summary>Returns the rank and the number of ranks.</summary>
    public override string ToString() => Format.Text($"rank {Rank} of {Size}");

    private void Offer(ReadOnlySpan<double> values)
    {
        if (_own.Length < values.Length)
            _own = new double[values.Length];
        values.CopyTo(_own);
        _meeting.Offers[Rank] = new ArraySegment<double>(_own, 0, values.Length);
    }

    private ReadOnlySpan<double> Given(int rank, int length)
    {
        ArraySegment<double> given = _meeting.Offers[rank];
        return given.Count == length
            ? given
            : throw new InvalidOperationException(Format.Text(
                $"Rank {rank} passes {given.Count} numbers and rank {Rank} passes {length}: all ranks must call the same operations in ") +
                "the same order.");
    }

    /// <summary>The place where the ranks wait for each other.</summary>
    private sealed class Meeting(int size)
    {
        private readonly object _gate = new();
        private int _arrived;
        private int _left;
        private long _round;
        private (int Rank, string Message)? _end;

        public int Size => size;

        public ArraySegment<double>[] Offers { get; } = new ArraySegment<double>[size];

        /// <summary>The first exception of a rank.</summary>
        public ExceptionDispatchInfo? Cause { get; private set; }

        /// <summary>Waits until all ranks are here.</summary>
        public void Meet()
        {
            lock (_gate)
            {
                ThrowIfEnded();
                if (_left > 0)
                    throw new InvalidOperationException("Another rank has ended its program: all ranks must call the same operations.");
                if (++_arrived == size)
                {
                    (_arrived, _round) = (0, _round + 1);
                    Monitor.PulseAll(_gate);
                    return;
                }

                for (long round = _round; round == _round;)
                {
                    Monitor.Wait(_gate);
                    if (round == _round)
                        ThrowIfEnded();
                }
            }
        }

        /// <summary>Ends the program of a rank. Ranks that wait for it do so in vain.</summary>
        public void Leave(int rank)
        {
            lock (_gate)
            {
                _left++;
                if (_arrived > 0)
                    End(rank, "Its program ended before that of other ranks: all ranks must call the same operations.", null);
            }
        }

        /// <summary>Wakes all ranks that wait.</summary>
        public void End(int rank, string message, ExceptionDispatchInfo? cause)
        {
            lock (_gate)
            {
                _end ??= (rank, message);
                if (cause is not null && (Cause is null || Cause.SourceException is CollectiveAbortedException))
                    Cause = cause;
                Monitor.PulseAll(_gate);
            }
        }

        private void ThrowIfEnded()
        {
            if (_end is { } end)
                throw new CollectiveAbortedException(end.Rank, end.Message);
        }
    }
}
