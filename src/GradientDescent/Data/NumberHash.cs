using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GradientDescent;

/// <summary>Hashes of numbers, by their bytes in memory.</summary>
internal static class NumberHash
{
    /// <summary>Adds the bytes of numbers to a hash.</summary>
    public static void AppendNumbers<T>(this IncrementalHash hash, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        const int Part = 1 << 20; // all numbers together may have more bytes than the length of a span can say
        for (; !numbers.IsEmpty; numbers = numbers[Math.Min(Part, numbers.Length)..])
            hash.AppendData(MemoryMarshal.AsBytes(numbers[..Math.Min(Part, numbers.Length)]));
    }
}
