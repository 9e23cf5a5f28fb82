using System.Diagnostics;

namespace GradientDescent.Tests.Fuzzing;

/// <summary>An input that broke a promise.</summary>
/// <param name="Kind">The kind of file.</param>
/// <param name="Index">The number of the input; with the seed it gives the bytes again.</param>
/// <param name="Problem">What happened.</param>
public sealed record Finding(string Kind, long Index, string Problem);

/// <summary>
/// Damaged files, one after the other. Each is either read and then sound, or refused with the documented exception, in limited time and
/// with memory in proportion to its size. The files depend on the seed and their number only.
/// </summary>
public sealed class Fuzzing(long seed) : IDisposable
{
    // Measured: reading a whole file allocates below 100 bytes for each of its own, and a run of a few steps below 3 MB.
    private const long BaseBytes = 8 << 20, BytesPerByte = 400;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private readonly CheckpointKind _checkpoints = new();
    private readonly SortedDictionary<(string Kind, string Outcome), long> _counts = [];
    private readonly List<Finding> _findings = [];

    /// <summary>How many files of each kind had each outcome.</summary>
    public IReadOnlyDictionary<(string Kind, string Outcome), long> Counts => _counts;

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Tries one file.</summary>
    public void Try(long index)
    {
        (IFileKind kind, byte[] bytes) = Input(index);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        string outcome;
        try
        {
            outcome = kind.TryRead(bytes) ? "read" : "refused";
        }
        catch (Exception e)
        {
            outcome = "NOT AS PROMISED";
            _findings.Add(new(kind.Name, index, $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}"));
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > BaseBytes + BytesPerByte * bytes.Length)
            _findings.Add(new(kind.Name, index, FormattableString.Invariant($"{bytes.Length} bytes took {allocated} bytes of memory")));
        if (clock.Elapsed > _limit)
            _findings.Add(new(kind.Name, index, FormattableString.Invariant($"{bytes.Length} bytes took {clock.Elapsed}")));
        _counts[(kind.Name, outcome)] = _counts.GetValueOrDefault((kind.Name, outcome)) + 1;
    }

    /// <summary>Returns the bytes of a file.</summary>
    public byte[] BytesOf(long index) => Input(index).Bytes;

    public void Dispose() => _checkpoints.Dispose();

    private (IFileKind Kind, byte[] Bytes) Input(long index)
    {
        var random = new Random(Mixed(unchecked(((ulong)seed << 32) + (ulong)index)));
        IFileKind kind = (index % 3) switch
        {
            0 => ModelKind.Instance,
            1 => CsvKind.Instance,
            _ => _checkpoints,
        };
        return (kind, kind.Damaged(random));
    }

    /// <summary>The finalizer of SplitMix64. Seeds that follow each other would give similar first numbers.</summary>
    private static int Mixed(ulong number)
    {
        number = unchecked((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9);
        number = unchecked((number ^ (number >> 27)) * 0x94D049BB133111EB);
        return unchecked((int)(number ^ (number >> 31)));
    }
}
