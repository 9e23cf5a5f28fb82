using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>ln(1 + eˣ).</summary>
internal readonly struct Softplus : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : struct, ILanes<V, double> => Of(x, Exponential.Of(V.Fill(0) - V.Abs(x)));

    /// <param name="x">The argument.</param>
    /// <param name="e">e^−|x|.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, V e) where V : struct, ILanes<V,
        double> => V.WhereGreater(x, V.Fill(0), x, V.Fill(0)) + LogarithmOfOnePlus.Of(e);
}
