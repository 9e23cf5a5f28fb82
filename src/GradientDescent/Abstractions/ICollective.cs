namespace GradientDescent;

/// <summary>
/// The processes (ranks) of a job that work on one problem, and the operations that combine their numbers. The words are those of MPI.
/// </summary>
/// <remarks>
/// <see cref="Sum"/> and <see cref="Broadcast"/> are collective: every rank calls the same operations in the same order with spans of the
/// same length, and each call returns when this rank's part is done. An instance belongs to one thread at a time. The package
/// <c>GradientDescent.Mpi</c> has the implementation for MPI; <see cref="LocalCollective"/> runs the ranks as threads of one process.
/// </remarks>
/// <example><code>
/// double[] sums = LocalCollective.Run(3, ranks =&gt;
/// {
///     double[] values = [ranks.Rank + 1];
///     ranks.Sum(values);
///     return values[0];
/// });
/// Console.WriteLine(string.Join(", ", sums));   // 6, 6, 6
/// </code></example>
public interface ICollective
{
    /// <summary>The number of this rank, from 0 to <see cref="Size"/> − 1.</summary>
    int Rank { get; }

    /// <summary>The number of ranks, at least 1.</summary>
    int Size { get; }

    /// <summary>
    /// Replaces each number by the sum of the numbers at its place in the spans of all ranks. Every rank gets the same bits. The order of
    /// the additions is not defined; a sum whose other terms are all 0 is exact.
    /// </summary>
    /// <param name="values">The numbers of this rank; overwritten with the sums. All ranks pass the same number of values.</param>
    void Sum(Span<double> values);

    /// <summary>Copies the numbers of one rank to all other ranks, bit by bit.</summary>
    /// <param name="values">The numbers to send; overwritten on all ranks but the root. All ranks pass the same number of values.</param>
    /// <param name="root">The rank that sends, from 0 to <see cref="Size"/> − 1; the same on all ranks.</param>
    void Broadcast(Span<double> values, int root);

    /// <summary>
    /// Ends the job: ranks that wait for this one do not wait any longer. Called by a rank that cannot go on, because of an exception for
    /// example. It may end the process and then does not return.
    /// </summary>
    /// <param name="exitCode">The exit code of the job, from 1 to 255, where the implementation ends processes.</param>
    /// <param name="message">The cause, as a sentence. The implementation adds the number of the rank.</param>
    void Abort(int exitCode, string message);
}
