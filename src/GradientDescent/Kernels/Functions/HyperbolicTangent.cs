using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>tanh x, with an error of a few units in the last place.</summary>
internal readonly struct HyperbolicTangent : IElementaryFunction
{
    // From here on 1 − e^−2|x| loses at most one bit.
    private const double Small = 0.5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : struct, ILanes<V, double> => Of(x, Exponential.Of(-2.0 * V.Abs(x)));

    /// <summary>
    /// For large arguments (1 − e)/(1 + e). For small ones Lambert's continued fraction x/(1 + x²/(3 + x²/(5 + …))) up to 13, written as
    /// one fraction: the part that it lacks is x¹⁴/(15 · 13!!²) of the whole, which is less than 2⁻⁵².
    /// </summary>
    /// <param name="x">The argument.</param>
    /// <param name="e">e^−2|x|.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, V e) where V : struct, ILanes<V, double>
    {
        V size = V.Abs(x), square = x * x;
        V numerator = size * (((square + 378) * square + 17325) * square + 135135);
        V denominator = ((28 * square + 3150) * square + 62370) * square + 135135;
        V fraction = numerator / denominator, quotient = (V.Fill(1) - e) / (e + 1);
        V magnitude = V.WhereGreater(V.Fill(Small), size, fraction, quotient);
        return V.WhereGreater(V.Fill(0), x, V.Fill(0) - magnitude, magnitude);
    }

    /// <summary>The derivative 1/cosh²x = 4e/(1 + e)², which does not cancel where tanh x is near 1.</summary>
    /// <param name="e">e^−2|x|.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V>(V e) where V : struct, ILanes<V, double>
    {
        V total = e + 1;
        return 4 * e / (total * total);
    }
}
