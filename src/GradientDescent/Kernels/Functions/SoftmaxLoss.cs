using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>
/// w·(ln Σⱼ e^ŷⱼ − ŷ_y) of each sample and its derivatives by the scores, one sample a lane. In <c>scores</c> sample i has its score of
/// class j at j·stride + i, and gets its derivative there; in <c>losses</c> it has its score of class y, and gets its loss. A share of the
/// label may be spread over all classes.
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // on its own, like Derive: together they would meet the inlining budget
    public void At<V>(nuint index) where V : struct, ILanes<V, double>
    {
        V weight = _weighted ? V.Load(in _weight, index) : V.Fill(1);
        ref double first = ref Unsafe.Add(ref _score, index);
        V spread = _smoothing > 0 ? Spread(ref first, V.Load(in _loss, index)) : V.Fill(0);
        V rest = LogSumExp.Replace(ref first, _stride, _classCount, out V largest);
        V below = _smoothing > 0 ? spread : largest - V.Load(in _loss, index);
        V loss = below + LogarithmOfOnePlus.Of(rest);
        V.Store(weight * loss, ref _loss, index);
        if (_derive)
            Derive(ref first, V.Load(in _label, index), weight, rest + 1);
    }

    /// <summary>
    /// How far the scores lie below the largest, that of class y and the mean of all weighed by the smoothing: no term is negative.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private V Spread<V>(ref double first, V ofLabel) where V : struct, ILanes<V, double>
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

    /// <summary>Of a softmax e/Σe: that of class y less 1 is minus the sum of the others.</summary>
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
