namespace GradientDescent;

/// <summary>Evaluates a formula on blocks of samples with a tape. The adjoints of the parameters are added up over a block.</summary>
/// <param name="formula">The loss of a sample.</param>
/// <param name="data">The samples.</param>
internal sealed class TapeWorker<TFormula>(TFormula formula, Dataset data) : IBlockWorker
    where TFormula : struct, IVariableSampleFormula
{
    private readonly GradientTape _tape = new();
    private readonly Dataset.RowReader _rowOf = data.FeatureReader();

    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        ReadOnlySpan<double> targets = data.AllTargets, weights = data.AllWeights;
        double loss = 0, total = 0;
        if (!gradient.IsEmpty)
            _tape.ClearAdjoints(parameters.Length);
        foreach (int sample in batch)
        {
            double weight = weights.IsEmpty ? 1 : weights[sample];
            if (weight == 0)
                continue; // no effect, even if its numbers overflow
            total += weight;
            loss += weight * Evaluate(new SampleCall<TFormula>(formula, _rowOf(sample), targets[sample]), parameters,
                gradient.IsEmpty ? null : weight);
        }

        if (!gradient.IsEmpty)
            _tape.AddGradient(gradient);
        return new LossSum(loss, total);
    }

    private double Evaluate(SampleCall<TFormula> call, ReadOnlySpan<double> parameters, double? weight)
    {
        if (weight is not { } factor)
            return _tape.Value(call, parameters);
        _tape.Record(call, parameters);
        _tape.Sweep(factor);
        return _tape.LastValue;
    }
}
