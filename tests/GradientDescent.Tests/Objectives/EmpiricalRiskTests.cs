namespace GradientDescent.Tests.Objectives;

public sealed class EmpiricalRiskTests
{
    private static readonly double[][] _rows = [[1, 2], [3, -1], [0.5, 4], [-2, 0.25], [1, 1]];

    private static readonly double[] _classes = [0, 1, 1, 0, 1];

    public static TheoryData<string, EmpiricalRisk, double[]> Pairs => new()
    {
        { "linear", Make(new LinearRegression(), new MeanSquaredError(), [1, -2, 3, 0.5, 7]), [0.3, -0.7, 1.1] },
        { "linear, no intercept", Make(new LinearRegression(intercept: false), new MeanSquaredError(), [1, -2, 3, 0.5, 7]), [0.3, -0.7] },
        { "two outputs", new EmpiricalRisk(new LinearRegression(2), new MeanSquaredError(),
            Dataset.From(_rows, [[1, 2], [0, 4], [3, 1], [9, 8], [0, 0.5]], [1, 2, 0.5, 0, 3])),
            [0.3, -0.7, 1.1, 0.2, 0.9, -0.4] },
        { "logistic", Make(new LogisticRegression(), new BinaryCrossEntropy(), _classes), [0.3, -0.7, 1.1] },
        { "softmax", Make(new SoftmaxRegression(3), new CategoricalCrossEntropy(), [0, 1, 2, 0, 2]),
            [0.3, -0.7, 1.1, 0.2, 0.9, -0.4, 0.6, -1.3, 0.8] },
        { "sum", new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), Dataset.From(_rows, _classes, [1, 2, 0.5, 0, 3]),
            reduction: Reduction.Sum), [0.3, -0.7, 1.1] },
    };

    // Five points with h = 2⁻¹¹: truncation h⁴/30·|f⁗′| below 10⁻¹³ for these curvatures, rounding 1.5·10u/h below 10⁻¹¹ relative to values
    // of size 1 to 10.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Add_EachModelWithItsLoss_GivesTheDerivativeOfTheValue(string pair, EmpiricalRisk risk, double[] at) =>
        GradientCheck.Run(risk, at, tolerance: 1e-9).Outcome.Should().Be(GradientCheckOutcome.Passed, pair);

    [Fact]
    public void Add_ByHand_AddsWeightedSums()
    {
        // Scores 2x + 1 at x = 1, 2: 3, 5; targets 1, 1: errors 2, 4, weights 3, 1. Σw ℓ = 3·4 + 16 = 28. Derivatives 2we: 12, 8; by w:
        // 12·1 + 8·2 = 28, by b: 20.
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1.0, 2], [1, 1], [3, 1]));
        double[] gradient = [100, 200];

        LossSum sum = risk.Add([2, 1], new SampleBatch([0, 1]), gradient);

        sum.Should().Be(new LossSum(28, 4));
        sum.Mean.Should().Be(7);
        gradient.Should().Equal(128, 220);
    }

    [Fact]
    public void Add_WithoutGradient_ReturnsTheSameBits()
    {
        EmpiricalRisk risk = Make(new LogisticRegression(), new BinaryCrossEntropy(), _classes);

        LossSum without = risk.Add([0.3, -0.7, 1.1], new SampleBatch([0, 1, 2, 3, 4]), []);

        without.Should().Be(risk.Add([0.3, -0.7, 1.1], new SampleBatch([0, 1, 2, 3, 4]), new double[3]));
    }

    [Fact]
    public void Add_Weights_AreCopies()
    {
        // Whole numbers throughout: exact in any order.
        var weighted = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1.0, 2, 3], [1, 5, 2], [2, 0, 3]));
        var copies = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1.0, 1, 3, 3, 3], [1, 1, 2, 2, 2]));
        double[] expected = new double[2], gradient = new double[2];
        double value = Objective.Full(copies).Evaluate([3, -1], expected);

        Objective.Full(weighted).Evaluate([3, -1], gradient).Should().Be(value);

        gradient.Should().Equal(expected);
    }

    [Fact]
    public void Add_SumReductionFullBatch_IsTheWeightedSum()
    {
        // The sums of Add_ByHand, not divided.
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1.0, 2], [1, 1], [3, 1]),
            reduction: Reduction.Sum);
        double[] gradient = new double[2];

        double value = Objective.Full(risk).Evaluate([2, 1], gradient);

        value.Should().Be(28);
        gradient.Should().Equal(28, 20);
    }

    [Fact]
    public void Add_SumReductionOfABatch_IsScaledUpToTheWhole()
    {
        // Sample 0 alone: 3·4 = 12 of weight 3 of 4: 12·4/3 = 16. Sample 1 alone: 16·4 = 64. Weighted by their share, ¾·16 + ¼·64 = 28:
        // right on average.
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1.0, 2], [1, 1], [3, 1]),
            reduction: Reduction.Sum);

        LossSum first = risk.Add([2, 1], new SampleBatch([0]), []), second = risk.Add([2, 1], new SampleBatch([1]), []);
        (first.Weight, second.Weight).Should().Be((3, 1));
        (risk.Scale * first.Mean, risk.Scale * second.Mean).Should().Be((16, 64));
    }

    [Fact]
    public void Add_SumReductionOfBatches_IsUnbiased()
    {
        // Six samples in three batches of two: the mean of the batches' values and gradients is that of the whole.
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1.0, 2, 3, 4, 5, 6], [0, 1, 0, 2, 5, 1]),
            reduction: Reduction.Sum);
        double[] whole = new double[2], batches = new double[2];
        double expected = Objective.Full(risk).Evaluate([1, 2], whole);

        double value = 0;
        for (int i = 0; i < 3; i++)
        {
            double[] gradient = new double[2];
            LossSum sum = risk.Add([1, 2], new SampleBatch([2 * i, 2 * i + 1]), gradient);
            value += risk.Scale * sum.Mean / 3;
            batches = [.. batches.Zip(gradient, (total, g) => total + risk.Scale * g / sum.Weight / 3)];
        }

        // A dozen roundings of 2⁻⁵³ each.
        value.Should().BeApproximately(expected, 1e-12 * expected);
        batches.Should().Equal(whole, (a, e) => Math.Abs(a - e) <= 1e-12 * Math.Abs(e));
    }

    [Fact]
    public void Add_SeveralTargets_AveragesOverThem()
    {
        // Scores x, 2x at x = 3 are 3, 6; targets 1, 2: squares 4, 16, mean 10. Derivatives 2·2/2 = 2 and 2·4/2 = 4; times x: 6, 12.
        var risk = new EmpiricalRisk(new LinearRegression(2, intercept: false), new MeanSquaredError(), Dataset.From([[3.0]], [[1.0, 2]]));
        double[] gradient = new double[2];

        LossSum sum = risk.Add([1, 2], new SampleBatch([0]), gradient);

        sum.Should().Be(new LossSum(10, 1));
        gradient.Should().Equal(6, 12);
    }

    // 256 KiB hold 32,768 rows of one number: three blocks here. Each sample adds (x − 0)² = 1 or 4; the sums are whole numbers.
    [Fact]
    public void Add_SeveralBlocks_AddsThemAll()
    {
        const int n = 80_000;
        var risk = new EmpiricalRisk(
            new LinearRegression(intercept: false), new MeanSquaredError(),
                Dataset.From([.. Enumerable.Range(0, n).Select(i => i % 2 + 1.0)], new double[n]));
        double[] gradient = new double[1];

        LossSum sum = risk.Add([1], new SampleBatch([.. Enumerable.Range(0, n)]), gradient);

        sum.Should().Be(new LossSum(2.5 * n, n));
        gradient.Should().Equal(5.0 * n);
    }

    [Fact]
    public void Add_NoSamples_IsNothing()
    {
        double[] gradient = [1, 2, 3];

        LossSum sum = Make(new LogisticRegression(), new BinaryCrossEntropy(), _classes).Add(new double[3], new SampleBatch([]), gradient);

        sum.Should().Be(default(LossSum));
        sum.Mean.Should().Be(0);
        gradient.Should().Equal(1, 2, 3);
    }

    [Theory]
    [InlineData(2, 3, "There are 2 parameters: the model has 3.")]
    [InlineData(3, 2, "gradient has 2 entries, parameters have 3: the lengths must be equal.")]
    public void Add_WrongLength_NamesBoth(int parameters, int gradient, string expected)
    {
        EmpiricalRisk risk = Make(new LogisticRegression(), new BinaryCrossEntropy(), _classes);

        risk.Invoking(r => r.Add(new double[parameters], new SampleBatch([0]), new double[gradient])).Should().Throw<ArgumentException>()
            .WithMessage(expected + "*");
    }

    [Fact]
    public void Constructor_OutputsThatDoNotDivideAmongTheTargets_NamesBothCounts()
    {
        Action act = () => _ = new EmpiricalRisk(new LinearRegression(3), new MeanSquaredError(), Dataset.From([[1.0]], [[1.0, 2]]));

        act.Should().Throw<ArgumentException>()
            .WithMessage("The model has 3 outputs for 2 targets per sample: each target needs equally many.*");
    }

    [Fact]
    public void Constructor_OneOutputTooMany_NamesTheLossAndTheNumber()
    {
        Action act = () => _ = new EmpiricalRisk(new LinearRegression(2), new MeanSquaredError(), Dataset.From([1.0], [5]));

        act.Should().Throw<ArgumentException>().WithMessage("MeanSquaredError takes one score per target, the model gives 2.*");
    }

    [Fact]
    public void Constructor_NoSuchReduction_NamesIt()
    {
        Action act = () => _ =
            new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1.0], [5]), reduction: (Reduction)5);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage("reduction is 5: it must be one of Mean, Sum.*");
    }

    private static EmpiricalRisk Make(IModel model, ILoss loss, double[] targets) => new(model, loss, Dataset.From(_rows, targets));
}
