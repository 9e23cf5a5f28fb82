namespace GradientDescent;

/// <summary>
/// An optimizer that may keep points: parameters of earlier steps, such as their mean or the start. If the parameters are converted to
/// other units between two steps, these are not, and a later step or the solution would mix both units.
/// </summary>
internal interface IPointKeeper
{
    /// <summary>Whether it keeps points.</summary>
    bool KeepsPoints { get; }

    /// <summary>Whether an optimizer keeps points.</summary>
    static bool IsIn(IOptimizer optimizer) => optimizer is IPointKeeper { KeepsPoints: true };
}
