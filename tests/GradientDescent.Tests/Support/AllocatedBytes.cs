namespace GradientDescent.Tests.Support;

/// <summary>What work allocates on this thread.</summary>
/// <remarks>
/// A garbage collection, which any thread may cause, now and then counts the unused rest of this thread's allocation buffer: a loop that
/// allocates nothing was charged 4 to 8 kB. What the work itself allocates comes again each time, so the least of several measurements
/// counts.
/// </remarks>
internal static class AllocatedBytes
{
    private const int Attempts = 10;

    public static long Of(Action work) => Least(() =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    public static long Least(Func<long> measure)
    {
        long least = measure();
        for (int i = 1; i < Attempts && least != 0; i++)
            least = Math.Min(least, measure());
        return least;
    }
}
