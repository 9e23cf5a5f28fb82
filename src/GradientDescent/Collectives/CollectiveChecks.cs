using System.Runtime.InteropServices;
using System.Text;

namespace GradientDescent;

/// <summary>Strings and bytes that ranks send to each other, and the comparison of what must be equal on all ranks.</summary>
internal static class CollectiveChecks
{
    /// <summary>Sends a string from one rank to all.</summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="text">The string; read on the root only.</param>
    /// <param name="root">The rank that sends.</param>
    public static string Broadcast(this ICollective collective, string text, int root)
    {
        byte[] bytes = collective.Rank == root ? Encoding.UTF8.GetBytes(text) : [];
        return Encoding.UTF8.GetString(collective.Broadcast(bytes, root));
    }

    /// <summary>Sends bytes from one rank to all.</summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="bytes">The bytes; read on the root only.</param>
    /// <param name="root">The rank that sends.</param>
    public static byte[] Broadcast(this ICollective collective, byte[] bytes, int root)
    {
        double[] length = [bytes.Length];
        collective.Broadcast(length, root);
        byte[] received = collective.Rank == root ? bytes : new byte[(int)length[0]];
        double[] numbers = new double[(received.Length + sizeof(double) - 1) / sizeof(double)];
        received.CopyTo(MemoryMarshal.AsBytes(numbers.AsSpan()));
        collective.Broadcast(numbers, root);
        MemoryMarshal.AsBytes(numbers.AsSpan())[..received.Length].CopyTo(received);
        return received;
    }

    /// <summary>Whether something is so on at least one rank: the answer is the same on all.</summary>
    /// <param name="collective">The ranks; <see langword="null"/>: this process works alone.</param>
    /// <param name="isSo">Whether it is so on this rank.</param>
    public static bool Any(this ICollective? collective, bool isSo)
    {
        if (collective is null or { Size: 1 })
            return isSo;
        double[] count = [isSo ? 1 : 0];
        collective.Sum(count);
        return count[0] > 0;
    }

    /// <summary>Throws on all ranks if a rank has another string than rank 0.</summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="what">The name of what is compared.</param>
    /// <param name="text">The string of this rank.</param>
    /// <exception cref="InvalidOperationException">
    /// A rank has another string; the message names the first such rank and both strings.
    /// </exception>
    public static void RequireEqual(this ICollective collective, string what, string text)
    {
        if (collective.Size == 1)
            return;
        string expected = collective.Broadcast(text, 0);
        double[] differs = new double[collective.Size];
        differs[collective.Rank] = text == expected ? 0 : 1;
        collective.Sum(differs);
        int first = Array.FindIndex(differs, number => number != 0);
        if (first < 0)
            return;
        string other = collective.Broadcast(text, first);
        throw new InvalidOperationException(
            Format.Text($"Rank {first} has other {what} than rank 0: '{other}' and '{expected}'. All ranks need the same."));
    }
}
