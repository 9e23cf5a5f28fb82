using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The formula of a loss with one score per target, written once for packs of every width.</summary>
internal interface IPointwiseFormula
{
    /// <summary>Returns ℓ(ŷ, y) and ∂ℓ/∂ŷ. A NaN score gives a NaN loss: no comparison in the formula may hide it.</summary>
    V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>;
}
