using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Rows of features one after another, each padded with zeros.</summary>
/// <remarks>
/// The distance between rows, the stride, lets the inner loops read whole cache lines: a row that is shorter than a line of 64 bytes takes
/// the next power of two, a longer one takes whole lines.
/// </remarks>
internal abstract class DenseStorage<T> : FeatureStorage
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly AlignedArray<T> _numbers;

    protected DenseStorage(int sampleCount, int featureCount)
        : base(featureCount)
    {
        Stride = StrideFor(featureCount, LineBytes / Unsafe.SizeOf<T>());
        long length = (long)sampleCount * Stride;
        int longest = Array.MaxLength - 8;
        if (length > longest)
            throw Guard.Invalid(
                "features", $"{sampleCount} samples of {featureCount} features need {length} numbers: at most {longest} fit.");
        _numbers = new AlignedArray<T>((int)length);
    }

    /// <summary>Distance from one row to the next, in numbers.</summary>
    protected int Stride { get; }

    /// <summary>All rows with their padding.</summary>
    protected ReadOnlySpan<T> Numbers => _numbers.Span;

    public sealed override void AppendTo(IncrementalHash hash) => hash.AppendNumbers(Numbers);

    protected Span<T> Row(int sample) => _numbers.Span.Slice(sample * Stride, FeatureCount);

    private static int StrideFor(int featureCount, int perLine) => featureCount <= perLine
        ? (int)BitOperations.RoundUpToPowerOf2((uint)featureCount)
        : (featureCount + perLine - 1) / perLine * perLine;
}
