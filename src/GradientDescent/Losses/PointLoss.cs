using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>What losses of one score per target have in common: the loop over a block of samples, and the objection to other shapes.</summary>
internal static class PointLoss
{
    private const int BlockLength = 64;

    /// <summary>Σ wᵢℓᵢ, added one after the other, so that a sample's bits do not depend on those beside it.</summary>
    [SkipLocalsInit] // every number is written before it is read
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum<TFormula>(
        TFormula formula, ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
        where TFormula : struct, IPointLoss
    {
        Span<double> losses = stackalloc double[BlockLength];
        double sum = 0;
        for (int start = 0; start < targets.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, targets.Length - start);
            PackLoop.Run(
                new Block<TFormula>(
                    formula,
                    predictions.Slice(start, count),
                    targets.Slice(start, count),
                    weights.IsEmpty ? [] : weights.Slice(start, count),
                    losses,
                    derivatives.IsEmpty ? [] : derivatives.Slice(start, count)),
                count);
            foreach (double loss in losses[..count])
                sum += loss;
        }

        return sum;
    }

    /// <summary>The objection to more than one score per target.</summary>
    public static string? ValidateShape(ILoss loss, int scoresPerTarget) =>
        scoresPerTarget == 1 ? null : Format.Text($"{loss.GetType().Name} takes one score per target, the model gives {scoresPerTarget}");

    /// <summary>The objection to other labels than 0 and 1.</summary>
    public static string? LabelObjection(ILoss loss, double target) => target is 0 or 1 ? null : $"{loss.GetType().Name} takes the labels 0 and 1";

    /// <summary>A setting in the targets' unit, for targets divided by a scale; <see langword="null"/> where it is no longer a finite number greater than 0.</summary>
    public static double? Rescaled(double setting, double scale) => setting / scale is var rescaled && double.IsFinite(rescaled) && rescaled > 0 ? rescaled : null;

    /// <summary>The size with the error's sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Signed<V>(V size, V error) where V : struct, ILanes<V, double> => V.WhereGreater(V.Fill(0), error, V.Fill(0) - size, size);

    /// <summary>max(x, 0), NaN where x is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PositivePart<V>(V x) where V : struct, ILanes<V, double> => V.WhereGreater(V.Fill(0), x, V.Fill(0), x);

    private readonly ref struct Block<TFormula>(
        TFormula formula,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> targets,
        ReadOnlySpan<double> weights,
        Span<double> losses,
        Span<double> derivatives) : IPackLoop
        where TFormula : struct, IPointLoss
    {
        private readonly TFormula _formula = formula;
        private readonly ref double _score = ref MemoryMarshal.GetReference(scores);
        private readonly ref double _target = ref MemoryMarshal.GetReference(targets);
        private readonly ref double _weight = ref MemoryMarshal.GetReference(weights);
        private readonly ref double _loss = ref MemoryMarshal.GetReference(losses);
        private readonly ref double _derivative = ref MemoryMarshal.GetReference(derivatives);
        private readonly bool _weighted = !weights.IsEmpty;
        private readonly bool _derive = !derivatives.IsEmpty;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nuint index) where V : struct, ILanes<V, double>
        {
            V weight = _weighted ? V.Load(in _weight, index) : V.Fill(1);
            V loss = _formula.Evaluate(V.Load(in _score, index), V.Load(in _target, index), out V derivative);
            V.Store(weight * loss, ref _loss, index);
            if (_derive)
                V.Store(weight * derivative, ref _derivative, index);
        }
    }
}
