namespace GradientDescent;

/// <summary>A plain objective as a sum over one sample, so that the loop has one path for both kinds.</summary>
/// <param name="objective">The objective.</param>
/// <param name="parameterCount">The number of parameters.</param>
internal sealed class ObjectiveAsSum(IObjective objective, int parameterCount) : IStochasticObjective
{
    private double[] _gradient = [];

    public int ParameterCount => parameterCount;

    public int SampleCount => 1;

    public ParameterLayout Layout { get; } = objective.Layout ?? ParameterLayout.Flat(parameterCount);

    LossSum IStochasticObjective.Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        if (_gradient.Length != gradient.Length)
            _gradient = new double[gradient.Length];
        double value = Evaluate(parameters, _gradient);
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] += _gradient[j];
        return new LossSum(value, 1);
    }

    void IStochasticObjective.EvaluateParts(ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength,
        Span<double> gradients, Span<LossSum> sums) =>
        sums[0] = new LossSum(Evaluate(parameters, gradients), 1);

    private double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        gradient.Fill(double.NaN); // detects entries that the user's function does not write, or only adds to
        return objective.Evaluate(parameters, gradient);
    }
}
