using GradientDescent;

/// <summary>The operations on two ranks, or on one. Each line of rank 0 is what all ranks have found.</summary>
internal static class Operations
{
    // Quiet and signalling NaN with a payload, −0, a subnormal number, infinity.
    private static readonly long[] _bits =
        [0x7ff8_0000_dead_beef, 0x7ff0_0000_0000_0001, unchecked((long)0x8000_0000_0000_0000), 1, 0x7ff0_0000_0000_0000];

    public static void Run()
    {
        MpiCollective mpi = MpiCollective.Start();
        int last = mpi.Size - 1;
        Report(mpi, "sum", Sum(mpi, 1000));
        mpi.MaxCount = 7; // parts of 7, and a rest
        Report(mpi, "sum in parts", Sum(mpi, 1000) && Sum(mpi, 7) && Sum(mpi, 6) && Sum(mpi, 0));
        Report(mpi, "broadcast in parts", Broadcast(mpi, last, [.. Enumerable.Range(0, 100).Select(i => (long)i)]));
        mpi.MaxCount = 1 << 28;
        Report(mpi, "broadcast bits", Broadcast(mpi, 0, _bits) && Broadcast(mpi, last, _bits));
        Report(mpi, "wrong root", Throws<ArgumentOutOfRangeException>(() => mpi.Broadcast([1], mpi.Size))
            && Throws<ArgumentOutOfRangeException>(() => mpi.Broadcast([1], -1)));
        Report(mpi, "wrong exit code", Throws<ArgumentOutOfRangeException>(() => mpi.Abort(0, ""))
            && Throws<ArgumentOutOfRangeException>(() => mpi.Abort(256, "")));
        Report(mpi, "second start", Throws<InvalidOperationException>(() => MpiCollective.Start()));
        Report(mpi, "null reference", Throws<NullReferenceException>(() => ((string[]?)null)!.Clone())); // a signal
        mpi.Dispose();
        mpi.Dispose();
        if (!Throws<ObjectDisposedException>(() => mpi.Sum([1])) || !Throws<ObjectDisposedException>(() => mpi.Broadcast([1], 0))
            || !Throws<ObjectDisposedException>(() => mpi.Abort(1, "")) || !Throws<InvalidOperationException>(() => MpiCollective.Start()))
            throw new InvalidOperationException("MPI can be used after its end.");
        if (mpi.Rank == 0)
            Console.WriteLine(mpi);
    }

    /// <summary>Whether all sums of integers are exact, and the length of the array has not mattered.</summary>
    private static bool Sum(MpiCollective mpi, int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (double)(i * (mpi.Rank + 1)))];
        mpi.Sum(values);
        int factor = mpi.Size * (mpi.Size + 1) / 2;
        return values.Select((value, i) => value == (double)i * factor).All(isRight => isRight);
    }

    private static bool Broadcast(MpiCollective mpi, int root, long[] bits)
    {
        double[] values = [.. bits.Select(value => mpi.Rank == root ? BitConverter.Int64BitsToDouble(value) : 0)];
        mpi.Broadcast(values, root);
        return values.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(bits);
    }

    private static bool Throws<T>(Action action) where T : Exception
    {
        try
        {
            action();
            return false;
        }
        catch (T)
        {
            return true;
        }
    }

    private static void Report(MpiCollective mpi, string what, bool isRight)
    {
        double[] right = [isRight ? 1 : 0];
        mpi.Sum(right);
        if (mpi.Rank == 0)
            Console.WriteLine($"{what}: right on {right[0]} of {mpi.Size}");
    }
}
