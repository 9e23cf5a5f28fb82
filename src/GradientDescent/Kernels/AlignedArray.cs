using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// An array whose first element is at the start of a cache line. A 512-bit vector that crosses two cache lines takes twice as long to load,
/// and much longer if it was stored just before.
/// </summary>
internal sealed unsafe class AlignedArray<T> where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _storage;
    private readonly int _start;

    public AlignedArray(int length)
    {
        Length = length;
        if (length * sizeof(T) < LineBytes)
        {
            _storage = new T[length]; // shorter than a vector: nothing to align
            return;
        }

        _storage = GC.AllocateArray<T>(length + LineBytes / sizeof(T) - 1, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _storage[0]); // pinned: the address does not change
        _start = (int)((LineBytes - address % LineBytes) % LineBytes / (nuint)sizeof(T));
    }

    /// <summary>Copies the values.</summary>
    public AlignedArray(ReadOnlySpan<T> values)
        : this(values.Length) => values.CopyTo(Span);

    /// <summary>The first values of an array, in its memory.</summary>
    private AlignedArray(AlignedArray<T> whole, int length) =>
        (Length, _storage, _start) = (length, whole._storage, whole._start);

    private AlignedArray(T[] storage) => (Length, _storage) = (storage.Length, storage);

    public int Length { get; }

    /// <summary>Returns the numbers of an ordinary array, in its memory. They begin wherever the array does.</summary>
    public static AlignedArray<T> Sharing(T[] storage) => new(storage);

    /// <summary>
    /// Returns an array of another length with the same values, and with zeros behind them. If it is little shorter, it shares the memory.
    /// </summary>
    public AlignedArray<T> Resized(int length)
    {
        if (length <= Length && length >= Length / 4 * 3)
            return new AlignedArray<T>(this, length);
        var copy = new AlignedArray<T>(length);
        Span[..Math.Min(length, Length)].CopyTo(copy.Span);
        return copy;
    }

    public Span<T> Span => _storage.AsSpan(_start, Length);
}
