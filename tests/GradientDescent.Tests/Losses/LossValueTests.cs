using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Losses;

/// <summary>Values and derivatives worked out by hand, at kinks and at scores of any size.</summary>
public sealed class LossValueTests
{
    [Theory]
    [InlineData("absolute error", 1.5, -1, 2.5, 1)]
    [InlineData("absolute error", -4, -1, 3, -1)]
    [InlineData("Huber 2.5", 2, 0.5, 1.125, 1.5)] // ½·1.5²
    [InlineData("Huber 2.5", -3.5, 0.5, 6.875, -2.5)] // 2.5·(4 − 1.25)
    [InlineData("quantile 0.9", 1, 3, 1.8, -0.9)]
    [InlineData("insensitive", 1, 0.5, 0.4, 1)]
    [InlineData("insensitive", 0.45, 0.5, 0, 0)]
    [InlineData("squared insensitive", 1, 1.5, 0.16000000000000003, -0.8)]
    [InlineData("Poisson", 0, 3.5, 1, -2.5)] // e⁰ − 0
    [InlineData("hinge", 0.25, 1, 0.75, -1)]
    [InlineData("hinge", 0.25, 0, 1.25, 1)]
    [InlineData("hinge", 3, 1, 0, 0)]
    [InlineData("squared hinge", 0.25, 1, 0.5625, -1.5)]
    [InlineData("squared hinge", 0.25, 0, 1.5625, 2.5)]
    [InlineData("binary, smoothed", 0, 1, 0.69314718055994529, -0.45)] // σ(0) − 0.95
    public void Evaluate_ATarget_IsTheFormula(string name, double score, double target, double value, double derivative) =>
        Evaluate(name, score, target).Should().Be((value, derivative));

    // The subgradient that the documentation names. Where pieces meet smoothly there is only one.
    [Theory]
    [InlineData("absolute error", 3.5, 3.5, 0)]
    [InlineData("insensitive 0", 3.5, 3.5, 0)]
    [InlineData("quantile 0.9", 3.5, 3.5, 0)]
    [InlineData("median", 3.5, 3.5, 0)]
    [InlineData("insensitive", 0.1, 0, 0)]
    [InlineData("insensitive", -0.1, 0, 0)]
    [InlineData("squared insensitive", 0.1, 0, 0)]
    [InlineData("hinge", 1, 1, 0)]
    [InlineData("hinge", -1, 0, 0)]
    [InlineData("squared hinge", 1, 1, 0)]
    [InlineData("Huber", 1, 0, 1)]
    [InlineData("Huber", -1, 0, -1)]
    [InlineData("ln cosh", 3.5, 3.5, 0)]
    public void Evaluate_AtAKink_DerivativeIsTheOneDocumented(string name, double score, double target, double derivative) =>
        Evaluate(name, score, target).Derivative.Should().Be(derivative);

    [Theory]
    [InlineData("absolute error", 1e300, -2.5, 1e300, 1)]
    [InlineData("Huber 2.5", -1e300, 0, 2.5 * 1e300, -2.5)]
    [InlineData("ln cosh", 1e300, 0, 1e300, 1)]
    [InlineData("ln cosh 4", -1e300, 0, 4 * 1e300, -4)]
    [InlineData("quantile 0.9", -1e300, 0, 0.9 * 1e300, -0.9)]
    [InlineData("insensitive", -1e300, 0, 1e300, -1)]
    [InlineData("hinge", 1e300, 0, 1e300, 1)]
    [InlineData("hinge", 1e300, 1, 0, 0)]
    [InlineData("binary, smoothed", 1e300, 1, 0.05 * 1e300, 0.05)] // ½α·ŷ
    [InlineData("binary, smoothed", 1e300, 0, 0.95 * 1e300, 0.95)]
    [InlineData("Poisson", -1e300, 3.5, 3.5 * 1e300, -3.5)]
    [InlineData("Poisson", -1e300, 0, 0, 0)]
    [InlineData("Poisson", 1e300, 1e10, double.PositiveInfinity, double.PositiveInfinity)] // e^1e300 is no double; not ∞ − ∞
    [InlineData("squared error", 1e300, 0, double.PositiveInfinity, 2e300)] // nor is 1e600
    [InlineData("squared insensitive", -1e300, 0, double.PositiveInfinity, -2e300)]
    [InlineData("squared hinge", -1e300, 1, double.PositiveInfinity, -2e300)]
    [InlineData("squared hinge", 1e300, 1, 0, 0)]
    public void Evaluate_HugeScores_OverflowNowhereButInTheResult(string name, double score, double target, double value,
        double derivative) =>
        Evaluate(name, score, target).Should().Be((value, derivative));

