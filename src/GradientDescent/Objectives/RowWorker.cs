using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Evaluates single samples of a linear model with one score. The numbers have the bits of <see cref="BlockWorker"/>, whose tiles take
/// longer than the arithmetic of one sample.
/// </summary>
internal abstract class RowWorker
{
    /// <summary>Creates the worker; <see langword="null"/> for other models and formats of features.</summary>
    public static RowWorker? For(IModel model, ILoss loss, Dataset data) => (model, data.Storage) switch
    {
        (LinearModel { OutputCount: 1 } linear, DoubleStorage doubles) => new RowWorker<double>(doubles, data, loss, linear.HasIntercept),
        (LinearModel { OutputCount: 1 } linear, SingleStorage singles) => new RowWorker<float>(singles, data, loss, linear.HasIntercept),
        _ => null,
    };

    /// <summary>Returns (wℓ, w) of one sample and writes w∇ℓ.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="upcoming">A sample that will be read soon, or −1.</param>
    /// <param name="gradient">The gradient, as long as the parameters.</param>
    public abstract LossSum Evaluate(ReadOnlySpan<double> parameters, int sample, int upcoming, Span<double> gradient);

    /// <summary>Makes a step on one sample without an array for its gradient.</summary>
    /// <param name="optimizer">An optimizer that <see cref="IRowOptimizer.TakesRows"/>.</param>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="upcoming">A sample that will be read soon, or −1.</param>
    /// <param name="rate">The rate.</param>
    /// <param name="sum">(wℓ, w).</param>
    /// <returns>Whether the step was made. Not if loss or gradient may not be finite, or if the sample has the weight 0.</returns>
    public abstract bool TryStep(
        IRowOptimizer optimizer, Span<double> parameters, int sample, int upcoming, double rate, out LossSum sum);
}

/// <param name="storage">The features.</param>
/// <param name="data">The samples.</param>
/// <param name="loss">The loss.</param>
/// <param name="hasIntercept">Whether the last parameter is an intercept.</param>
internal sealed class RowWorker<T>(DenseStorage<T> storage, Dataset data, ILoss loss, bool hasIntercept) : RowWorker
    where T : unmanaged
{
    private double _largestFeature = double.NaN; // not known yet

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LossSum Evaluate(ReadOnlySpan<double> parameters, int sample, int upcoming, Span<double> gradient)
    {
        double weight = data.HasWeights ? data.AllWeights[sample] : 1;
        if (weight == 0)
        {
            gradient.Clear(); // no effect, even if its numbers overflow
            return default;
        }

        ReadOnlySpan<T> row = Row(sample, upcoming);
        double value = Loss(parameters, sample, row, out double derivative);
        Reductions.Scale(gradient, derivative, row);
        if (hasIntercept)
            gradient[^1] = 0 + derivative;
        return new LossSum(value, weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryStep(
        IRowOptimizer optimizer, Span<double> parameters, int sample, int upcoming, double rate, out LossSum sum)
    {
        double weight = data.HasWeights ? data.AllWeights[sample] : 1;
        ReadOnlySpan<T> row = Row(sample, upcoming);
        double value = Loss(parameters, sample, row, out double derivative);
        sum = new LossSum(value, weight);
        if (double.IsNaN(_largestFeature))
            _largestFeature = Math.Max(storage.LargestMagnitude(), 1); // 1: the intercept's
        if (!double.IsFinite(value) || !double.IsFinite(derivative * _largestFeature / weight) || weight == 0)
            return false;
        optimizer.Update(parameters, new RowGradient<T>(row, derivative, weight), rate);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<T> Row(int sample, int upcoming)
    {
        if (upcoming >= 0)
        {
            Prefetch.IntoFirstLevel<T>(storage.Row(upcoming));
            Prefetch.IntoFirstLevel(data.AllTargets.Slice(upcoming, 1));
        }

        return storage.Row(sample);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Loss(ReadOnlySpan<double> parameters, int sample, ReadOnlySpan<T> row, out double derivative)
    {
        double score = Reductions.Dot(row, parameters[..row.Length]) + (hasIntercept ? parameters[^1] : 0);
        derivative = 0;
        ReadOnlySpan<double> weights = data.HasWeights ? data.AllWeights.Slice(sample, 1) : [];
        return 0 + loss.Evaluate(new(in score), data.AllTargets.Slice(sample, 1), weights, new(ref derivative));
    }
}
