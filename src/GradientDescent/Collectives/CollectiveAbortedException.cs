namespace GradientDescent;

/// <summary>The exception on the ranks of a job that another rank has ended: see <see cref="ICollective.Abort"/>.</summary>
/// <param name="rank">The rank that ended the job.</param>
/// <param name="cause">The cause, as a sentence.</param>
/// <example><code>
/// var exception = new CollectiveAbortedException(rank: 2, cause: "The disk is full.");
/// Console.WriteLine(exception.Message);   // Rank 2 has ended the job: The disk is full.
/// </code></example>
public sealed class CollectiveAbortedException(int rank, string cause) : Exception(Format.Text($"Rank {rank} has ended the job: {cause}"))
{
    /// <summary>The rank that ended the job.</summary>
    public int Rank => rank;
}
