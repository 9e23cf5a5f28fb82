using System.Numerics;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Differentiation;

/// <summary>Sums over samples of a formula.</summary>
public sealed class FormulaRiskTests
{
    private const int SampleCount = 700, FeatureCount = 3;

    // Multiples of 1/4 and 1/8: a linear model's squared errors and their sums are exact.
    private static readonly double[][] _features =
    [
        .. Enumerable.Range(0, SampleCount)
            .Select(i => Enumerable.Range(0, FeatureCount).Select(j => (i * (j + 3) % 17 - 8) / 4.0).ToArray()),
    ];

    private static readonly double[] _targets = [.. Enumerable.Range(0, SampleCount).Select(i => i * 7 % 13 / 8.0)];
    private static readonly double[] _weights = [.. Enumerable.Range(0, SampleCount).Select(i => (double)(i % 3))];
    private static readonly double[] _at = [0.5, -1.25, 2, 0.75];

    /// <summary>(w·x + b − y)².</summary>
    private readonly struct SquaredError : ISampleFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> p, ReadOnlySpan<double> x, double y) where T : unmanaged, IFloatingPointIeee754<T>
        {
            T error = Formula.Dot(p[..x.Length], x) + p[x.Length] - T.CreateChecked(y);
            return error * error;
        }
    }

    /// <summary>The same with nine more parameters, which is too many for dual numbers.</summary>
    private readonly struct SquaredErrorOfMany : ISampleFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> p, ReadOnlySpan<double> x, double y) where T : unmanaged, IFloatingPointIeee754<T> =>
            new SquaredError().Evaluate(p[..4], x, y) + p[12] * p[12];
    }

    private static Variable ByVariables(ReadOnlySpan<Variable> p, ReadOnlySpan<double> x, double y) =>
        new SquaredError().Evaluate(p, x, y);

    private static IStochasticObjective New(string form, Dataset data, int threads = 1) => form switch
    {
        "lambda" => Objective.Differentiable(data, 4, ByVariables, maxDegreeOfParallelism: threads),
        _ => Objective.Differentiable(data, 4, new SquaredError(), maxDegreeOfParallelism: threads),
    };

    private static Dataset Data(bool weighted) =>
        weighted ? Dataset.From(_features, _targets, _weights) : Dataset.From(_features, _targets);

    [Theory]
    [InlineData("lambda", false)]
    [InlineData("lambda", true)]
    [InlineData("generic", false)]
    [InlineData("generic", true)]
    public void Add_SquaredErrors_EqualsTheLossOfTheLinearModel(string form, bool weighted)
    {
        Dataset data = Data(weighted);
        var expected = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data);
        IStochasticObjective actual = New(form, data);
        int[] samples = [3, 4, 9, 200, 699];
        double[] gradient = [1, 1, 1, 1], expectedGradient = [1, 1, 1, 1];

        actual.Add(_at, new SampleBatch(samples), gradient).Should().Be(expected.Add(_at, new SampleBatch(samples), expectedGradient));
        gradient.Should().Equal(expectedGradient);
        Objective.Full(actual).Evaluate(_at, gradient).Should().Be(Objective.Full(expected).Evaluate(_at, expectedGradient));
        gradient.Should().Equal(expectedGradient);
        Objective.Full(actual).Evaluate(_at, []).Should().Be(Objective.Full(expected).Evaluate(_at, []));
    }

    [Theory]
    [InlineData("lambda")]
    [InlineData("generic")]
    public void Evaluate_WithAnyNumberOfThreads_GivesTheSameBits(string form)
    {
        Dataset data = Dataset.From(
            [.. Enumerable.Range(0, 5000).Select(i => new[] { Math.Sin(i), Math.Cos(3 * i), Math.Sin(7 * i) })],
            [.. Enumerable.Range(0, 5000).Select(i => Math.Sin(11 * i))]);
        double[] expected = Gradients(1);
        foreach (int threads in (int[])[2, 3, 8])
            Gradients(threads).Should().Equal(expected);

        double[] Gradients(int threads)
        {
            IStochasticObjective objective = New(form, data, threads);
            double[] full = new double[4], part = new double[4];
            Objective.Full(objective).Evaluate(_at, full);
            objective.Add(_at, SampleBatch.FromRange(100, 1777), part);
            return [.. full, .. part];
        }
    }

    [Fact]
    public void Add_ManyParameters_UsesATapeWithTheSameResult()
    {
        Dataset data = Data(weighted: true);
        IStochasticObjective many = Objective.Differentiable(data, 13, new SquaredErrorOfMany());
        double[] gradient = new double[13], few = new double[4];
        double[] at = [.. _at, .. new double[8], 3];
        SampleBatch batch = SampleBatch.FromRange(0, 60);

        LossSum sum = many.Add(at, in batch, gradient);
        LossSum expected = New("generic", data).Add(_at, in batch, few);

        sum.Should().Be(expected with { Loss = expected.Loss + 9 * expected.Weight });
        gradient.Should().Equal([.. few, 0, 0, 0, 0, 0, 0, 0, 0, 6 * expected.Weight]);
    }

    [Theory]
    [InlineData("lambda")]
    [InlineData("generic")]
    public void Add_ASampleOfWeightZero_HasNoEffect(string form)
    {
        Dataset data = Dataset.From([[1e300, 1, 1], [1.0, 2, 3]], [1.0, 2], weights: [0.0, 1]);
        double[] gradient = new double[4];

        LossSum sum = New(form, data).Add([1e10, 0, 0, 0], SampleBatch.FromRange(0, 1), gradient);

        sum.Should().Be(new LossSum(0, 0));
        gradient.Should().Equal(0, 0, 0, 0);
    }

    [Theory]
    [InlineData("lambda")]
    [InlineData("generic")]
    public void Add_AfterTheFirstCalls_AllocatesNothing(string form)
    {
        IStochasticObjective objective = New(form, Data(weighted: true));
        double[] gradient = new double[4];
        IObjective full = Objective.Full(objective);
        Action work = () =>
        {
            objective.Add(_at, SampleBatch.FromRange(5, 40), gradient);
            objective.Add(_at, SampleBatch.FromRange(5, 40), []);
            full.Evaluate(_at, gradient);
        };
        work();

        AllocatedBytes.Of(work).Should().Be(0);
    }

    [Fact]
    public void Minimize_BatchesWithValidation_FindsTheLine()
    {
        // y = 2x + 1 without noise, and validation samples of the same line
        double[] x = [.. Enumerable.Range(0, 200).Select(i => i / 100.0 - 1)], held = [0.3, -0.35, 0.99];
        IStochasticObjective training = Line(x), validation = Line(held);
        var options = new TrainingOptions { MaxEpochs = 60, EarlyStopping = new EarlyStopping(patience: 40) };

        TrainingResult result = new Trainer(new Adam(0.05), options).Minimize(training, [0, 0], validation);

        result.Parameters[0].Should().BeApproximately(2, 1e-3);
        result.Parameters[1].Should().BeApproximately(1, 1e-3);

        static IStochasticObjective Line(double[] x) => Objective.Differentiable(
            Dataset.From(x, [.. x.Select(number => 2 * number + 1)]), 2, (p, x, y) => Variable.Pow(p[0] * x[0] + p[1] - y, 2));
    }

    [Fact]
    public void Minimize_WithAPenalty_AddsIt()
    {
        // (w − 3)² + (2/2)w²: 2(w − 3) + 2w = 0 at 1.5
        IStochasticObjective objective = Objective.Differentiable(
            Dataset.From([1.0], [3.0]), 1, (p, _, y) => Variable.Pow(p[0] - y, 2), new L2Penalty(2));

        new Trainer(new BatchGD(0.1)).Minimize(objective, [0]).Parameters[0].Should().BeApproximately(1.5, 1e-6);
        objective.ToString().Should().Contain("1 sample");
    }

    [Fact]
    public void Differentiable_ImpossibleArguments_AreNamed()
    {
        Dataset data = Data(weighted: false), twoTargets = Dataset.From([[1.0]], [[1.0, 2]]);
        IStochasticObjective objective = New("lambda", data);

        ((Action)(() => New("lambda", twoTargets))).Should().Throw<ArgumentException>().WithMessage("*2 targets*takes one*");
        ((Action)(() => Objective.Differentiable(data, 0, ByVariables))).Should().Throw<ArgumentException>()
            .WithParameterName("parameterCount");
        ((Action)(() => Objective.Differentiable(data, 4, ByVariables, layout: ParameterLayout.Flat(3)))).Should()
            .Throw<ArgumentException>().WithMessage("*layout has 3*parameterCount is 4*");
        ((Action)(() => New("generic", data, threads: 0))).Should().Throw<ArgumentException>()
            .WithParameterName("maxDegreeOfParallelism");
        objective.Invoking(o => o.Add([1], SampleBatch.FromRange(0, 1), [])).Should().Throw<ArgumentException>()
            .WithMessage("*1 parameters*formula has 4*");
        objective.Invoking(o => o.Add(_at, SampleBatch.FromRange(0, 1), new double[3])).Should().Throw<ArgumentException>();
        objective.Invoking(o => o.Add(_at, SampleBatch.FromRange(699, 2), [])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Evaluate_AFormulaThatThrowsOnAThread_Throws()
    {
        IStochasticObjective objective = Objective.Differentiable(
            Data(weighted: false), 1, (p, x, y) => y > 1.4 ? throw new TimeoutException() : p[0], maxDegreeOfParallelism: 4);

        ((Action)(() => Objective.Full(objective).Evaluate([1], new double[1]))).Should().Throw<TimeoutException>();
    }
}
