using System.Runtime.Intrinsics;

namespace GradientDescent;

/// <summary>Evaluates a formula of few parameters on blocks of samples with dual numbers.</summary>
/// <param name="formula">The loss of a sample.</param>
/// <param name="data">The samples.</param>
internal sealed class DualWorker<TFormula>(TFormula formula, Dataset data) : IBlockWorker
    where TFormula : ISampleFormula
{
    private readonly DualParameters _parameters = new();
    private readonly Dataset.RowReader _rowOf = data.FeatureReader();
    private readonly GradientTape _tape = new();

    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        ReadOnlySpan<double> targets = data.AllTargets, weights = data.AllWeights;
        ReadOnlySpan<Dual> duals = _parameters.At(parameters);
        Vector512<double> sum = Vector512<double>.Zero;
        double loss = 0, total = 0;
        foreach (int sample in batch)
        {
            double weight = weights.IsEmpty ? 1 : weights[sample];
            if (weight == 0)
                continue; // no effect, even if its numbers overflow
            total += weight;
            ReadOnlySpan<double> row = _rowOf(sample);
            if (gradient.IsEmpty)
            {
                var call = new SampleCall<GenericSampleFormula<TFormula>>(new(formula), row, targets[sample]);
                loss += weight * _tape.Value(call, parameters);
                continue;
            }

            Dual result = formula.Evaluate(duals, row, targets[sample]);
            loss += weight * result.Value;
            sum += result.Partials * weight;
        }

        if (gradient.IsEmpty)
            return new LossSum(loss, total);
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] += sum.GetElement(i);
        return new LossSum(loss, total);
    }
}
