using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Losses;

public sealed class ObjectionTests
{
    public static TheoryData<string> Regressions =>
        ["squared error", "absolute error", "Huber", "ln cosh", "quantile 0.9", "insensitive", "squared insensitive"];

    public static TheoryData<string> OfLabels => ["binary", "hinge", "squared hinge"];

    public static TheoryData<string> OfOneScore => [.. AllLosses.ByName.Where(of => of.Value.Scores == 1).Select(of => of.Key)];

    [Theory]
    [MemberData(nameof(Regressions))]
    public void Regression_AnyTarget_IsAccepted(string name)
    {
        foreach (double target in (double[])[-1e300, 0, 3.5])
            AllLosses.ByName[name].Loss.ValidateTarget(target, 1).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(OfOneScore))]
    public void OneScore_Several_SaysHowMany(string name)
    {
        ILoss loss = AllLosses.ByName[name].Loss;

        loss.ValidateShape(1).Should().BeNull();
        loss.ValidateShape(3).Should().Be($"{loss.GetType().Name} takes one score per target, the model gives 3");
    }

    [Theory]
    [MemberData(nameof(OfLabels))]
    public void Labels_ZeroAndOneAlone_AreAccepted(string name)
    {
        ILoss loss = AllLosses.ByName[name].Loss;

        foreach (double label in (double[])[0, 1])
            loss.ValidateTarget(label, 1).Should().BeNull();
        foreach (double other in (double[])[-1, 0.5, 2, 1.0000000000000002])
            loss.ValidateTarget(other, 1).Should().StartWith($"{loss.GetType().Name} takes the labels 0 and 1");
        loss.ValidateTarget(-1, 1).Should().EndWith("; LibSvmOptions.Classes or Dataset.WithTargets makes -1 a 0");
    }

    [Fact]
    public void Poisson_NegativeTarget_SaysWhatItTakes()
    {
        new PoissonLoss().ValidateTarget(0, 1).Should().BeNull();
        new PoissonLoss().ValidateTarget(2.5, 1).Should().BeNull();
        new PoissonLoss().ValidateTarget(-0.5, 1).Should().Be("PoissonLoss takes counts or rates of at least 0");
    }

    [Fact]
    public void BinaryCrossEntropy_SeveralScores_SaysHowMany() =>
        new BinaryCrossEntropy().ValidateShape(2).Should().Be("BinaryCrossEntropy takes one score per target, the model gives 2");

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void CategoricalCrossEntropy_ClassIndices_AreAccepted(double target) =>
        new CategoricalCrossEntropy().ValidateTarget(target, 3).Should().BeNull();

    [Theory]
    [InlineData(-1.0)]
    [InlineData(-0.5)]
    [InlineData(0.5)]
    [InlineData(3.0)]
    [InlineData(1e300)]
    public void CategoricalCrossEntropy_AnythingElse_SaysWhatItTakes(double target) =>
        new CategoricalCrossEntropy().ValidateTarget(target, 3)
        .Should().Be("CategoricalCrossEntropy with 3 classes takes whole labels from 0 to 2");

    [Fact]
    public void CategoricalCrossEntropy_TwoScores_AreEnough() => new CategoricalCrossEntropy().ValidateShape(2).Should().BeNull();

    [Fact]
    public void CategoricalCrossEntropy_OneScore_SaysHowMany() => new CategoricalCrossEntropy().ValidateShape(1)
        .Should().Be("CategoricalCrossEntropy takes a score for each of at least 2 classes, the model gives 1");

    [Fact]
    public void Risk_BadLabel_NamesRowTargetAndValueInEveryCulture()
    {
        Dataset data = Dataset.From([[1.0], [2], [3]], [[0.0], [1], [0.5]], targetNames: ["sick"]);

        string message = Cultures.MessageInEveryCulture(() =>
            _ = new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), data));

        message.Should().StartWith("Row 2, target 'sick' is 0.5: BinaryCrossEntropy takes the labels 0 and 1.");
    }

    [Theory]
    [InlineData(3.0, "Row 1, target 'y' is 3: CategoricalCrossEntropy with 3 classes takes whole labels from 0 to 2.")]
    [InlineData(-1.0, "Row 1, target 'y' is -1: CategoricalCrossEntropy with 3 classes takes whole labels from 0 to 2.")]
    [InlineData(1.5, "Row 1, target 'y' is 1.5: CategoricalCrossEntropy with 3 classes takes whole labels from 0 to 2.")]
    public void Fit_BadClass_NamesRowAndValueAndLeavesTheModelUnfitted(double label, string expected)
    {
        var model = new SoftmaxRegression(3);

        string message = Cultures.MessageInEveryCulture(() => new Trainer(new SGD()).Fit(model, Dataset.From([1.0, 2], [0, label])));

        message.Should().StartWith(expected);
        model.IsFitted.Should().BeFalse();
    }

    [Fact]
    public void Rescaled_SquaredError_HasTheSquareOfTheScaleAsItsFactor()
    {
        // (sŷ + m − sy − m)² = s²(ŷ − y)².
        (ILoss loss, double factor) = new MeanSquaredError().Rescaled(3)!.Value;

        loss.Should().BeOfType<MeanSquaredError>();
        factor.Should().Be(9);
    }
}
