namespace GradientDescent;

/// <summary>The loss of a model on the batch that has arrived last. The parameters stay the same from batch to batch.</summary>
/// <param name="layout">The blocks of the parameters.</param>
/// <param name="outputCount">The number of scores of a sample.</param>
/// <param name="isLinear">Whether the scores are linear in the parameters.</param>
/// <param name="isSparse">Whether the batches are sparse, and the model has sparse gradients.</param>
internal sealed class StreamedRisk(ParameterLayout layout, int outputCount, bool isLinear, bool isSparse)
    : ILinearObjective, ISparseRows, IScoreDescent
{
    private EmpiricalRisk? _current;
    private bool _isMeasured;

    public int ParameterCount => layout.Count;

    public int SampleCount => _current?.SampleCount ?? 1;

    public ParameterLayout Layout => layout;

    public bool IsLinear => isLinear;

    public bool IsSparse => isSparse;

    public int OutputCount => outputCount;

    /// <summary>(Σ wᵢℓᵢ, Σ wᵢ) of the batch before its step.</summary>
    public LossSum BeforeStep { get; private set; }

    private EmpiricalRisk Current => _current ?? throw new InvalidOperationException("There is no batch yet.");

    /// <summary>Replaces the batch.</summary>
    public void Arrive(EmpiricalRisk batch) => (_current, _isMeasured) = (batch, false);

    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient) =>
        Measured(Current.Add(parameters, in batch, gradient));

    public void AddSupport(in SampleBatch batch, SparseGradient gradient) => ((ISparseRows)Current).AddSupport(in batch, gradient);

    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, SparseGradient gradient) =>
        Measured(((ISparseRows)Current).Add(parameters, in batch, gradient));

    public void WriteRow(int sample, ReadOnlySpan<double> factors, Span<double> values) =>
        ((ISparseRows)Current).WriteRow(sample, factors, values);

    public void Scores(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> scores) =>
        ((ILinearObjective)Current).Scores(parameters, in batch, scores);

    public LossSum Derivatives(ReadOnlySpan<double> scores, in SampleBatch batch, Span<double> derivatives) =>
        ((ILinearObjective)Current).Derivatives(scores, in batch, derivatives);

    public void AddRows(in SampleBatch batch, ReadOnlySpan<double> factors, Span<double> gradient) =>
        ((ILinearObjective)Current).AddRows(in batch, factors, gradient);

    public double Descent(int sample, double score, double time) => ((IScoreDescent)Current).Descent(sample, score, time);

    private LossSum Measured(LossSum sum)
    {
        if (!_isMeasured)
            (BeforeStep, _isMeasured) = (sum, true); // the first evaluation is at the parameters before the step
        return sum;
    }
}
