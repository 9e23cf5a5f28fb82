using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>One update in double and in float; which optimizers and lengths, the questions say.</summary>
public abstract class UpdateBenchmark
{
    private const double LearningRate = 1e-9; // so small that the parameters stay where they are

    private Optimizer _optimizer = new SGD();
    private Optimizer _floatOptimizer = new SGD();
    private double[] _parameters = [];
    private double[] _gradient = [];
    private float[] _floatParameters = [];
    private float[] _floatGradient = [];

    protected void Prepare(string optimizer, int length)
    {
        (_optimizer, _floatOptimizer) = (Optimizers.Create(optimizer), Optimizers.Create(optimizer));
        (_parameters, _gradient) = (new double[length], new double[length]);
        (_floatParameters, _floatGradient) = (new float[length], new float[length]);
        for (int i = 0; i < length; i++)
        {
            (_parameters[i], _gradient[i]) = (1, 1e-3 * (i % 7));
            (_floatParameters[i], _floatGradient[i]) = (1, (float)_gradient[i]);
        }

        InDouble(); // the first update allocates the optimizer's state
        InFloat();
    }

    [Benchmark(Baseline = true)]
    public void InDouble() => _optimizer.Update(_parameters, _gradient, LearningRate);

    [Benchmark]
    public void InFloat() => _floatOptimizer.Update(_floatParameters, _floatGradient, LearningRate);
}
