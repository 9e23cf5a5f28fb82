namespace GradientDescent.Kernels;

/// <summary>
/// A function of one number, written once for packs of every width, so that its bits do not depend on the other numbers of the pack.
/// </summary>
internal interface IElementaryFunction
{
    static abstract V Of<V>(V x) where V : struct, ILanes<V, double>;
}