    // Scores 1e300, 0, 0, 0 with label 1 and α = 0.1: 0.925 of the label on class 1, 0.025 on each other one. The distance 1e300 below the
    // top counts for classes 1 to 3.
    [Fact]
    public void Categorical_HugeScoresSmoothed_AreWeighedDistances()
    {
        double[] derivatives = new double[4];

        double loss = new CategoricalCrossEntropy(0.1).Evaluate([1e300, 0, 0, 0], [1], [], derivatives);

        new[] { loss / 1e300 }.ShouldBeWithin([0.975], relative: 1e-15);
        derivatives.ShouldBeWithin([0.975, -0.925, -0.025, -0.025], relative: 1e-15);
    }

    // Against 260 bits. The errors measured are 2.31 and 2.62 units in the last place: the bounds are the next half above.
    [Fact]
    public void LogCosh_ErrorsOfEverySize_KeepTheirDigits()
    {
        var random = new Random(8);
        Dyadic two = Dyadic.Of(2), one = Dyadic.Of(1);
        double worstValue = 0, worstDerivative = 0;
        for (int i = 0; i < 3000; i++)
        {
            double x = i < 1000 ? Math.Pow(10, -7 + 9 * random.NextDouble()) : 3 * random.NextDouble(); // the terms meet at 1
            (double value, double derivative) = Evaluate("ln cosh", -x, 0);
            Dyadic z = Dyadic.Exp(Dyadic.Of(-2 * x));
            worstValue = Math.Max(worstValue, (Dyadic.Of(x) + Dyadic.Log(one + z) - Dyadic.Ln2).UlpsFrom(value));
            worstDerivative = Math.Max(worstDerivative, ((one - z) / (one + z)).UlpsFrom(-derivative));
        }

        worstValue.Should().BeLessThan(2.5);
        worstDerivative.Should().BeLessThan(3);
    }

