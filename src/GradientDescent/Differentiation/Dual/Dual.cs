using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent;

/// <summary>A number with its derivatives by up to eight parameters: automatic differentiation in forward mode.</summary>
/// <remarks>
/// u + u'ε with ε² = 0: each operation computes the value and, by the chain rule, the derivatives (Griewank and Walther, "Evaluating
/// Derivatives", 2008, section 3.1). The derivatives are exact up to rounding. A double becomes a constant, whose derivatives are 0. There
/// is no conversion to double, because it would lose the derivatives: use <see cref="Value"/> where this is intended. Comparisons compare
/// values. <see cref="Variable"/> lists what is taken for the derivative at corners and ends of domains.
/// </remarks>
/// <example><code>
/// Dual x = Dual.Parameter(3, lane: 0), y = Dual.Parameter(2, lane: 1);
/// Dual product = x * x * y + 1;
/// Console.WriteLine($"{product.Value} {product.Partial(0)} {product.Partial(1)}");   // 19 12 9
/// </code></example>
public readonly partial struct Dual : IDifferentiable<Dual>
{
    /// <summary>The number of derivatives, 8.</summary>
    public const int LaneCount = 8;

    private readonly Vector512<double> _partials;

    // All bits are set in the lanes of the parameters that the number depends on. In the others the derivative stays 0, whatever infinity
    // or NaN it is multiplied by.
    private readonly Vector512<double> _dependence;
    private readonly double _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Dual(double value, Vector512<double> partials, Vector512<double> dependence)
    {
        _value = value;
        _partials = partials;
        _dependence = dependence;
    }

    /// <summary>The number without its derivatives.</summary>
    public double Value => _value;

    /// <summary>The derivatives by the parameters 0 to 7.</summary>
    internal Vector512<double> Partials => _partials;

    /// <summary>Writes the derivatives by the first parameters.</summary>
    internal void CopyPartials(Span<double> gradient)
    {
        if (gradient.Length == LaneCount)
        {
            _partials.CopyTo(gradient);
            return;
        }

        // in registers: lanes that are stored together and then read one by one would take longer than the formula
        ref double target = ref MemoryMarshal.GetReference(gradient);
        Vector256<double> four = _partials.GetLower();
        nuint i = 0;
        if ((gradient.Length & 4) != 0)
        {
            four.StoreUnsafe(ref target);
            (four, i) = (_partials.GetUpper(), 4);
        }

        Vector128<double> two = four.GetLower();
        if ((gradient.Length & 2) != 0)
        {
            two.StoreUnsafe(ref target, i);
            (two, i) = (four.GetUpper(), i + 2);
        }

        if ((gradient.Length & 1) != 0)
            Unsafe.Add(ref target, i) = two.ToScalar();
    }

    /// <summary>Changes the value of a parameter in place, which is much faster than to write a new number.</summary>
    internal static void SetValue(ref Dual parameter, double value) => Unsafe.AsRef(in parameter._value) = value;

    /// <summary>The same derivatives with another value, for sums in another order.</summary>
    internal Dual WithValue(double value) => new(value, _partials, _dependence);

    /// <summary>Creates a parameter: its derivative by itself is 1.</summary>
    /// <param name="value">The value.</param>
    /// <param name="lane">The index of the parameter, from 0 to 7.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public static Dual Parameter(double value, int lane) => new(
        value,
        Vector512<double>.Zero.WithElement(Guard.Index(lane, LaneCount), 1),
        Vector512<double>.Zero.WithElement(lane, BitConverter.Int64BitsToDouble(-1)));

    /// <summary>Returns the derivative by a parameter.</summary>
    /// <param name="lane">The index of the parameter, from 0 to 7.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public double Partial(int lane) => _partials.GetElement(Guard.Index(lane, LaneCount));

    static Dual IDifferentiable<Dual>.Constant(double value) => FromDouble(value);

    static Dual IDifferentiable<Dual>.Chain(Dual x, double value, double first, double second) => Chain(x, value, first, second);

    static Dual IDifferentiable<Dual>.Chain(Dual x, Dual y, double value, in PartialDerivatives partials) =>
        Chain(x, y, value, partials);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Dual Chain(Dual x, double value, double first, double second) =>
        new(value, x._partials * first & x._dependence, x._dependence);

    private static Dual Chain(Dual x, Dual y, double value, in PartialDerivatives partials) =>
        Chain(x, y, value, partials.X, partials.Y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Dual Chain(Dual x, Dual y, double value, double byX, double byY) => new(
        value,
        (x._partials * byX & x._dependence) + (y._partials * byY & y._dependence),
        x._dependence | y._dependence);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Dual Apply<TFunction>(Dual x) where TFunction : struct, IFunction
    {
        double value = TFunction.Value(x._value);
        TFunction.Derive(x._value, value, out double first, out double second);
        return Chain(x, value, first, second);
    }
}
