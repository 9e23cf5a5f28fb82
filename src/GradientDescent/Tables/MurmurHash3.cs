using System.Buffers.Binary;
using System.Numerics;

namespace GradientDescent;

/// <summary>The hash function MurmurHash3 by Appleby (2008), x86 with 32 bits and the seed 0.</summary>
internal static class MurmurHash3
{
    private const int BlockLength = 4;
    private const uint First = 0xCC9E2D51, Second = 0x1B873593;

    /// <summary>Computes the hash of some bytes.</summary>
    public static int Of(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0;
        ReadOnlySpan<byte> rest = bytes;
        for (; rest.Length >= BlockLength; rest = rest[BlockLength..])
        {
            hash ^= Mixed(BinaryPrimitives.ReadUInt32LittleEndian(rest));
            hash = BitOperations.RotateLeft(hash, 13) * 5 + 0xE6546B64;
        }

        uint last = 0;
        for (int i = rest.Length - 1; i >= 0; i--)
            last = (last << 8) | rest[i];
        hash ^= Mixed(last);
        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return (int)(hash ^ (hash >> 16));
    }

    private static uint Mixed(uint block) => BitOperations.RotateLeft(block * First, 15) * Second;
}
