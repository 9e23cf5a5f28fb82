using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Networks;

/// <summary>Dropout: the same mask whenever a batch of training is evaluated, and none where the network is measured.</summary>
public class DropoutTests
{
    private const int Columns = 4, Units = 50;

    private static readonly Dataset _data = NetworkGradientTests.Data(300, Columns, i => Math.Sin(i));

    private static FeedForwardNetwork Network(double dropout) => new(ModelTask.Regression,
        new DenseLayer(Units, Activation.Sigmoid) { Dropout = dropout }, new DenseLayer(1));

    [Fact]
    public void Add_OfABatchAgain_HasTheSameMask()
    {
        (EmpiricalRisk risk, double[] parameters) = Risk(0.5);
        double[] first = new double[parameters.Length], second = new double[parameters.Length];

        LossSum loss = Add(risk, parameters, first, seed: 7);
        Add(risk, parameters, new double[parameters.Length], seed: 8); // another batch in between

        Add(risk, parameters, second, seed: 7).Should().Be(loss);
        Add(risk, parameters, [], seed: 7).Should().Be(loss);
        second.Should().Equal(first);
    }

    [Fact]
    public void Add_OfAnotherBatch_HasAnotherMask()
    {
        (EmpiricalRisk risk, double[] parameters) = Risk(0.5);

        Add(risk, parameters, [], seed: 8).Should().NotBe(Add(risk, parameters, [], seed: 7));
    }

    [Fact]
    public void Add_OfASampleInAnotherBatch_HasTheSameMask()
    {
        // The mask belongs to the sample, so a part of a batch has the masks of the whole.
        (EmpiricalRisk risk, double[] parameters) = Risk(0.5);
        double whole = Add(risk, parameters, [], seed: 7, count: 20).Loss;

        double parts = Add(risk, parameters, [], seed: 7, count: 8).Loss + Add(risk, parameters, [], seed: 7, start: 8, count: 12).Loss;

        parts.Should().BeApproximately(whole, 1e-12 * whole); // sums of 20 positive terms
    }

    [Fact]
    public void Add_WithoutASeed_IsThatOfTheNetworkWithoutDropout()
    {
        (EmpiricalRisk risk, double[] parameters) = Risk(0.5);
        (EmpiricalRisk without, _) = Risk(0);
        double[] gradient = new double[parameters.Length], expected = new double[parameters.Length];

        Add(risk, parameters, gradient, seed: null).Should().Be(Add(without, parameters, expected, seed: null));

        gradient.Should().Equal(expected);
        Objective.Full(risk).Evaluate(parameters, []).Should().Be(Objective.Full(without).Evaluate(parameters, []));
    }

    [Fact]
    public void Gradient_WithAMask_IsTheDerivativeOfTheLossWithThatMask()
    {
        (EmpiricalRisk risk, double[] parameters) = Risk(0.4);
        double[] gradient = new double[parameters.Length];
        Add(risk, parameters, gradient, seed: 7);

        // Central differences: h = 1e-5 has an error of about h² of the third derivative and 1e-16/h of rounding, both near 1e-10 here.
        for (int j = 0; j < parameters.Length; j += 17)
        {
            double[] moved = [.. parameters];
            moved[j] = parameters[j] + 1e-5;
            double above = Add(risk, moved, [], seed: 7).Loss;
            moved[j] = parameters[j] - 1e-5;
            double below = Add(risk, moved, [], seed: 7).Loss;
            gradient[j].Should().BeApproximately((above - below) / 2e-5, 1e-6);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Scores_OverManyMasks_HaveTheExpectationOfTheNetworkWithoutDropout(double dropout)
    {
        // With an identity as the loss' derivative: the gradient of the last weights is Σ outputs · 2(ŷ − y). With last weights of 0, ŷ is
        // the bias, so the gradient by a weight is 2(b − y) times the sum of masked outputs.
        FeedForwardNetwork network = Network(dropout);
        Dataset data = Dataset.From([.. Enumerable.Range(0, 300).Select(i => _data.Features(i).ToArray())], new double[300]);
        var risk = new EmpiricalRisk(network, new MeanSquaredError(), data);
        ParameterLayout layout = network.Layout(Columns);
        double[] parameters = NetworkGradientTests.Start(network, Columns);
        layout["layer2.weight"].Of(parameters.AsSpan()).Clear();
        layout["layer2.bias"].Of(parameters.AsSpan())[0] = 0.5; // 2(b − y) = 1
        double[] expected = new double[parameters.Length], mean = new double[parameters.Length], own = new double[parameters.Length];
        Add(risk, parameters, expected, seed: null, count: 300);
        const int Masks = 40;
        for (int seed = 0; seed < Masks; seed++)
        {
            Array.Clear(own);
            Add(risk, parameters, own, seed, count: 300);
            for (int j = 0; j < own.Length; j++)
                mean[j] += own[j] / Masks;
        }

        // Each unit has Masks · 300 masks of variance p/(1 − p) relative to an output: five standard errors, and the outputs vary little.
        double tolerance = 5 * Math.Sqrt(dropout / (1 - dropout) / (Masks * 300)) * 1.5;
        ParameterBlock last = layout["layer2.weight"];
        last.Of(mean.AsSpan()).ToArray().ShouldBeWithin(last.Of(expected.AsSpan()).ToArray(), tolerance);
    }

    [Fact]
    public void Fit_WithDropout_MeasuresItsResultWithoutMasks()
    {
        FeedForwardNetwork network = Network(0.5);
        var options = new TrainingOptions { MaxEpochs = 3, Batching = Batching.Mini(50) };

        TrainingResult result = new Trainer(new Adam(0.01), options).Fit(network, _data);

        (EmpiricalRisk without, _) = Risk(0);
        result.Loss.Should().Be(Objective.Full(without).Evaluate(network.Parameters.AsSpan(), []));
    }

    [Fact]
    public void Fit_WithTheOptimizerEvaluatingAgain_SeesTheSameMask()
    {
        // With radius 0, sharpness-aware minimisation evaluates the same batch twice at the same point: only the same mask gives plain SGD.
        var options = new TrainingOptions { MaxEpochs = 2, Batching = Batching.Mini(50) };
        FeedForwardNetwork plain = Network(0.5), again = Network(0.5);

        new Trainer(new MiniBatchSGD(0.05), options).Fit(plain, _data);
        new Trainer(new EvaluatesAgain(new MiniBatchSGD(0.05)), options).Fit(again, _data);

        again.Parameters.Should().Equal(plain.Parameters);
    }

    private static (EmpiricalRisk Risk, double[] Parameters) Risk(double dropout)
    {
        FeedForwardNetwork network = Network(dropout);
        return (new EmpiricalRisk(network, new MeanSquaredError(), _data), NetworkGradientTests.Start(network, Columns));
    }

    private static LossSum Add(EmpiricalRisk risk, double[] parameters, double[] gradient, long? seed, int start = 0, int count = 200) =>
        risk.Add(parameters, SampleBatch.FromRange(start, count) with { RandomSeed = seed }, gradient);

    /// <summary>Replaces the gradient by that of a second evaluation of the same batch.</summary>
    private sealed class EvaluatesAgain(IOptimizer inner) : OptimizerWrapper(inner)
    {
        public override void Update(ref UpdateContext context)
        {
            context.Evaluate(context.Parameters, context.Gradient);
            Inner.Update(ref context);
            StepCount++;
        }

        public override IOptimizer CreateNew() => new EvaluatesAgain(Inner.CreateNew());
    }
}
