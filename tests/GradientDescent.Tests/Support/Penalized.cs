namespace GradientDescent.Tests.Support;

/// <summary>
/// ½ Σ cᵢ(θᵢ − aᵢ)² over one sample, and a penalty. The parameters are the blocks <c>a</c> and <c>b</c> of half the length.
/// </summary>
internal sealed class Penalized(double[] curvatures, double[] centres, IPenalty? penalty) : IStochasticObjective
{
    private readonly Quadratic _quadratic = new(curvatures, centres);

    public int ParameterCount => curvatures.Length;

    public int SampleCount => 1;

    public ParameterLayout Layout { get; } =
        new(new ParameterBlock("a", curvatures.Length / 2), new ParameterBlock("b", curvatures.Length / 2));

    public IPenalty? Penalty => penalty;

    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        double[] own = new double[gradient.Length];
        double value = _quadratic.Evaluate(parameters, own);
        for (int i = 0; i < own.Length; i++)
            gradient[i] += own[i];
        return new LossSum(value, 1);
    }
}
