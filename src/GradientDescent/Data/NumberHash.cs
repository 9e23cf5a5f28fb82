using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GradientDescent;

/// <summary>Computes hashes of numbers from their bytes in memory.</summary>
internal static class NumberHash
{
    /// <summary>Adds the bytes of numbers to a hash.</summary>
    public static void AppendNumbers<T>(this IncrementalHash hash, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        const int Part = 1 << 20; // in parts, because the bytes of all numbers can exceed the maximum length of a span
        for (; !numbers.IsEmpty; numbers = numbers[Math.Min(Part, numbers.Length)..])
            hash.AppendData(MemoryMarshal.AsBytes(numbers[..Math.Min(Part, numbers.Length)]));
    }
}
