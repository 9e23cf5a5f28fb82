using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Networks;

/// <summary>The gradient of a network is that of its formula, whatever the shapes, the precision and the cut into batches.</summary>
public class NetworkGradientTests
{
    public static TheoryData<string, Activation> Cases
    {
        get
        {
            var cases = new TheoryData<string, Activation>();
            foreach (string loss in TapeNetwork.Losses.Keys)
            {
                foreach (Activation activation in Enum.GetValues<Activation>())
                    cases.Add(loss, activation);
            }

            return cases;
        }
    }

    // The unit of rounding is 1e-16 in double and 6e-8 in float. The longest chain has 37 products, whose errors add up to at most 37 units
    // of the sum of sizes, and there are three layers each way; the entries are compared with the largest one of the gradient.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_OfEachActivationAndLoss_IsThatOfTheTape(string name, Activation activation)
    {
        LossFormula loss = TapeNetwork.Losses[name];
        Dataset data = Data(37, 5, loss.Target);
        var network = new FeedForwardNetwork(
            ModelTask.Regression, new DenseLayer(34, activation), new DenseLayer(7, activation), new DenseLayer(loss.Outputs));
        double[] parameters = Start(network, 5);
        (double expectedLoss, double[] expected) = Evaluate(TapeNetwork.Risk(network, loss, data), parameters);

        (double wideLoss, double[] wide) = Evaluate(new EmpiricalRisk(network, loss.Loss, data), parameters);
        (double narrowLoss, double[] narrow) =
            Evaluate(new EmpiricalRisk(network, loss.Loss, data.WithPrecision(NumericPrecision.Single)), parameters);

        double size = expected.Max(Math.Abs);
        size.Should().BeGreaterThan(1e-3);
        wideLoss.Should().BeApproximately(expectedLoss, 1e-12 * Math.Abs(expectedLoss));
        narrowLoss.Should().BeApproximately(expectedLoss, 1e-5 * Math.Abs(expectedLoss));
        wide.ShouldBeWithin(expected, 0, 1e-12 * size);
        narrow.ShouldBeWithin(expected, 0, 1e-5 * size);
    }

