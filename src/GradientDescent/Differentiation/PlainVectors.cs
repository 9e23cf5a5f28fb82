using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The functions of vectors for numbers without derivatives.</summary>
internal static class PlainVectors
{
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(double))
            return T.CreateTruncating(Reductions.Dot<double, double>(Doubles(x), Doubles(y)));
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<double> constants) where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(double))
            return T.CreateTruncating(Reductions.Dot<double, double>(Doubles(x), constants));
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * T.CreateTruncating(constants[i]);
        return sum;
    }

    public static T Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(double))
            return T.CreateTruncating(Reductions.Sum(Doubles(x)));
        T sum = T.Zero;
        foreach (T value in x)
            sum += value;
        return sum;
    }

    public static T Norm<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            return T.CreateTruncating(Reductions.Norm(Doubles(x)));
        T norm = T.Zero;
        foreach (T value in x)
            norm = T.Hypot(norm, value);
        return norm;
    }

    public static T LogSumExp<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] copy = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            copy[i] = double.CreateTruncating(x[i]);
        return T.CreateTruncating(ReplaceBySoftmax(copy));
    }

    /// <summary>Returns ln Σ e^xᵢ and replaces the numbers by its derivatives, e^xᵢ / Σ e^xⱼ.</summary>
    public static double ReplaceBySoftmax(Span<double> x)
    {
        if (x.IsEmpty)
            return double.NegativeInfinity;
        double rest = 0, largest = 0;
        DoubleLane.Store(Kernels.LogSumExp.Replace(ref MemoryMarshal.GetReference(x), 1, x.Length, out DoubleLane top), ref rest, 0);
        DoubleLane.Store(top, ref largest, 0);
        Reductions.Divide(x, 1 + rest);
        return double.IsInfinity(largest) ? largest : largest + Elementary.Of<LogarithmOfOnePlus>(rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<double> Doubles<T>(ReadOnlySpan<T> x) where T : unmanaged => MemoryMarshal.Cast<T, double>(x);
}
