using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>
/// w·ln(1 + e^z) of each sample, and its derivative by the score ŷ: z = ŷ for the label 0 and z = −ŷ for 1. Both come from the same e^−|z|, which
/// neither overflows nor leaves a difference to cancel.
/// </summary>
internal readonly ref struct LogisticLoss(
    ReadOnlySpan<double> scores, ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, Span<double> losses, Span<double> derivatives) : IPackLoop
{
    private readonly ref double _score = ref MemoryMarshal.GetReference(scores);
    private readonly ref double _label = ref MemoryMarshal.GetReference(labels);
    private readonly ref double _weight = ref MemoryMarshal.GetReference(weights);
    private readonly ref double _loss = ref MemoryMarshal.GetReference(losses);
    private readonly ref double _derivative = ref MemoryMarshal.GetReference(derivatives);
    private readonly bool _weighted = !weights.IsEmpty;
    private readonly bool _derive = !derivatives.IsEmpty;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<V>(nuint index) where V : struct, ILanes<V, double>
    {
        V weight = _weighted ? V.Load(in _weight, index) : V.Fill(1);
        V sign = V.Fill(1) - 2.0 * V.Load(in _label, index);
        V z = sign * V.Load(in _score, index);
        V e = Exponential.Of(V.Fill(0) - V.Abs(z));
        V.Store(weight * Softplus.Of(z, e), ref _loss, index);
        if (_derive)
            V.Store(weight * (sign * Sigmoid.Of(z, e)), ref _derivative, index);
    }
}
