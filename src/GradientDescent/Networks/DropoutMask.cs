using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The outputs of a layer that are left out: a pure function of the batch's seed, the layer, the sample and the unit, so that a batch that
/// is evaluated again has the same mask.
/// </summary>
internal static class DropoutMask
{
    /// <summary>Replaces outputs and slopes by 0 with the layer's probability, and divides the others by 1 − p.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="number">The number of the layer.</param>
    /// <param name="seed">The seed of the batch.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="outputs">The outputs, row after row.</param>
    /// <param name="slopes">Their derivatives by the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<T>(DenseLayer layer, int number, long seed, in FeatureRows rows, Span<T> outputs, Span<T> slopes)
        where T : unmanaged
    {
        var random = new CounterRandom(seed, number);
        double factor = 1 / (1 - layer.Dropout), bound = 2 * layer.Dropout - 1;
        for (int i = 0; i < rows.Count; i++)
        {
            long first = (long)rows.SampleAt(i) * layer.Units;
            Span<T> ownOutputs = outputs.Slice(i * layer.Units, layer.Units), ownSlopes = slopes.Slice(i * layer.Units, layer.Units);
            for (int j = 0; j < ownOutputs.Length; j++)
            {
                bool isKept = random.Symmetric(first + j) >= bound;
                ownOutputs[j] = isKept ? Scaled(ownOutputs[j], factor) : default;
                ownSlopes[j] = isKept ? Scaled(ownSlopes[j], factor) : default;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Scaled<T>(T value, double factor) where T : unmanaged => typeof(T) == typeof(float)
        ? Unsafe.BitCast<float, T>((float)(Unsafe.BitCast<T, float>(value) * factor))
        : Unsafe.BitCast<double, T>(Unsafe.BitCast<T, double>(value) * factor);
}
