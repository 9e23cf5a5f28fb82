using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// Sums whose order of additions is fixed: element i goes to lane i mod 8, the lanes are added as ((0+4)+(2+6)) + ((1+5)+(3+7)). .NET runs
/// a 512-bit vector as 256-bit, 128-bit or scalar parts where the machine has no wider ones, so the bits are the same everywhere.
/// </summary>
internal static class Reductions
{
    private const int LaneCount = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot<T, TOther>(ReadOnlySpan<T> x, ReadOnlySpan<TOther> y)
        where T : unmanaged
        where TOther : unmanaged
    {
        ref T a = ref MemoryMarshal.GetReference(x);
        ref TOther b = ref MemoryMarshal.GetReference(y[..x.Length]);
        nuint length = (nuint)x.Length, i = 0;
        Vector512<double> lanes = Vector512<double>.Zero;
        for (; i + LaneCount <= length; i += LaneCount)
            lanes += AsDouble.Eight(ref a, i) * AsDouble.Eight(ref b, i);
        if (i < length)
            lanes += LoadRest(ref a, i, length) * LoadRest(ref b, i, length);
        return AddLanes(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> x)
    {
        ref double a = ref MemoryMarshal.GetReference(x);
        nuint length = (nuint)x.Length, i = 0;
        Vector512<double> lanes = Vector512<double>.Zero;
        for (; i + LaneCount <= length; i += LaneCount)
            lanes += Vector512.LoadUnsafe(ref a, i);
        if (i < length)
            lanes += LoadRest(ref a, i, length);
        return AddLanes(lanes);
    }

    /// <summary>√Σ(x − y)².</summary>
    public static double Distance<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged =>
        Math.Sqrt(Sum(new SquaredDifference(), x, y));

    /// <summary>Σ|a·x + b·y|.</summary>
    public static double SumOfMagnitudes<T>(double a, ReadOnlySpan<T> x, double b, ReadOnlySpan<T> y) where T : unmanaged =>
        Sum(new CombinedMagnitude(a, b), x, y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<TTerm, T>(TTerm term, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where TTerm : struct, ITerm
        where T : unmanaged
    {
        ref T a = ref MemoryMarshal.GetReference(x);
        ref T b = ref MemoryMarshal.GetReference(y[..x.Length]);
        nuint length = (nuint)x.Length, i = 0;
        Vector512<double> lanes = Vector512<double>.Zero;
        for (; i + LaneCount <= length; i += LaneCount)
            lanes += term.Of(AsDouble.Eight(ref a, i), AsDouble.Eight(ref b, i));
        if (i < length)
            lanes += term.Of(LoadRest(ref a, i, length), LoadRest(ref b, i, length)); // 0 where both are 0
        return AddLanes(lanes);
    }

    /// <summary>√Σx². Where the squares would overflow or underflow, the numbers are first scaled by a power of two.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        const double Smallest = 1e-280, Largest = 1e300; // between these limits the sum of squares loses no digits
        double square = Dot(x, x);
        return square is >= Smallest and <= Largest ? Math.Sqrt(square) : ScaledNorm(x);
    }

    private static double ScaledNorm(ReadOnlySpan<double> x)
    {
        double largest = 0;
        foreach (double value in x)
        {
            if (!double.IsFinite(value))
                return double.Abs(value);
            largest = Math.Max(largest, Math.Abs(value));
        }

        if (largest == 0)
            return 0;
        int exponent = Math.ILogB(largest);
        double sum = 0;
        foreach (double value in x)
        {
            double scaled = Math.ScaleB(value, -exponent);
            sum += scaled * scaled;
        }

        return Math.ScaleB(Math.Sqrt(sum), exponent);
    }

    /// <summary>The index of the largest number, the first of them if there are several. There must be at least one number.</summary>
    public static int IndexOfMax(ReadOnlySpan<double> x)
    {
        int index = 0;
        for (int i = 1; i < x.Length; i++)
        {
            if (x[i] > x[index])
                index = i;
        }

        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreFinite(ReadOnlySpan<double> x)
    {
        ref double a = ref MemoryMarshal.GetReference(x);
        nuint length = (nuint)x.Length, i = 0;
        Vector512<double> largest = Vector512.Create(double.MaxValue);
        for (; i + LaneCount <= length; i += LaneCount)
        {
            if (!Vector512.LessThanOrEqualAll(Vector512.Abs(Vector512.LoadUnsafe(ref a, i)), largest))
                return false;
        }

        return i == length || Vector512.LessThanOrEqualAll(Vector512.Abs(LoadRest(ref a, i, length)), largest);
    }

    /// <summary>target ← target + factor · x, element by element.</summary>
    public static void AddScaled<T>(Span<double> target, double factor, ReadOnlySpan<T> x)
        where T : unmanaged => Combine<Addition, T>(target, factor, x);

    /// <summary>target ← 0 + factor · x, element by element: the bits of adding to a vector of zeros.</summary>
    public static void Scale<T>(Span<double> target, double factor, ReadOnlySpan<T> x)
        where T : unmanaged => Combine<Scaling, T>(target, factor, x);

    /// <summary>target ← target / divisor, element by element.</summary>
    public static void Divide(Span<double> target, double divisor) => Combine<Division, double>(target, divisor, target);

    /// <summary>target ← target · factor, element by element.</summary>
    public static void Multiply(Span<double> target, double factor) => Combine<Multiplication, double>(target, factor, target);

    /// <summary>target ← target + share · (x − target), element by element.</summary>
    public static void MoveTowards(Span<double> target, double share, ReadOnlySpan<double> x) => Combine<Approach,
        double>(target, share, x);

    /// <summary>Limits each element to [−limit, limit].</summary>
    public static void Clamp(Span<double> target, double limit)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = Math.Clamp(target[i], -limit, limit);
    }

    /// <summary>
    /// The last one to seven elements of a vector, with +0 in the other lanes. They are combined in registers, because a store to memory
    /// and a load from it would take longer.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadRest<T>(ref T source, nuint start, nuint length)
        where T : unmanaged
    {
        nuint count = length - start;
        return count >= 4
            ? Vector512.Create(AsDouble.Four(ref source, start), count == 4 ? Vector256<double>.Zero
                : LoadUpToThree(ref source, start + 4, count - 4))
            : Vector512.Create(LoadUpToThree(ref source, start, count), Vector256<double>.Zero);
    }

    private static Vector256<double> LoadUpToThree<T>(ref T source, nuint start, nuint count) where T : unmanaged => count switch
    {
        1 => Vector256.CreateScalar(AsDouble.One(ref source, start)),
        2 => Vector256.Create(AsDouble.Two(ref source, start), Vector128<double>.Zero),
        _ => Vector256.Create(AsDouble.Two(ref source, start), Vector128.CreateScalar(AsDouble.One(ref source, start + 2))),
    };

    /// <summary>((0+4)+(2+6)) + ((1+5)+(3+7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddLanes(Vector512<double> lanes)
    {
        Vector256<double> four = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>target ← operation(target, x, factor), element by element, for as many elements as x has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<TOperation, T>(Span<double> target, double factor, ReadOnlySpan<T> x)
        where TOperation : struct, IElementOperation
        where T : unmanaged
    {
        ref T a = ref MemoryMarshal.GetReference(x);
        ref double t = ref MemoryMarshal.GetReference(target[..x.Length]);
        nuint length = (nuint)x.Length, i = 0;
        Lanes512<double> factors = Lanes512<double>.Fill(factor);
        for (; i + LaneCount <= length; i += LaneCount)
        {
            Lanes512<double> other = TOperation.ReadsOther ? new(AsDouble.Eight(ref a, i)) : default;
            Lanes512<double>.Store(TOperation.Of(Lanes512<double>.Load(in t, i), other, factors), ref t, i);
        }

        for (; i < length; i++)
        {
            DoubleLane other = TOperation.ReadsOther ? new(AsDouble.One(ref a, i)) : default;
            DoubleLane.Store(TOperation.Of(DoubleLane.Load(in t, i), other, new DoubleLane(factor)), ref t, i);
        }
    }

    /// <summary>A term of a sum over two vectors, 0 where both numbers are 0.</summary>
    private interface ITerm
    {
        Vector512<double> Of(Vector512<double> x, Vector512<double> y);
    }

    private readonly struct SquaredDifference : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Of(Vector512<double> x, Vector512<double> y) => (x - y) * (x - y);
    }

    private readonly struct CombinedMagnitude(double a, double b) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Of(Vector512<double> x, Vector512<double> y) => Vector512.Abs(a * x + b * y);
    }

    /// <summary>The operation that <see cref="Combine"/> applies to each element.</summary>
    private interface IElementOperation
    {
        /// <summary>Whether the operation uses the other vector; constant for each type.</summary>
        static virtual bool ReadsOther => true;

        static abstract V Of<V>(V target, V other, V factor) where V : struct, ILanes<V, double>;
    }

    private readonly struct Addition : IElementOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V target, V other, V factor) where V : struct, ILanes<V, double> => target + factor * other;
    }

    private readonly struct Scaling : IElementOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V target, V other, V factor) where V : struct, ILanes<V, double> => V.Fill(0) + factor * other;
    }

    private readonly struct Approach : IElementOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V target, V other, V factor) where V : struct, ILanes<V, double> => target + factor * (other - target);
    }

    private readonly struct Multiplication : IElementOperation
    {
        public static bool ReadsOther => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V target, V other, V factor) where V : struct, ILanes<V, double> => target * factor;
    }

    private readonly struct Division : IElementOperation
    {
        public static bool ReadsOther => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V target, V other, V factor) where V : struct, ILanes<V, double> => target / factor;
    }
}
