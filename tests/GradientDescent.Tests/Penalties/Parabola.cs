namespace GradientDescent.Tests.Penalties;

/// <summary>½(x − c)², as a sum over one sample, with a penalty.</summary>
internal sealed class Parabola(double center, IPenalty? penalty) : IStochasticObjective
{
    public int ParameterCount => 1;

    public int SampleCount => 1;

    public IPenalty? Penalty => penalty;

    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch samples, Span<double> gradient)
    {
        double error = parameters[0] - center;
        if (!gradient.IsEmpty)
            gradient[0] += error;
        return new LossSum(error * error / 2, 1);
    }
}
