using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// Numbers that begin at a cache line. A 512-bit vector that straddles two lines costs twice as much to load, and far more to load again
/// just after it was stored.
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
            _storage = new T[length]; // no whole vector: nothing to align
            return;
        }

        _storage = GC.AllocateArray<T>(length + LineBytes / sizeof(T) - 1, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _storage[0]); // pinned: the address does not change
        _start = (int)((LineBytes - address % LineBytes) % LineBytes / (nuint)sizeof(T));
    }

    /// <summary>A copy of some numbers.</summary>
    public AlignedArray(ReadOnlySpan<T> values)
        : this(values.Length) => values.CopyTo(Span);

    public int Length { get; }

    public Span<T> Span => _storage.AsSpan(_start, Length);
}
