using System.Runtime.ExceptionServices;

namespace GradientDescent;

/// <summary>
/// Runs independent fits on several threads; on one thread where the data is sharded, because a rank has one conversation with the others.
/// The results do not depend on the number of threads.
/// </summary>
internal static class ParallelFits
{
    /// <summary>Returns the results in the order of the indices.</summary>
    /// <param name="data">The data of the fits.</param>
    /// <param name="count">The number of fits.</param>
    /// <param name="options">The number of fits at a time, and the progress.</param>
    /// <param name="fit">Runs one fit.</param>
    /// <param name="cancellation">A token that ends the work between two fits.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TResult[] Run<TResult>(
        Dataset data, int count, SelectionOptions? options, Func<int, TResult> fit, CancellationToken cancellation)
    {
        var results = new TResult[count];
        int done = 0;
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = data.Collective is not null ? 1 : options?.MaxParallelFits ?? Environment.ProcessorCount,
        };
        try
        {
            Parallel.For(0, count, parallel, k =>
            {
                results[k] = fit(k);
                options?.Progress?.Report(Interlocked.Increment(ref done));
            });
        }
        catch (AggregateException several)
        {
            // The exception that a loop would have met, without the wrapping of the threads.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        cancellation.ThrowIfCancellationRequested();
        return results;
    }
}
