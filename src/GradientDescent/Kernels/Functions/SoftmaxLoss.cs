using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>
/// The loss w·(ln Σⱼ e^ŷⱼ − ŷ_y) of each sample and its derivatives with respect to the scores, one sample per lane. The score of sample i
/// for class j is in <c>scores</c> at j·stride + i; the derivative replaces it. The score of sample i for its class y is in <c>losses</c>;
/// the loss replaces it. With smoothing, a share of the label is divided evenly among all classes.
/// </summary>
internal readonly ref struct SoftmaxLoss(
    Span<double> scores,
    int stride,
    int classCount,
    ReadOnlySpan<double> labels,
    ReadOnlySpan<double> weights,
    Span<double> losses,
    double smoothing,
    bool derive) : IPackLoop
{
    private readonly ref double _score = ref MemoryMarshal.GetReference(scores);
    private readonly ref double _label = ref MemoryMarshal.GetReference(labels);
    private readonly ref double _weight = ref MemoryMarshal.GetReference(weights);
    private readonly ref double _loss = ref MemoryMarshal.GetReference(losses);
    private readonly nuint _stride = (nuint)stride;
    private readonly int _classCount = classCount;
    private readonly double _smoothing = smoothing;
    private readonly double _share = smoothing / classCount;
    private readonly bool _weighted = !weights.IsEmpty;
    private readonly bool _derive = derive;

    // compiled separately, as Derive is: together they would exceed the compiler's inlining budget
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void At<V>(nuint index) where V : struct, ILanes<V, double>
    {
        V weight = _weighted ? V.Load(in _weight, index) : V.Fill(1);
        ref double first = ref Unsafe.Add(ref _score, index);
        V distance = _smoothing > 0 ? SmoothedDistance(ref first, V.Load(in _loss, index)) : V.Fill(0);
        V rest = LogSumExp.Replace(ref first, _stride, _classCount, out V largest);
        V below = _smoothing > 0 ? distance : largest - V.Load(in _loss, index);
        V loss = below + LogarithmOfOnePlus.Of(rest);
        V.Store(weight * loss, ref _loss, index);
        if (_derive)
            Derive(ref first, V.Load(in _label, index), weight, rest + 1);
    }

    /// <summary>
    /// (1 − α)(t − ŷ_y) + α/K Σⱼ (t − ŷⱼ), where t is the largest score and α the smoothing. No term is negative, so nothing cancels.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private V SmoothedDistance<V>(ref double first, V ofLabel) where V : struct, ILanes<V, double>
    {
        V largest = ofLabel;
        for (int j = 0; j < _classCount; j++)
        {
            V score = V.Load(in first, (nuint)j * _stride);
            largest = V.WhereGreater(score, largest, score, largest);
        }

        V sum = (1 - _smoothing) * (largest - ofLabel);
        for (int j = 0; j < _classCount; j++)
            sum += _share * (largest - V.Load(in first, (nuint)j * _stride));
        return sum;
    }

    /// <summary>
    /// The derivatives softmax(ŷ)ⱼ − [j = y]. For class y this is minus the sum of the other classes, which avoids cancellation.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Derive<V>(ref double first, V label, V weight, V total) where V : struct, ILanes<V, double>
    {
        V others = V.Fill(0);
        for (int j = 0; j < _classCount; j++)
            others += LogSumExp.Except(label, j, V.Load(in first, (nuint)j * _stride));
        for (int j = 0; j < _classCount; j++)
        {
            V exponential = V.Load(in first, (nuint)j * _stride);
            V derivative = V.WhereGreater(V.Abs(label - V.Fill(j)), V.Fill(0), exponential, V.Fill(0) - others) / total;
            if (_smoothing > 0)
                derivative += V.WhereGreater(V.Abs(label - V.Fill(j)), V.Fill(0), V.Fill(-_share), V.Fill(_smoothing - _share));
            V.Store(weight * derivative, ref first, (nuint)j * _stride);
        }
    }
}
