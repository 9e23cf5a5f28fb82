using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>Numbers that begin at a cache line, so that no row whose length is padded to one ever straddles two.</summary>
internal sealed unsafe class AlignedArray<T> where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _storage;
    private readonly int _start;

    public AlignedArray(int length)
    {
        Length = length;
        _storage = GC.AllocateArray<T>(length + LineBytes / sizeof(T) - 1, pinned: true);
        _start = FirstAligned(_storage);
    }

    public int Length { get; }

    public Span<T> Span => _storage.AsSpan(_start, Length);

    private static int FirstAligned(T[] storage)
    {
        nuint address = (nuint)Unsafe.AsPointer(ref storage[0]); // pinned: the address does not change
        return (int)((LineBytes - address % LineBytes) % LineBytes / (nuint)sizeof(T));
    }
}
