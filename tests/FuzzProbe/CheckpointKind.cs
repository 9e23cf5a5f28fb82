using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace GradientDescent.Tests.Fuzzing;

/// <summary>Checkpoints of every optimizer and wrapper, most of them with the right checksum.</summary>
internal sealed class CheckpointKind : IFileKind, IDisposable
{
    private const int PrefixLength = 16;

    private static readonly double[] _numbers = [double.NaN, double.PositiveInfinity, 1e308, -1e308, double.Epsilon, -0.0, 0, 1e16, -1];

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(),
        $"gd-fuzz-{Guid.NewGuid():N}")).FullName;

    private readonly Func<TrainingOptions, TrainingResult>[] _runs;
    private readonly byte[][] _whole;
    private int _run;
    private bool _isResealed;

    public CheckpointKind()
    {
        _runs = [.. CheckpointedRuns.All];
        _whole = [.. _runs.Select(run =>
        {
            run(new() { MaxSteps = 7, CheckpointFile = PathOf("whole") });
            return File.ReadAllBytes(PathOf("whole"));
        })];
    }

    public string Name => "checkpoint";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public byte[] Damaged(Random random)
    {
        _run = random.Next(_runs.Length);
        byte[] whole = _whole[_run], other = _whole[random.Next(_runs.Length)];
        byte[] damaged = random.Next(3) switch
        {
            0 => ByteDamage.Done(whole, other, random),
            1 => WithHeader(whole, JsonDamage.Done(HeaderOf(whole), HeaderOf(other), random), random),
            _ => WithNumbers(whole, random),
        };
        _isResealed = random.Next(10) > 0 && damaged.Length >= SHA256.HashSizeInBytes;
        if (_isResealed)
            SHA256.HashData(damaged.AsSpan(..^SHA256.HashSizeInBytes), damaged.AsSpan(^SHA256.HashSizeInBytes..));
        return damaged;
    }

    /// <summary>Resumes the run of the last damaged file, and then once more from the checkpoint at its end.</summary>
    public bool TryRead(byte[] bytes)
    {
        File.WriteAllBytes(PathOf("damaged"), bytes);
        File.Delete(PathOf("again"));
        TrainingResult result;
        try
        {
            result = _runs[_run](new() { MaxSteps = 9, ResumeFrom = PathOf("damaged"), CheckpointFile = PathOf("again") });
        }
        catch (CheckpointFormatException e)
        {
            BrokenPromise.If(!e.Message.StartsWith("'damaged' cannot be used: ", StringComparison.Ordinal), e.Message);
            return false;
        }
        catch (InvalidOperationException e) when (e.Message.Contains("is the checkpoint of another run", StringComparison.Ordinal))
        {
            return false;
        }

        BrokenPromise.If(!_isResealed && !_whole.Any(whole => whole.AsSpan().SequenceEqual(bytes)), "a wrong checksum is accepted");
        BrokenPromise.If(result.Parameters.Any(parameter => !double.IsFinite(parameter)), "a parameter is not finite");
        if (result.Reason == StopReason.Diverged || (result.Note ?? "").Contains("could not be written", StringComparison.Ordinal))
            return true; // what is not finite is not written, so that the last good checkpoint stays
        TrainingResult again = _runs[_run](new() { MaxSteps = 9, ResumeFrom = PathOf("again") });
        BrokenPromise.If(!again.Parameters.SequenceEqual(result.Parameters), "resumed at its end, it gives other parameters");
        BrokenPromise.If((again.Steps, again.Reason) != (result.Steps, result.Reason), "resumed at its end, it ends elsewhere");
        return true;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static int HeaderLength(byte[] whole) => BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(12));

    private static JsonNode HeaderOf(byte[] whole) => JsonNode.Parse(whole.AsSpan(PrefixLength, HeaderLength(whole)))!;

    /// <summary>The file with another header; its vectors are as many numbers as before, or as many as the header says.</summary>
    private static byte[] WithHeader(byte[] whole, JsonNode header, Random random)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString());
        byte[] vectors = whole[(PrefixLength + HeaderLength(whole))..^SHA256.HashSizeInBytes];
        if (random.Next(2) == 0 && header is JsonObject members && members["vectors"] is JsonObject lengths)
        {
            long length = lengths.Sum(
                entry => entry.Value is JsonValue value && value.TryGetValue(out int n) && n is > 0 and < 10_000 ? n : 0);
            Array.Resize(ref vectors, (int)length * sizeof(double));
        }

        byte[] changed = [.. whole[..PrefixLength], .. text, .. vectors, .. new byte[SHA256.HashSizeInBytes]];
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(12), text.Length);
        return changed;
    }

    private static byte[] WithNumbers(byte[] whole, Random random)
    {
        byte[] changed = [.. whole];
        Span<double> numbers = MemoryMarshal.Cast<byte, double>(
            changed.AsSpan()[(PrefixLength + HeaderLength(whole))..^SHA256.HashSizeInBytes]);
        for (int edits = random.Next(1, 4); edits > 0 && !numbers.IsEmpty; edits--)
            numbers[random.Next(numbers.Length)] = _numbers[random.Next(_numbers.Length)];
        return changed;
    }
}
