namespace GradientDescent;

public sealed partial class EmpiricalRisk : ISparseRows
{
    private readonly SparseWorker? _sparse;

    bool ISparseObjective.IsSparse => _sparse is not null;

    private SparseWorker Sparse => _sparse ?? throw new NotSupportedException(
        "The samples depend on all parameters: only a linear model on sparse data has sparse gradients.");

    void ISparseObjective.AddSupport(in SampleBatch batch, SparseGradient gradient)
    {
        CheckSparse(in batch, gradient);
        Sparse.AddSupport(in batch, gradient);
    }

    LossSum ISparseObjective.Add(ReadOnlySpan<double> parameters, in SampleBatch batch, SparseGradient gradient)
    {
        CheckSparse(in batch, gradient);
        if (parameters.Length != ParameterCount)
            throw Guard.Invalid(nameof(parameters), $"There are {parameters.Length} parameters: the model has {ParameterCount}.");
        return Sparse.Add(parameters, in batch, gradient);
    }

    void ISparseRows.WriteRow(int sample, ReadOnlySpan<double> factors, Span<double> values) => Sparse.WriteRow(sample, factors, values);

    private void CheckSparse(in SampleBatch batch, SparseGradient gradient)
    {
        if (gradient.Length != ParameterCount)
            throw Guard.Invalid(
                nameof(gradient), $"The gradient has the length {gradient.Length}: the model has {ParameterCount} parameters.");
        foreach (int sample in batch.Indices)
        {
            if ((uint)sample >= (uint)SampleCount)
                Guard.Index(sample, SampleCount, nameof(batch));
        }
    }
}
