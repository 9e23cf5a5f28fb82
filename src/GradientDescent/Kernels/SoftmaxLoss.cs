using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>
/// w·(ln Σⱼ e^ŷⱼ − ŷ_y) of each sample and its derivatives by the scores, one sample a lane. In <c>scores</c> sample i has its score of class j at
/// j·stride + i, and gets its derivative there; in <c>losses</c> it has its score of class y, and gets its loss.
/// </summary>
internal readonly ref struct SoftmaxLoss(
    Span<double> scores, int stride, int classCount, ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, Span<double> losses, bool derive) : IPackLoop
{
    private readonly ref double _score = ref MemoryMarshal.GetReference(scores);
    private readonly ref double _label = ref MemoryMarshal.GetReference(labels);
    private readonly ref double _weight = ref MemoryMarshal.GetReference(weights);
    private readonly ref double _loss = ref MemoryMarshal.GetReference(losses);
    private readonly nuint _stride = (nuint)stride;
    private readonly int _classCount = classCount;
    private readonly bool _weighted = !weights.IsEmpty;
    private readonly bool _derive = derive;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // on its own, like Derive: together they would meet the inlining budget
    public void At<V>(nuint index) where V : struct, ILanes<V, double>
    {
        V weight = _weighted ? V.Load(in _weight, index) : V.Fill(1);
        ref double first = ref Unsafe.Add(ref _score, index);
        V rest = LogSumExp.Replace(ref first, _stride, _classCount, out V largest);
        V loss = largest - V.Load(in _loss, index) + LogarithmOfOnePlus.Of(rest);
        V.Store(weight * loss, ref _loss, index);
        if (_derive)
            Derive(ref first, V.Load(in _label, index), weight, rest + 1);
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
            V.Store(weight * derivative, ref first, (nuint)j * _stride);
        }
    }
}
