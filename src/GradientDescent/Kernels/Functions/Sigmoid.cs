using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>1/(1 + e⁻ˣ), to full relative precision at both ends.</summary>
internal readonly struct Sigmoid : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : struct, ILanes<V, double> => Of(x, Exponential.Of(V.Fill(0) - V.Abs(x)));

    /// <param name="x">The argument.</param>
    /// <param name="e">e^−|x|.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, V e) where V : struct, ILanes<V, double> => V.WhereGreater(V.Fill(0), x, e, V.Fill(1)) / (e + 1);
}
