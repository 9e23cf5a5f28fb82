namespace GradientDescent.Benchmarks.Compare;

/// <summary>What a second thread brings, to updates of a long vector and to a full gradient.</summary>
internal static class ThreadTimes
{
    private const double LearningRate = 1e-9; // so small that the parameters stay where they are

    public static void Print(int n, int samples)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            PrintUpdate(n, samples, threads);
            PrintGradient(samples, threads);
        }
    }

    private static void PrintUpdate(int n, int samples, int threads)
    {
        var optimizer = new Adam { MaxDegreeOfParallelism = threads };
        double[] parameters = new double[n], gradient = [.. Enumerable.Range(0, n).Select(i => 1e-3 * (i % 7))];
        void Work() => optimizer.Update(parameters, gradient, LearningRate);
        Stopclock.WarmUp(Work);
        Stopclock.Print($"Adam/double/{threads} threads", n, 1e9 / n * Stopclock.Median(samples, () => Stopclock.Seconds(Work)));
    }

    private static void PrintGradient(int samples, int threads)
    {
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Problems.RegressionData(Problems.RegressionSamples))
        {
            MaxDegreeOfParallelism = threads,
        };
        IObjective full = Objective.Full(risk);
        double[] parameters = new double[risk.ParameterCount], gradient = new double[risk.ParameterCount];
        void Work() => full.Evaluate(parameters, gradient);
        Stopclock.WarmUp(Work);
        Stopclock.Print(
            $"gradient/{threads} threads", Problems.RegressionSamples, 1e3 * Stopclock.Median(samples, () => Stopclock.Seconds(Work)));
    }
}
