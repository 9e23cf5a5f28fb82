using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Losses;

public sealed class ObjectionTests
{
    [Theory]
    [InlineData(-1e300)]
    [InlineData(0.0)]
    [InlineData(3.5)]
    public void MeanSquaredError_AnyTarget_IsAccepted(double target) => ((ILoss)new MeanSquaredError()).TargetObjection(target, 1).Should().BeNull();

    [Fact]
    public void MeanSquaredError_SeveralScores_SaysHowMany() =>
        new MeanSquaredError().ShapeObjection(3).Should().Be("MeanSquaredError takes one score per target, the model gives 3");

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void BinaryCrossEntropy_ZeroAndOne_AreAccepted(double target) => new BinaryCrossEntropy().TargetObjection(target, 1).Should().BeNull();

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.5)]
    [InlineData(2.0)]
    [InlineData(1.0000000000000002)]
    public void BinaryCrossEntropy_AnythingElse_SaysWhatItTakes(double target) =>
        new BinaryCrossEntropy().TargetObjection(target, 1).Should().Be("BinaryCrossEntropy takes the labels 0 and 1");

    [Fact]
    public void BinaryCrossEntropy_SeveralScores_SaysHowMany() =>
        new BinaryCrossEntropy().ShapeObjection(2).Should().Be("BinaryCrossEntropy takes one score per target, the model gives 2");

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void CategoricalCrossEntropy_ClassIndices_AreAccepted(double target) => new CategoricalCrossEntropy().TargetObjection(target, 3).Should().BeNull();

    [Theory]
    [InlineData(-1.0)]
    [InlineData(-0.5)]
    [InlineData(0.5)]
    [InlineData(3.0)]
    [InlineData(1e300)]
    public void CategoricalCrossEntropy_AnythingElse_SaysWhatItTakes(double target) => new CategoricalCrossEntropy().TargetObjection(target, 3)
        .Should().Be("CategoricalCrossEntropy with 3 classes takes whole labels from 0 to 2");

    [Fact]
    public void CategoricalCrossEntropy_OneScore_SaysHowMany() => new CategoricalCrossEntropy().ShapeObjection(1)
        .Should().Be("CategoricalCrossEntropy takes a score for each of at least 2 classes, the model gives 1");

    [Fact]
    public void Risk_BadLabel_NamesRowTargetAndValueInEveryCulture()
    {
        Dataset data = Dataset.From([[1.0], [2], [3]], [[0.0], [1], [0.5]], targetNames: ["sick"]);

        string message = Cultures.MessageInEveryCulture(() => _ = new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), data));

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
