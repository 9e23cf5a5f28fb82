using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Stores the rows of features one after another. Each row is padded with zeros.</summary>
/// <remarks>
/// The stride is the distance between the starts of two rows. It is chosen so that the inner loops read whole cache lines of 64 bytes: for
/// a row that fits into one line it is rounded up to a power of two, for a longer row to a whole number of lines.
/// </remarks>
internal abstract class DenseStorage<T> : FeatureStorage
    where T : unmanaged
{
    private const int LineBytes = 64;

    private static readonly int _maxLength = Array.MaxLength - 8;

    private AlignedArray<T> _numbers;

    protected DenseStorage(int sampleCount, int featureCount)
        : base(featureCount)
    {
        Stride = StrideOf(featureCount);
        _numbers = new AlignedArray<T>(LengthFor(sampleCount));
    }

    /// <summary>Reads the rows of an array without copying it; they have no padding.</summary>
    protected DenseStorage(T[] rows, int featureCount)
        : base(featureCount)
    {
        Stride = featureCount;
        _numbers = AlignedArray<T>.Sharing(rows);
    }

    /// <summary>The largest number of samples that fit.</summary>
    public int MaxSampleCount => _maxLength / Stride;

    /// <summary>The distance from one row to the next, in numbers.</summary>
    protected int Stride { get; }

    /// <summary>The numbers of all rows, with their padding.</summary>
    protected ReadOnlySpan<T> Numbers => _numbers.Span;

    public sealed override void AppendTo(IncrementalHash hash)
    {
        int stride = StrideOf(FeatureCount);
        if (Stride == stride)
        {
            hash.AppendNumbers(Numbers);
            return;
        }

        var row = new T[stride]; // the hash is that of padded rows
        for (int sample = 0; sample < Numbers.Length / Stride; sample++)
        {
            Row(sample).CopyTo(row);
            hash.AppendNumbers<T>(row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Row(int sample) => _numbers.Span.Slice(sample * Stride, FeatureCount);

    /// <summary>Changes the number of rows while the data set is built; new rows are zero.</summary>
    public void Resize(int sampleCount) => _numbers = _numbers.Resized(LengthFor(sampleCount));

    /// <summary>The largest magnitude of all numbers.</summary>
    public double LargestMagnitude()
    {
        Vector512<double> largest = default;
        ReadOnlySpan<T> numbers = Numbers;
        ref T first = ref MemoryMarshal.GetReference(numbers);
        int i = 0;
        for (; i + 8 <= numbers.Length; i += 8)
            largest = Vector512.Max(largest, Vector512.Abs(AsDouble.Eight(ref first, (nuint)i)));
        double result = 0;
        for (int lane = 0; lane < 8; lane++)
            result = Math.Max(result, largest[lane]);
        for (; i < numbers.Length; i++)
            result = Math.Max(result, Math.Abs(AsDouble.One(ref first, (nuint)i)));
        return result;
    }

    private int LengthFor(int sampleCount)
    {
        long length = (long)sampleCount * Stride;
        return length <= _maxLength ? (int)length : throw Guard.Invalid(
            "features", $"{sampleCount} samples of {FeatureCount} features need {length} numbers: at most {_maxLength} fit.");
    }

    /// <summary>The distance between two rows with their padding, in numbers.</summary>
    public static int StrideOf(int featureCount) => StrideFor(featureCount, LineBytes / Unsafe.SizeOf<T>());

    private static int StrideFor(int featureCount, int perLine) => featureCount <= perLine
        ? (int)BitOperations.RoundUpToPowerOf2((uint)featureCount)
        : (featureCount + perLine - 1) / perLine * perLine;
}
