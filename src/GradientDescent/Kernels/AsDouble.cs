using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// Reads numbers stored in double or in float as doubles, which is exact, so that a kernel is written once for both. T is known when a
/// method is compiled: the test of the type costs nothing at run time.
/// </summary>
internal static class AsDouble
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Eight<T>(ref T source, nuint index) where T : unmanaged => typeof(T) == typeof(double)
        ? Vector512.LoadUnsafe(ref Unsafe.As<T, double>(ref source), index)
        : Vector512.WidenLower(Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref source), index).ToVector512Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Four<T>(ref T source, nuint index) where T : unmanaged => typeof(T) == typeof(double)
        ? Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref source), index)
        : Vector256.WidenLower(Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref source), index).ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Two<T>(ref T source, nuint index) where T : unmanaged => typeof(T) == typeof(double)
        ? Vector128.LoadUnsafe(ref Unsafe.As<T, double>(ref source), index)
        : Vector128.Create(One(ref source, index), One(ref source, index + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double One<T>(ref T source, nuint index) where T : unmanaged => typeof(T) == typeof(double)
        ? Unsafe.Add(ref Unsafe.As<T, double>(ref source), index)
        : Unsafe.Add(ref Unsafe.As<T, float>(ref source), index);
}
