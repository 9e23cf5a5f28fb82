namespace GradientDescent.Tests.Support;

/// <summary>Steps in a loop of one's own: evaluate, make a context, update.</summary>
internal static class Stepping
{
    /// <summary>The rate factor of a step, as a schedule might give it.</summary>
    public static double FactorAt(int t) => 1.0 / (1 + t % 3);

    public static void Steps(this IOptimizer optimizer, IObjective objective, double[] parameters, int first, int count)
    {
        double[] gradient = new double[parameters.Length];
        for (int t = first; t < first + count; t++)
            optimizer.Step(objective, parameters, gradient, FactorAt(t));
    }

    /// <summary>Makes steps without a schedule.</summary>
    public static void Steps(this IOptimizer optimizer, IObjective objective, double[] parameters, int count)
    {
        double[] gradient = new double[parameters.Length];
        for (int t = 0; t < count; t++)
            optimizer.Step(objective, parameters, gradient);
    }

    public static void Step(this IOptimizer optimizer, IObjective objective, double[] parameters, double[] gradient, double factor = 1)
    {
        double loss = objective.Evaluate(parameters, gradient);
        var context = new UpdateContext(parameters, gradient, optimizer.LearningRate * factor, loss, objective, factor);
        optimizer.Update(ref context);
    }
}

/// <summary>½ Σ cᵢ(θᵢ − aᵢ)². Counts its evaluations and remembers the last point.</summary>
internal sealed class Quadratic(double[] curvatures, double[] centres, ParameterLayout? layout = null) : IObjective
{
    public ParameterLayout? Layout => layout;

    public int Evaluations { get; private set; }

    public double[] LastPoint { get; } = new double[curvatures.Length];

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        Evaluations++;
        parameters.CopyTo(LastPoint);
        double sum = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            double error = parameters[i] - centres[i];
            sum += curvatures[i] * error * error / 2;
            if (!gradient.IsEmpty)
                gradient[i] = curvatures[i] * error;
        }

        return sum;
    }
}

/// <summary>An optimizer whose step is a function: what a user might write.</summary>
internal sealed class FunctionOptimizer(FunctionOptimizer.Step step, double learningRate = 0.125, Batching batching = default) : IOptimizer
{
    public delegate void Step(ref UpdateContext context);

    public double LearningRate => learningRate;

    public Batching Batching => batching;

    public long StepCount { get; private set; }

    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate) => throw new NotSupportedException();

    public void Update(ref UpdateContext context)
    {
        step(ref context);
        StepCount++;
    }

    public IOptimizer CreateNew() => new FunctionOptimizer(step, learningRate, batching);

    public OptimizerState GetState() => new(nameof(FunctionOptimizer), StepCount);

    public void SetState(OptimizerState state) => StepCount = state.StepCount;
}
