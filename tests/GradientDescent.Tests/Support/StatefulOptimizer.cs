namespace GradientDescent.Tests.Support;

/// <summary>Gradient descent with a given state, as an optimizer of a user might have.</summary>
internal sealed class StatefulOptimizer(OptimizerState state) : IOptimizer
{
    public double LearningRate => 0.125;

    public Batching Batching => Batching.Full;

    public long StepCount => state.StepCount;

    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] -= learningRate * gradient[i];
    }

    public IOptimizer CreateNew() => new StatefulOptimizer(state);

    public OptimizerState GetState() => state;

    public void SetState(OptimizerState restored)
    {
    }
}
