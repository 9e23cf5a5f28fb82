#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// An optimizer of your own: Lion (Chen et al. 2023) moves every coordinate by the rate, in the direction of a mean of gradients.
// v ← β₁m + (1 − β₁)g;  θ ← θ − η·sign(v);  m ← β₂m + (1 − β₂)g
using GradientDescent;

var data = Dataset.From([1.0, 2, 3, 4, 5, 6], [3.0, 5, 7, 9, 11, 13]);
var options = new TrainingOptions { MaxEpochs = 300, Schedule = new CosineDecay(Horizon.Fraction(1)) };
var model = new LinearRegression();
TrainingResult result = new Trainer(new Lion(0.02), options).Fit(model, data);
Console.WriteLine($"{result.Reason}: y = {model.Intercepts[0]:F2} + {model.Weights[0]:F2} x");

internal sealed class Lion(double learningRate, double beta1 = 0.9, double beta2 = 0.99) : IOptimizer
{
    private double[] _mean = [];

    public double LearningRate => learningRate;
    public Batching Batching => Batching.Mini(32);
    public long StepCount { get; private set; }

    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double rate)
    {
        if (StepCount == 0)
            _mean = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] -= rate * Math.Sign(beta1 * _mean[i] + (1 - beta1) * gradient[i]);
            _mean[i] = beta2 * _mean[i] + (1 - beta2) * gradient[i];
        }

        StepCount++;
    }

    public IOptimizer CreateNew() => new Lion(learningRate, beta1, beta2);

    // With these two a run can be resumed, with the bits of one that was not interrupted.
    public OptimizerState GetState() =>
        new(nameof(Lion), StepCount, vectors: [new("mean", [.. _mean])]);

    public void SetState(OptimizerState state)
    {
        if (state.Algorithm != nameof(Lion))
            throw new ArgumentException($"The state is {state.Algorithm}'s.", nameof(state));
        (_mean, StepCount) = ([.. state.Vectors["mean"]], state.StepCount);
    }
}

// Prints:
// MaxEpochs: y = 1.00 + 2.00 x
