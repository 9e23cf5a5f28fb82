namespace GradientDescent.Tests.Support;

/// <summary>The mean of ½(θ − xᵢ)² over points: what a user might write.</summary>
internal sealed class HalfSquares(double[] points, IPenalty? penalty = null) : IStochasticObjective
{
    public int ParameterCount => 1;

    public int SampleCount => points.Length;

    public IPenalty? Penalty => penalty;

    /// <summary>The number of calls of <see cref="Add"/>.</summary>
    public int Calls { get; private set; }

    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        Calls++;
        double sum = 0;
        foreach (int i in batch)
        {
            double error = parameters[0] - points[i];
            sum += error * error / 2;
            if (!gradient.IsEmpty)
                gradient[0] += error;
        }

        return new LossSum(sum, batch.Count);
    }
}
