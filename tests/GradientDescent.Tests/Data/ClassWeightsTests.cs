namespace GradientDescent.Tests.Data;

public sealed class ClassWeightsTests
{
    private static Dataset Labelled(double[] labels, double[]? weights = null) =>
        Dataset.From([.. labels.Select((_, i) => (double)i)], labels, weights);

    private static double[] Weights(Dataset data) => [.. Enumerable.Range(0, data.SampleCount).Select(data.Weight)];

    [Fact]
    public void Balanced_ScikitLearnsExample_GivesItsWeights() // the example of compute_class_weight("balanced")
    {
        ClassWeights.Balanced(Labelled([1, 1, 1, 1, 0, 0])).Should().Equal(1.5, 0.75);
    }

    [Fact]
    public void Balanced_OfWeightedSamples_CountsWeights()
    {
        // n = 8; class 0 has 2, class 1 has 6 of it: 8/(2·2) and 8/(2·6).
        ClassWeights.Balanced(Labelled([0, 1, 1], [2, 5, 1])).Should().Equal(2, 8.0 / 2 / 6);
    }

    [Fact]
    public void Balanced_ClassesThatDoNotOccur_GetOneAndAreNotCounted()
    {
        // K = 2, n = 4: 4/(2·3) and 4/2.
        ClassWeights.Balanced(Labelled([1, 1, 1, 4])).Should().Equal(1, 4.0 / 2 / 3, 1, 1, 2);
    }

    [Fact]
    public void WithClassWeights_OfWeightedSamples_Multiplies()
    {
        Dataset data = Labelled([0, 1, 2, 1], [1, 2, 3, 0.5]);

        Dataset weighted = data.WithClassWeights([10, 100, 0]);

        Weights(weighted).Should().Equal(10, 200, 0, 50);
        Weights(data).Should().Equal(1, 2, 3, 0.5);
    }

    [Fact]
    public void WithClassWeights_EverythingElse_StaysAsItIs()
    {
        Dataset data = Dataset.From([[1, 2], [3, 4]], [1.0, 0], featureNames: ["a", "b"]).WithPrecision(NumericPrecision.Single);

        Dataset weighted = data.WithClassWeights([3, 1]);

        weighted.HasWeights.Should().BeTrue();
        data.HasWeights.Should().BeFalse();
        weighted.FeatureNames.Should().Equal("a", "b");
        weighted.FeaturePrecision.Should().Be(NumericPrecision.Single);
        for (int i = 0; i < 2; i++)
        {
            weighted.Features(i).ToArray().Should().Equal(data.Features(i).ToArray());
            weighted.Targets(i).ToArray().Should().Equal(data.Targets(i).ToArray());
        }
    }

    [Fact]
    public void WithClassWeights_Balanced_GivesClassesTheSameWeightAndTheDataItsOwn()
    {
        Dataset data = Labelled([0, 0, 0, 0, 0, 1, 1, 2]);

        double[] weights = Weights(data.WithClassWeights(ClassWeights.Balanced(data)));

        weights.Sum().Should().BeApproximately(8, 1e-14);
        weights[..5].Sum().Should().BeApproximately(8.0 / 3, 1e-14);
        weights[5..7].Sum().Should().BeApproximately(8.0 / 3, 1e-14);
    }

    // Class 1 three times against weight 3: the same optimum, to what two runs that both stop at a gradient of 1e-9 differ by.
    [Fact]
    public void Fit_ClassWeightThree_IsThreeCopies()
    {
        Dataset data = Labelled([0, 1, 0, 0, 1, 1, 0, 1]);
        int[] copies = [.. Enumerable.Range(0, 8).SelectMany(i => Enumerable.Repeat(i, data.Targets(i)[0] == 1 ? 3 : 1))];
        var options = new TrainingOptions { GradientTolerance = 1e-9, MaxEpochs = 20_000 };
        LogisticRegression weighted = new(), repeated = new();

        TrainingResult result = new Trainer(new BatchGD(1), options).Fit(weighted, data.WithClassWeights([1, 3]));
        new Trainer(new BatchGD(1), options).Fit(repeated, data.Select(copies));

        result.Reason.Should().Be(StopReason.Converged);
        weighted.Parameters.Should().Equal(repeated.Parameters, (a, b) => Math.Abs(a - b) < 1e-7);
    }

    [Theory]
    [InlineData(0.5, "Row 1, target 'y' is 0.5: a class is a whole number from 0 to 1048575.*")]
    [InlineData(-1, "Row 1, target 'y' is -1: *")]
    [InlineData(1e9, "Row 1, target 'y' is 1000000000: *")]
    public void Balanced_ATargetThatIsNoClass_NamesTheRow(double target, string message)
    {
        Dataset data = Labelled([0, target]);

        FluentActions.Invoking(() => ClassWeights.Balanced(data))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("data");
        data.Invoking(d => d.WithClassWeights([1, 2]))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("weights");
    }

    [Fact]
    public void WithClassWeights_BadWeights_SayWhich()
    {
        Dataset data = Labelled([0, 2]);

        Refused([1]).Should().Contain("and there is 1 weight: each class needs one.");
        Refused([1, 2]).Should().StartWith("Row 1 is of class 2, and there are 2 weights: each class needs one.");
        Refused([1, 2, 3, 4]).Should().StartWith(
            "There are 4 weights, and the largest class in the data is 2: there must be 3, one for each class.");
        Refused([1, -2, 1]).Should().StartWith("weights[1] is -2: it must be finite and at least 0.");
        Refused([1, double.NaN, 1]).Should().StartWith("weights[1] is NaN: ");
        Refused([0, 1, 0]).Should().StartWith("All weights are 0: at least one must be greater.");

        string Refused(double[] weights) => data.Invoking(d => d.WithClassWeights(weights))
            .Should().Throw<ArgumentException>().WithParameterName(nameof(weights)).Which.Message;
    }

    [Fact]
    public void WithClassWeights_SeveralTargets_AreNoClasses() =>
        Dataset.From([[1.0]], [[0.0, 1]]).Invoking(data => data.WithClassWeights([1]))
        .Should().Throw<ArgumentException>().WithMessage("The data has 2 targets per sample: a class is one target.*");
}
