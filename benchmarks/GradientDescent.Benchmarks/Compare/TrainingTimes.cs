namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// Milliseconds of full gradients, of epochs through the public trainer and of whole fits of one epoch. The time of an epoch is half the
/// difference between three epochs and one: it holds no set-up.
/// </summary>
internal static class TrainingTimes
{
    public static void Print(int samples)
    {
        Stopclock.WarmUp(TrainBriefly);
        PrintGradients(samples);
        PrintRegression(samples);
        PrintTallRegression(samples);
        PrintSoftmax(samples);
    }

    private static void TrainBriefly()
    {
        EmpiricalRisk line = Problems.Regression(500), classes = Problems.Images(100);
        foreach (SampleOrder order in new[] { SampleOrder.Sequential, SampleOrder.Shuffled })
        {
            var options = new TrainingOptions { Order = order };
            Problems.Train(line, new SGD(0.001), options, 3);
            Problems.Train(line, new Adam(), options, 3);
            Problems.Train(classes, new Adam(), options, 30);
        }
    }

    private static void PrintGradients(int samples)
    {
        (double[] features, double[] targets) = Problems.RegressionArrays(Problems.RegressionSamples);
        Print("read", samples, () => Reading.Sum(features));
        var products = new MathNetGradient(features, targets);
        Print("gradient/MathNet", Math.Min(samples, 3), () => products.AsWritten());
        Print("gradient/MathNet without transpose", Math.Min(samples, 3), () => products.WithoutTranspose());
    }

    private static void PrintRegression(int samples)
    {
        Dataset data = Problems.RegressionData(Problems.RegressionSamples);
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data);
        IObjective full = Objective.Full(risk);
        double[] parameters = new double[risk.ParameterCount], gradient = new double[risk.ParameterCount];
        Print("gradient", samples, () => full.Evaluate(parameters, gradient));
        IObjective narrow = Objective.Full(
            new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data.WithPrecision(NumericPrecision.Single)));
        Print("gradient/float features", samples, () => narrow.Evaluate(parameters, gradient));

        foreach (SampleOrder order in new[] { SampleOrder.Sequential, SampleOrder.Shuffled })
        {
            string suffix = Named(order);
            PrintEpoch($"SGD/{suffix}", samples, risk, new SGD(0.001), new TrainingOptions { Order = order });
            PrintFit($"SGD fit/{suffix}", samples, data, new TrainingOptions { Order = order, MaxEpochs = 1 });
            PrintEpoch($"Adam 32/{suffix}", samples, risk, new Adam(), new TrainingOptions { Order = order });
        }
    }

    private static void PrintTallRegression(int samples)
    {
        (double[] features, double[] targets) = HashedNumbers.Arrays(Jobs.TallRows, Jobs.TallColumns, HashedNumbers.Score);
        Dataset data = Dataset.From(features, Jobs.TallColumns, targets);
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data);
        foreach (SampleOrder order in new[] { SampleOrder.Sequential, SampleOrder.Shuffled })
            PrintEpoch($"SGD/{Named(order)}", samples, risk, new SGD(0.001), new TrainingOptions { Order = order });
    }

    private static string Named(SampleOrder order) => order == SampleOrder.Shuffled ? "shuffled" : "in order";

    private static void PrintSoftmax(int samples)
    {
        var options = new TrainingOptions { Batching = Batching.Mini(128) };
        PrintEpoch("softmax", samples, Problems.Images(Problems.ImageSamples), new Adam(), options);
        PrintEpoch("softmax/float features", samples, Problems.Images(Problems.ImageSamples, NumericPrecision.Single), new Adam(), options);
    }

    private static void Print(string name, int samples, Action work)
    {
        Stopclock.Seconds(work);
        Stopclock.Print(name, Problems.RegressionSamples, 1e3 * Stopclock.Median(samples, () => Stopclock.Seconds(work)));
    }

    private static void PrintFit(string name, int samples, Dataset data, TrainingOptions options)
    {
        var raw = new FitOptions { Scaling = FeatureScaling.None };
        Print(name, samples, () => new Trainer(new SGD(0.001), options).Fit(new LinearRegression(), data, options: raw));
    }

    private static void PrintEpoch(string name, int samples, EmpiricalRisk risk, Optimizer optimizer, TrainingOptions options)
    {
        Elapsed(1);
        Stopclock.Print(name, risk.SampleCount, Stopclock.Median(samples, () => (Elapsed(3) - Elapsed(1)) / 2));

        double Elapsed(int epochs) => Problems.Train(risk, optimizer, options, epochs).Elapsed.TotalMilliseconds;
    }
}
