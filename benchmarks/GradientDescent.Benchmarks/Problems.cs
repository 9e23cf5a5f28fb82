namespace GradientDescent.Benchmarks;

/// <summary>Synthetic data: only their shape matters to the time, and that training on them does not diverge.</summary>
internal static class Problems
{
    public const int RegressionSamples = 200_000, RegressionFeatures = 100;
    public const int ImageSamples = 60_000, ImagePixels = 784, ImageClasses = 10;

    /// <summary>Features of variance 1; the targets are a linear function of them and some noise.</summary>
    public static (double[] Features, double[] Targets) RegressionArrays(int sampleCount)
    {
        var random = new Random(1);
        double[] coefficients = Uniform(random, RegressionFeatures);
        double[] features = Uniform(random, sampleCount * RegressionFeatures);
        double[] targets = new double[sampleCount];
        for (int i = 0; i < sampleCount; i++)
        {
            targets[i] = 0.1 * (random.NextDouble() - 0.5);
            for (int j = 0; j < RegressionFeatures; j++)
                targets[i] += coefficients[j] * features[i * RegressionFeatures + j];
        }

        return (features, targets);
    }

    public static Dataset RegressionData(int sampleCount)
    {
        (double[] features, double[] targets) = RegressionArrays(sampleCount);
        return Dataset.From(features, RegressionFeatures, targets);
    }

    public static EmpiricalRisk Regression(int sampleCount) =>
        new(new LinearRegression(), new MeanSquaredError(), RegressionData(sampleCount));

    /// <summary>As large as the MNIST training set: 784 pixels from 0 to 1, ten classes.</summary>
    public static EmpiricalRisk Images(int sampleCount, NumericPrecision precision = NumericPrecision.Double) =>
        new(new SoftmaxRegression(ImageClasses), new CategoricalCrossEntropy(), ImageData(sampleCount, precision));

    /// <summary>The same images for a network of 128 hidden units.</summary>
    public static EmpiricalRisk Network(int sampleCount, NumericPrecision precision = NumericPrecision.Single)
    {
        var network = new FeedForwardNetwork(
            ModelTask.Classification, new DenseLayer(128, Activation.ReLU), new DenseLayer(ImageClasses));
        return new(network, new CategoricalCrossEntropy(), ImageData(sampleCount, precision));
    }

    /// <summary>The training of a network of this many epochs, from random weights.</summary>
    public static TrainingResult TrainNetwork(EmpiricalRisk risk, IOptimizer optimizer, TrainingOptions options, int epochs)
    {
        double[] start = new double[risk.ParameterCount];
        foreach (ParameterBlock block in risk.Layout.Blocks)
            RandomWeights(block.Of(start.AsSpan()), block);
        TrainingResult result = new Trainer(optimizer, options with { MaxEpochs = epochs }).Minimize(risk, start);
        return result.Reason == StopReason.MaxEpochs ? result : throw new InvalidOperationException($"The run ended early: {result}");
    }

    private static void RandomWeights(Span<double> weights, ParameterBlock block)
    {
        var random = new Random(block.Start);
        double width = block.Role == ParameterRole.Bias ? 0 : Math.Sqrt(6.0 / block.Columns);
        foreach (ref double weight in weights)
            weight = width * (2 * random.NextDouble() - 1);
    }

    private static Dataset ImageData(int sampleCount, NumericPrecision precision)
    {
        var random = new Random(2);
        double[] features = new double[sampleCount * ImagePixels];
        for (int i = 0; i < features.Length; i++)
            features[i] = random.NextDouble();
        double[] targets = new double[sampleCount];
        for (int i = 0; i < sampleCount; i++)
            targets[i] = random.Next(ImageClasses);
        return Dataset.From(features, ImagePixels, targets).WithPrecision(precision);
    }

    /// <summary>The training of this many epochs; a run that ended early would look fast, so it throws.</summary>
    public static TrainingResult Train(IStochasticObjective objective, IOptimizer optimizer, TrainingOptions options, int epochs)
    {
        var trainer = new Trainer(optimizer, options with { MaxEpochs = epochs });
        TrainingResult result = trainer.Minimize(objective, new double[objective.ParameterCount]);
        return result.Reason == StopReason.MaxEpochs ? result : throw new InvalidOperationException($"The run ended early: {result}");
    }

    private static double[] Uniform(Random random, int length)
    {
        double halfWidth = Math.Sqrt(3);
        double[] values = new double[length];
        for (int i = 0; i < length; i++)
            values[i] = halfWidth * (2 * random.NextDouble() - 1);
        return values;
    }
}