    // ln cosh x = x²/2 and tanh x = x up to a relative x²/6: far below the last place.
    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-30)]
    [InlineData(1e-150)]
    public void LogCosh_TinyErrors_AreAParabola(double x)
    {
        (double value, double derivative) = Evaluate("ln cosh", x, 0);

        new[] { value, derivative }.ShouldBeWithin([0.5 * x * x, x], relative: 1e-15);
    }

    [Fact]
    public void EpsilonInsensitive_WithoutABand_IsTheAbsoluteOrSquaredError()
    {
        foreach (double score in (double[])[-3.25, 0, 1e-300, 7])
        {
            Evaluate("insensitive 0", score, 1).Should().Be(Evaluate("absolute error", score, 1));
            Evaluate(new SquaredEpsilonInsensitiveLoss(0), score, 1).Should().Be(Evaluate("squared error", score, 1));
        }
    }

    [Fact]
    public void Smoothing_ByAlpha_IsTheMixtureOfTheLabels()
    {
        // Binary: 1 − ½α of the loss of the label, ½α of that of the other one. Categorical: 1 − α and α/K of each.
        (double right, double wrong) = (Evaluate("binary", 2.5, 1).Value, Evaluate("binary", 2.5, 0).Value);
        double[] scores = [0.5, -1, 2, 0.25];
        double[] classes = [.. Enumerable.Range(0, 4).Select(label => new CategoricalCrossEntropy().Evaluate(scores, [label], [], []))];

        double binary = Evaluate("binary, smoothed", 2.5, 1).Value;
        double categorical = new CategoricalCrossEntropy(0.1).Evaluate(scores, [2], [], []);

        new[] { binary, categorical }
            .ShouldBeWithin([0.95 * right + 0.05 * wrong, 0.9 * classes[2] + 0.1 * classes.Average()], relative: 1e-15);
    }

    [Fact]
    public void Settings_OutsideTheirIntervals_AreRefusedByName()
    {
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, -1])
        {
            Refused(() => new HuberLoss(bad)).Should().StartWith("delta is ");
            Refused(() => new LogCoshLoss(bad)).Should().StartWith("delta is ");
            Refused(() => new QuantileLoss(bad)).Should().StartWith("tau is ");
            Refused(() => new EpsilonInsensitiveLoss(bad)).Should().StartWith("epsilon is ");
            Refused(() => new SquaredEpsilonInsensitiveLoss(bad)).Should().StartWith("epsilon is ");
            Refused(() => new BinaryCrossEntropy(bad)).Should().StartWith("labelSmoothing is ");
            Refused(() => new CategoricalCrossEntropy(bad)).Should().StartWith("labelSmoothing is ");
        }

        Refused(() => new HuberLoss(0)).Should().Be("delta is 0: it must be a finite number greater than 0. (Parameter 'delta')");
        Refused(() => new QuantileLoss(0)).Should().Be("tau is 0: it must be greater than 0 and less than 1. (Parameter 'tau')");
        Refused(() => new QuantileLoss(1)).Should().StartWith("tau is 1");
        Refused(() => new BinaryCrossEntropy(1)).Should().StartWith("labelSmoothing is 1");
    }

    [Fact]
    public void ToString_EveryLoss_NamesItAndItsSettingsInEveryCulture()
    {
        string[] expected =
        [
            "MeanSquaredError", "MeanAbsoluteError", "HuberLoss(1)", "HuberLoss(2.5)", "LogCoshLoss(1)", "LogCoshLoss(4)",
                "QuantileLoss(0.5)", "QuantileLoss(0.9)", "EpsilonInsensitiveLoss(0.1)",
            "EpsilonInsensitiveLoss(0)", "SquaredEpsilonInsensitiveLoss(0.1)", "PoissonLoss", "HingeLoss", "SquaredHingeLoss",
                "BinaryCrossEntropy", "BinaryCrossEntropy(0.1)",
            "CategoricalCrossEntropy", "CategoricalCrossEntropy(0.1)",
        ];
        foreach (string culture in (string[])["", "de-DE", "tr-TR"])
            Cultures.Under(culture, () => AllLosses.ByName.Values.Select(of => of.Loss.ToString()).ToArray()).Should().Equal(expected);
    }

    [Fact]
    public void Equality_OfLosses_IsThatOfTheirSettings()
    {
        new HuberLoss(2.5).Should().Be(new HuberLoss(2.5)).And.NotBe(new HuberLoss(2));
        new MeanAbsoluteError().Should().Be(new MeanAbsoluteError());
    }

    // A scaled setting that is no number any more: then targets stay as they are.
    [Fact]
    public void Rescaled_BeyondTheDoubles_IsNone()
    {
        new HuberLoss(1e-300).Rescaled(1e300).Should().BeNull();
        new LogCoshLoss(1e300).Rescaled(1e-300).Should().BeNull();
        new EpsilonInsensitiveLoss(1e300).Rescaled(1e-300).Should().BeNull();
        new SquaredEpsilonInsensitiveLoss(1e300).Rescaled(1e-300).Should().BeNull();
    }

    // Targets are standardised inside the fit, and the loss with them: what is reported must be the loss that was asked for.
    [Theory]
    [InlineData("absolute error")]
    [InlineData("Huber 2.5")]
    [InlineData("ln cosh 4")]
    [InlineData("quantile 0.9")]
    [InlineData("insensitive")]
    [InlineData("squared insensitive")]
    [InlineData("Poisson")]
    public void Fit_ByALoss_ReportsItInTheUsersUnits(string name)
    {
        ILoss loss = AllLosses.ByName[name].Loss;
        Dataset data = Dataset.From([1.0, 2, 3, 4, 5, 6], [3.0, 5, 8, 9, 12, 20]);
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new BatchGD(0.1), new() { MaxEpochs = 200 }).Fit(model, data, loss);

        double expected = Objective.Full(new EmpiricalRisk(model, loss, data)).Evaluate(result.Parameters.AsSpan(), []);
        new[] { result.Loss }.ShouldBeWithin([expected], relative: 1e-12);
        result.Loss.Should().BeLessThan(result.History[0].Loss);
    }

    // Nine of ten: among the targets 1 to 99 the best constant for τ = 0.9 has 0.9·99 = 89.1 of them below it. It is the 90th.
    [Fact]
    public void Fit_ByAQuantile_PredictsIt()
    {
        double[] targets = [.. Enumerable.Range(1, 99).Select(i => (double)(i * 37 % 100))];
        var options = new TrainingOptions { MaxEpochs = 3000, Schedule = new CosineDecay(Horizon.Fraction(1)) };
        var model = new LinearRegression();

        new Trainer(new BatchGD(0.3), options).Fit(model, Dataset.From(new double[99], targets), new QuantileLoss(0.9));

        model.Intercept.Should().BeApproximately(90, 0.1);
    }

    private static (double Value, double Derivative) Evaluate(string name, double score, double target) =>
        Evaluate(AllLosses.ByName[name].Loss, score, target);

    private static (double Value, double Derivative) Evaluate(ILoss loss, double score, double target)
    {
        double[] derivatives = new double[1];
        double value = loss.Evaluate([score], [target], [], derivatives);
        return (value, derivatives[0]);
    }

    private static string Refused(Func<ILoss> create) => create.Should().Throw<ArgumentOutOfRangeException>().Which.Message;
}
