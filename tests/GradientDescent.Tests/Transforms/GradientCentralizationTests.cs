namespace GradientDescent.Tests.Transforms;

public sealed class GradientCentralizationTests
{
    [Fact]
    public void Apply_ShiftsTheRowsOfMatricesOfWeightsOnly()
    {
        var layout = new ParameterLayout(
            new ParameterBlock("W", rows: 2, columns: 3), new ParameterBlock("b", rows: 2, role: ParameterRole.Bias),
            new ParameterBlock("one output", rows: 1, columns: 2), new ParameterBlock("positions", 2, 2, ParameterRole.Other));
        double[] gradient = [1, 2, 6, -1, 0, 4, 5, 6, 7, 8, 1, 2, 3, 4];

        new GradientCentralization().Apply(new GradientContext(gradient, new double[14], layout));

        gradient.Should().Equal(-2, -1, 3, -2, -1, 3, 5, 6, 7, 8, 1, 2, 3, 4);
    }

    [Fact]
    public void Fit_OfANetwork_KeepsTheSumOfTheWeightsIntoEachUnit()
    {
        Dataset data = Dataset.From([[1, 2, 0], [0, 1, 5], [3, 1, 1], [2, 2, 2]], [1.0, 0, 4, 2]);
        var network = new FeedForwardNetwork(ModelTask.Regression, new DenseLayer(4, Activation.Tanh), new DenseLayer(1));
        double[] start = new double[network.Layout(3).Count];
        network.Initialize(start, seed: 0);
        var options = new TrainingOptions
        {
            MaxSteps = 50,
            Batching = Batching.Full,
            GradientTransforms = [new GradientCentralization()],
        };
        var fitOptions = new FitOptions { Scaling = FeatureScaling.None, Start = [.. start] };

        TrainingResult result = new Trainer(new MiniBatchSGD(0.05), options).Fit(network, data, options: fitOptions);

        for (int unit = 0; unit < 4; unit++)
        {
            // 50 steps, each with roundings of some 2^-53 of weights and gradients of size 1
            double sum = start[(3 * unit)..(3 * unit + 3)].Sum();
            result.OptimizedParameters.AsSpan(3 * unit, 3).ToArray().Sum().Should().BeApproximately(sum, 1e-13);
        }
    }
}
