namespace GradientDescent.Tests.Data;

public sealed class DatasetFromTests
{
    private static readonly double[][] _rows = [[1, 2], [3, 4], [5, 6]];

    private sealed record House(double Area, double Rooms, double Price, double Weight);

    /// <summary>Three samples with two features, one target and the weights 1, 0 and 2.5, through each overload that takes such.</summary>
    public static TheoryData<string, Func<Dataset>> SameData => new()
    {
        { "rows", () => Dataset.From(_rows, [10, 20, 30], [1, 0, 2.5], ["area", "rooms"]) },
        { "rows of targets", () => Dataset.From(_rows, [[10], [20], [30]], [1, 0, 2.5], ["area", "rooms"], ["y"]) },
        { "rectangular", () => Dataset.From(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, [10, 20, 30], [1, 0, 2.5], ["area", "rooms"]) },
        { "flat", () => Dataset.From([1, 2, 3, 4, 5, 6], 2, [10, 20, 30], [1, 0, 2.5], ["area", "rooms"]) },
        { "objects", () => Dataset.From(
            [new House(1, 2, 10, 1), new House(3, 4, 20, 0), new House(5, 6, 30, 2.5)],
            h => [h.Area, h.Rooms], h => h.Price, h => h.Weight, ["area", "rooms"]) },
    };

    [Theory]
    [MemberData(nameof(SameData))]
    public void From_AnyOverload_HoldsWhatItWasGiven(string overload, Func<Dataset> make)
    {
        Dataset data = make();

        (data.SampleCount, data.FeatureCount, data.TargetCount, data.HasWeights).Should().Be((3, 2, 1, true), overload);
        Enumerable.Range(0, 3).Select(i => data.Features(i).ToArray()).Should().BeEquivalentTo(_rows, o => o.WithStrictOrdering());
        Enumerable.Range(0, 3).Select(i => data.Targets(i)[0]).Should().Equal(10, 20, 30);
        Enumerable.Range(0, 3).Select(data.Weight).Should().Equal(1, 0, 2.5);
        data.FeatureNames.Should().Equal("area", "rooms");
        data.TargetNames.Should().Equal("y");
        data.ToString().Should().Be("3 samples, 2 features, 1 target, weighted");
    }

    [Fact]
    public void From_OneFeature_TakesTwoFlatArrays()
    {
        Dataset data = Dataset.From([58.0, 39], [65e3, 43e3]);

        (data.Features(1)[0], data.Targets(1)[0], data.Weight(1), data.HasWeights).Should().Be((39, 43e3, 1, false));
        data.FeatureNames.Should().Equal("x");
        data.TargetNames.Should().Equal("y");
    }

    [Fact]
    public void From_SeveralTargetsWithoutNames_NumbersThem()
    {
        Dataset data = Dataset.From(_rows, [[1.0, 2], [3, 4], [5, 6]]);

        data.FeatureNames.Should().Equal("x1", "x2");
        data.TargetNames.Should().Equal("y1", "y2");
        data.Targets(2).ToArray().Should().Equal(5, 6);
        data.ToString().Should().Be("3 samples, 2 features, 2 targets");
    }

    [Fact]
    public void From_ArraysChangedLater_KeepsItsCopy()
    {
        double[][] rows = [[1, 2]];
        double[] targets = [3], weights = [4];
        Dataset data = Dataset.From(rows, targets, weights);

        (rows[0][0], targets[0], weights[0]) = (-1, -1, -1);

        (data.Features(0)[0], data.Targets(0)[0], data.Weight(0)).Should().Be((1, 3, 4));
    }

    // The padding of rows must not be seen: up to 8 features the next power of two, then the next multiple of 8.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    public void Features_AnyWidth_IsTheRowWithoutPadding(int width)
    {
        double[][] rows = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, width).Select(j => (double)(100 * i + j)).ToArray())];

        Dataset data = Dataset.From(rows, new double[5]);

        for (int i = 0; i < 5; i++)
            data.Features(i).ToArray().Should().Equal(rows[i]);
    }
}
