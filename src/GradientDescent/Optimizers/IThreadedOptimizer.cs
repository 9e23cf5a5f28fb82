namespace GradientDescent;

/// <summary>An optimizer whose updates of a long vector can use several threads.</summary>
internal interface IThreadedOptimizer
{
    /// <summary>Sets the threads of a run's own optimizer; the results do not depend on them.</summary>
    /// <param name="maxDegreeOfParallelism">The most threads, at least 1.</param>
    /// <param name="parallelThreshold">The length of a vector from which on they are used.</param>
    void UseThreads(int maxDegreeOfParallelism, int parallelThreshold);
}
