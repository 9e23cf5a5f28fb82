using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A loss of one score per target: its formula, written once for packs of every width.</summary>
internal interface IPointLoss
{
    /// <summary>Returns ℓ(ŷ, y). A score that is not a number gives one that is not: a comparison must not hide it.</summary>
    V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>;
}
