using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The samples of one call of a loss with one score per target.</summary>
internal readonly ref struct LossBlock(
    ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
{
    private const int PartLength = 64;

    public readonly ReadOnlySpan<double> Predictions = predictions;
    public readonly ReadOnlySpan<double> Targets = targets;
    public readonly ReadOnlySpan<double> Weights = weights;
    public readonly Span<double> Derivatives = derivatives;

    /// <summary>
    /// Σ wᵢℓᵢ. The losses are added one after another, so a sample's bits do not depend on the other samples of its pack.
    /// </summary>
    [SkipLocalsInit] // every number is written before it is read
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Sum<TFormula>(TFormula formula)
        where TFormula : struct, IPointwiseFormula
    {
        Span<double> losses = stackalloc double[PartLength];
        double sum = 0;
        for (int start = 0; start < Targets.Length; start += PartLength)
        {
            int count = Math.Min(PartLength, Targets.Length - start);
            PackLoop.Run(
                new Part<TFormula>(
                    formula,
                    Predictions.Slice(start, count),
                    Targets.Slice(start, count),
                    Weights.IsEmpty ? [] : Weights.Slice(start, count),
                    losses,
                    Derivatives.IsEmpty ? [] : Derivatives.Slice(start, count)),
                count);
            foreach (double loss in losses[..count])
                sum += loss;
        }

        return sum;
    }

    private readonly ref struct Part<TFormula>(
        TFormula formula,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> targets,
        ReadOnlySpan<double> weights,
        Span<double> losses,
        Span<double> derivatives) : IPackLoop
        where TFormula : struct, IPointwiseFormula
    {
        private readonly TFormula _formula = formula;
        private readonly ref double _score = ref MemoryMarshal.GetReference(scores);
        private readonly ref double _target = ref MemoryMarshal.GetReference(targets);
        private readonly ref double _weight = ref MemoryMarshal.GetReference(weights);
        private readonly ref double _loss = ref MemoryMarshal.GetReference(losses);
        private readonly ref double _derivative = ref MemoryMarshal.GetReference(derivatives);
        private readonly bool _isWeighted = !weights.IsEmpty;
        private readonly bool _wantsDerivatives = !derivatives.IsEmpty;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nuint index) where V : struct, ILanes<V, double>
        {
            V weight = _isWeighted ? V.Load(in _weight, index) : V.Fill(1);
            V loss = _formula.Evaluate(V.Load(in _score, index), V.Load(in _target, index), out V derivative);
            V.Store(weight * loss, ref _loss, index);
            if (_wantsDerivatives)
                V.Store(weight * derivative, ref _derivative, index);
        }
    }
}
