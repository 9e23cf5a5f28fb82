using System.Runtime.ExceptionServices;

namespace GradientDescent;

/// <summary>Runs independent fits on several threads. The results do not depend on the number of threads.</summary>
internal static class ParallelFits
{
    /// <summary>Returns the results in the order of the indices.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TResult[] Run<TResult>(
        int count, SelectionOptions? options, Func<int, TResult> fit, CancellationToken cancellation)
    {
        var results = new TResult[count];
        int done = 0;
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = options?.MaxParallelFits ?? Environment.ProcessorCount,
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
