using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>∛x for x ≥ 0: e^(⅓ ln x) is right to 13 digits, and one step of Newton's method to the last one or two bits.</summary>
internal readonly struct CubeRoot : IElementaryFunction
{
    private const double Third = 1.0 / 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : struct, ILanes<V, double>
    {
        V near = Exponential.Of(Third * Logarithm.Of(x));
        V root = near - Third * (near - x / (near * near));
        V edge = V.WhereGreater(x, V.Fill(double.MaxValue), x, root);
        return V.WhereGreater(x, V.Fill(0), edge, x);
    }
}
