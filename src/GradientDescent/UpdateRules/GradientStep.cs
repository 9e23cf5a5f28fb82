using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The rule θ ← θ − ηg of BatchGD, SGD and MiniBatchSGD.</summary>
internal struct GradientStep<T> : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T _rate;

    public static int SlotCount => 0;

    public static bool IgnoresZeroGradients => true;

    public static StateNames Names => StateNames.None;

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V slot0, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T> =>
        parameter -= _rate * gradient;
}
