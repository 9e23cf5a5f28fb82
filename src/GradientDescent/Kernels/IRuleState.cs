using System.Numerics;

namespace GradientDescent.Kernels;

/// <summary>What an update rule remembers of earlier steps.</summary>
internal interface IRuleState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The products, then the sums.</summary>
    Span<DoubleDouble> Scalars { get; }

    /// <summary>The elements of a slot.</summary>
    Span<T> Slot(int slot);
}
