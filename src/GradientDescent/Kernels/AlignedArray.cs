using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>Doubles that begin at a cache line, so that no row whose length is padded to one ever straddles two.</summary>
internal sealed class AlignedArray
{
    private const int LineBytes = 64;
    private const int Slack = LineBytes / sizeof(double) - 1;

    private readonly double[] _storage;
    private readonly int _start;

    public AlignedArray(int length)
    {
        Length = length;
        _storage = GC.AllocateArray<double>(length + Slack, pinned: true);
        _start = FirstAligned(_storage);
    }

    public int Length { get; }

    public Span<double> Span => _storage.AsSpan(_start, Length);

    private static unsafe int FirstAligned(double[] storage)
    {
        nuint address = (nuint)Unsafe.AsPointer(ref storage[0]); // pinned: the address does not change
        return (int)((LineBytes - address % LineBytes) % LineBytes / sizeof(double));
    }
}
