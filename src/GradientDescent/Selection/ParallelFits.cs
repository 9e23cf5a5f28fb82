namespace GradientDescent;

/// <summary>Runs independent fits on several threads; each writes to a place of its own, so the results do not depend on the threads.</summary>
internal static class ParallelFits
{
    /// <summary>Returns the results in the order of the indices.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TResult[] Run<TResult>(
        int count, SelectionOptions? options, CancellationToken cancellation, Func<int, TResult> fit)
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
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        cancellation.ThrowIfCancellationRequested();
        return results;
    }
}
