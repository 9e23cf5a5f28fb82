using GradientDescent.DataView;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace GradientDescent.Tests.DataView;

public class DataViewDatasetsTests
{
    private static readonly MLContext _ml = new(seed: 1);

    private sealed class House
    {
        public float Area { get; set; }

        public float Rooms { get; set; }

        public string City { get; set; } = "";

        public double Price { get; set; }

        public float Weight { get; set; }
    }

    private static readonly House[] _houses =
    [
        new() { Area = 50.5f, Rooms = 2, City = "Rome", Price = 155, Weight = 1 },
        new() { Area = 80.1f, Rooms = 3, City = "Oslo", Price = 235, Weight = 2 },
        new() { Area = 100, Rooms = 3, City = "Rome", Price = 304, Weight = 0 },
        new() { Area = 120, Rooms = 5, City = "Bern", Price = 351, Weight = 0.5f },
    ];

    private static IDataView Houses => _ml.Data.LoadFromEnumerable(_houses);

    [Fact]
    public void ToDataset_ConcatenatedFeatures_TakesTheSlotNamesAndStaysInSinglePrecision()
    {
        IDataView view = _ml.Transforms.Concatenate("Features", "Area", "Rooms").Fit(Houses).Transform(Houses);

        Dataset data = view.ToDataset(label: "Price", features: "Features", weight: "Weight");

        data.FeaturePrecision.Should().Be(NumericPrecision.Single);
        data.FeatureNames.Should().Equal("Area", "Rooms");
        data.Features(1).ToArray().Should().Equal(80.1f, 3);
        data.Targets(3)[0].Should().Be(351);
        Enumerable.Range(0, 4).Select(data.Weight).Should().Equal(1, 2, 0, 0.5);
        view.ToDataset("Price").FeatureNames.Should().Equal(["Area", "Rooms"], "the column Features is the default");
    }

    [Fact]
    public void ToDataset_KeysAsLabel_AreClassesFromZero()
    {
        IDataView view = _ml.Transforms.Conversion.MapValueToKey("Label", "City").Fit(Houses).Transform(Houses);

        Dataset data = view.ToDataset(features: ["Rooms"]);

        data.SampleCount.Should().Be(4);
        Enumerable.Range(0, 4).Select(i => data.Targets(i)[0]).Should().Equal(0, 1, 0, 2);
        view.KeyLabels().Should().Equal("Rome", "Oslo", "Bern");
    }

    [Fact]
    public void ToDataset_OneHotVectors_AreReadSparse()
    {
        IDataView view = _ml.Transforms.Categorical.OneHotEncoding("Features", "City").Fit(Houses).Transform(Houses);

        Dataset data = view.ToDataset("Price");

        data.FeatureNames.Should().Equal("Rome", "Oslo", "Bern");
        Enumerable.Range(0, 4).Select(i => data.Features(i).ToArray()).Should().BeEquivalentTo(
            new double[][] { [1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1] }, options => options.WithStrictOrdering());
    }

    [Fact]
    public void ToDataset_FitFromAView_EqualsTheFitFromArraysBitForBit()
    {
        double[][] features = [.. _houses.Select(house => new double[] { house.Area, house.Rooms })];
        Dataset arrays = Dataset.From(features, [.. _houses.Select(house => house.Price)]).WithPrecision(NumericPrecision.Single);

        LinearFit expected = LinearRegression.Fit(arrays);
        LinearFit actual = LinearRegression.Fit(Houses.ToDataset("Price", ["Area", "Rooms"]));

        actual.Model.Weights.ToArray().Should().Equal(expected.Model.Weights.ToArray());
        actual.Model.Intercept.Should().Be(expected.Model.Intercept);
    }

    [Fact]
    public void ToDataset_AllColumnTypesOfADataFrame_AreNumbers()
    {
        var frame = new DataFrame(
            new BooleanDataFrameColumn("bool", [true, false]), new SByteDataFrameColumn("sbyte", [-1, 2]),
            new ByteDataFrameColumn("byte", [255, 0]), new Int16DataFrameColumn("short", [-300, 1]),
            new UInt16DataFrameColumn("ushort", [65535, 1]), new Int32DataFrameColumn("int", [-70000, 1]),
            new UInt32DataFrameColumn("uint", [4_000_000_000, 1]), new Int64DataFrameColumn("long", [-(1L << 53), 1]),
            new UInt64DataFrameColumn("ulong", [1UL << 60, 1]), new SingleDataFrameColumn("float", [0.1f, 1]),
            new DoubleDataFrameColumn("double", [0.1, 1]), new BooleanDataFrameColumn("label", [false, true]));

        Dataset data = frame.ToDataset("label");

        data.FeaturePrecision.Should().Be(NumericPrecision.Double);
        data.Features(0).ToArray().Should().Equal(1, -1, 255, -300, 65535, -70000, 4e9, -9007199254740992, 1UL << 60, 0.1f, 0.1);
        data.Targets(1)[0].Should().Be(1);
        data.FeatureNames.Should().Equal(frame.Columns.Select(column => column.Name).SkipLast(1));
    }

    [Fact]
    public void ToDataset_NamedColumns_HaveTheGivenOrder() =>
        Houses.ToDataset("Price", ["Rooms", "Area"]).FeatureNames.Should().Equal("Rooms", "Area");

    [Theory]
    [InlineData(null)]
    [InlineData(3L)]
    [InlineData(1000L)]
    public void ToDataset_AnyRowCount_ReadsAllRowsByOneCursor(long? rowCount)
    {
        double[] numbers = [.. Enumerable.Range(0, 300).Select(i => i / 7.0)];
        var view = new ListView(numbers, rowCount);

        Dataset data = view.ToDataset("y");

        view.CursorCount.Should().Be(1);
        data.SampleCount.Should().Be(300);
        Enumerable.Range(0, 300).Select(i => data.Features(i)[0]).Should().Equal(numbers);
        Enumerable.Range(0, 300).Select(i => data.Targets(i)[0]).Should().Equal(numbers.Select(number => 2 * number));
    }

    [Fact]
    public void ToDataset_ManyRows_AllocatesNothingPerRow()
    {
        static long Allocated(int rows)
        {
            var view = new ListView(new double[rows], rows);
            long before = GC.GetAllocatedBytesForCurrentThread();
            view.ToDataset("y");
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(10);
        long few = Allocated(1000), many = Allocated(11_000);

        ((many - few) / 10_000.0).Should().BeLessThan(4 * sizeof(double), "a row has two numbers, and the data set copies the target");
    }
}