    [Theory]
    [InlineData(Activation.ReLU)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void Gradient_WithAnActivationOfTheScores_IsThatOfTheTape(Activation last)
    {
        LossFormula loss = TapeNetwork.Losses["squared error"];
        Dataset data = Data(20, 3, loss.Target);
        var network = new FeedForwardNetwork(ModelTask.Regression, new DenseLayer(4, Activation.Tanh), new DenseLayer(1, last));
        double[] parameters = Start(network, 3);
        (_, double[] expected) = Evaluate(TapeNetwork.Risk(network, loss, data), parameters);

        (_, double[] gradient) = Evaluate(new EmpiricalRisk(network, loss.Loss, data), parameters);

        gradient.ShouldBeWithin(expected, 0, 1e-12 * expected.Max(Math.Abs));
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void Gradient_WhereAnActivationIsFlat_KeepsItsDigits(Activation activation)
    {
        // 1 − tanh² or σ(1 − σ), computed from the output, would have no digit left.
        var network = new FeedForwardNetwork(ModelTask.Regression, new DenseLayer(1, activation), new DenseLayer(1));
        LossFormula loss = TapeNetwork.Losses["squared error"];
        Dataset data = Dataset.From([[1.0]], [0.0]);
        double[] parameters = [18.0, 0, 1, 0];
        (_, double[] expected) = Evaluate(TapeNetwork.Risk(network, loss, data), parameters);

        (_, double[] gradient) = Evaluate(new EmpiricalRisk(network, loss.Loss, data), parameters);

        gradient.ShouldBeWithin(expected, 1e-12);
    }

    private static readonly Arbitrary<Shape> _shapes = (
        from rows in Gen.Choose(1, 300)
        from columns in Gen.Choose(1, 70)
        from units in Gen.Choose(1, 70)
        from outputs in Gen.Choose(1, 4)
        from activation in Gen.Elements(Enum.GetValues<Activation>())
        from precision in Gen.Elements(Enum.GetValues<NumericPrecision>())
        from weighted in Gen.Elements(true, false)
        select new Shape(rows, columns, units, outputs, activation, precision, weighted)).ToArbitrary();

    [Fact]
    public void Gradient_OfABatch_IsTheWeightedMeanOfTheSamples() => Prop.ForAll(_shapes, shape =>
    {
        (EmpiricalRisk risk, double[] parameters) = shape.NewRisk();
        double[] expected = new double[parameters.Length], own = new double[parameters.Length];
        double weights = 0;
        for (int i = 0; i < risk.SampleCount; i++)
        {
            Array.Clear(own);
            weights += risk.Add(parameters, SampleBatch.FromRange(i, 1), own).Weight;
            for (int j = 0; j < own.Length; j++)
                expected[j] += own[j];
        }

        (_, double[] gradient) = Evaluate(risk, parameters);

        gradient.ShouldBeWithin(expected.Select(sum => sum / weights), 0, shape.Tolerance * Math.Max(1e-3, gradient.Max(Math.Abs)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Gradient_OfTwoHalves_AddsUpToTheBatch() => Prop.ForAll(_shapes, shape =>
    {
        (EmpiricalRisk risk, double[] parameters) = shape.NewRisk();
        double[] whole = new double[parameters.Length], halves = new double[parameters.Length];
        int half = risk.SampleCount / 2;

        LossSum sum = risk.Add(parameters, SampleBatch.FromRange(0, risk.SampleCount), whole);
        LossSum ofHalves = risk.Add(parameters, SampleBatch.FromRange(0, half), halves)
            + risk.Add(parameters, SampleBatch.FromRange(half, risk.SampleCount - half), halves);

        halves.ShouldBeWithin(whole, 0, shape.Tolerance * Math.Max(1e-3, whole.Max(Math.Abs)));
        ofHalves.Loss.Should().BeApproximately(sum.Loss, shape.Tolerance * Math.Abs(sum.Loss));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Gradient_OnTwoThreads_HasTheBitsOfOne() => Prop.ForAll(_shapes, shape =>
    {
        (EmpiricalRisk one, double[] parameters) = shape.NewRisk();
        (EmpiricalRisk two, _) = shape.NewRisk(threads: 2);

        (double loss, double[] gradient) = Evaluate(one, parameters);
        (double lossOfTwo, double[] ofTwo) = Evaluate(two, parameters);

        ofTwo.Should().Equal(gradient);
        lossOfTwo.Should().Be(loss);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Loss_WithoutAGradient_HasTheSameBits() => Prop.ForAll(_shapes, shape =>
    {
        (EmpiricalRisk risk, double[] parameters) = shape.NewRisk();

        Objective.Full(risk).Evaluate(parameters, []).Should().Be(Evaluate(risk, parameters).Loss);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    internal static (double Loss, double[] Gradient) Evaluate(IStochasticObjective risk, double[] parameters)
    {
        double[] gradient = new double[parameters.Length];
        return (Objective.Full(risk).Evaluate(parameters, gradient), gradient);
    }

    internal static Dataset Data(int rows, int columns, Func<int, double> target, double[]? weights = null) => Dataset.From(
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns)
            .Select(j => (double)(float)Math.Sin(7 * i + 5 * j * j + 1)).ToArray())],
        [.. Enumerable.Range(0, rows).Select(target)], weights);

    internal static double[] Start(FeedForwardNetwork network, int columns)
    {
        double[] parameters = new double[network.Layout(columns).Count];
        network.Initialize(parameters, seed: 3);
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] += 0.1 * Math.Sin(i);
        return parameters;
    }

    private sealed record Shape(
        int Rows, int Columns, int Units, int Outputs, Activation Activation, NumericPrecision Precision, bool IsWeighted)
    {
        // Sums of at most 300 terms in two orders, in units of rounding.
        public double Tolerance => Precision == NumericPrecision.Single ? 300 * 1.2e-7 : 300 * 2.3e-16;

        public (EmpiricalRisk Risk, double[] Parameters) NewRisk(int threads = 1)
        {
            var network = new FeedForwardNetwork(ModelTask.Classification,
                new DenseLayer(Units, Activation), new DenseLayer(Outputs + 1));
            double[]? weights = IsWeighted ? [.. Enumerable.Range(0, Rows).Select(i => (i + 1) % 3 * 0.5)] : null;
            Dataset data = Data(Rows, Columns, i => i % (Outputs + 1), weights).WithPrecision(Precision);
            var risk = new EmpiricalRisk(network, new CategoricalCrossEntropy(), data)
            {
                MaxDegreeOfParallelism = threads,
                ParallelThreshold = 0,
            };
            return (risk, Start(network, Columns));
        }
    }
}
