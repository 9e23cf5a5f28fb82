namespace GradientDescent;

/// <summary>An optimizer whose steps can use several threads on long vectors.</summary>
internal interface IThreadedOptimizer
{
    /// <summary>Sets the number of threads of the optimizer that a run owns. The results do not depend on it.</summary>
    /// <param name="maxDegreeOfParallelism">The maximum number of threads, at least 1.</param>
    /// <param name="parallelThreshold">The minimum length of a vector for which several threads are used.</param>
    void UseThreads(int maxDegreeOfParallelism, int parallelThreshold);
}
