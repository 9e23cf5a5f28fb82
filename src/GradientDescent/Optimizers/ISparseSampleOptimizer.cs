namespace GradientDescent;

/// <summary>
/// An optimizer that reads the rows of samples itself. On an <see cref="ISparseObjective"/> its step changes only what these depend on.
/// </summary>
internal interface ISparseSampleOptimizer : IOptimizer;
