using GradientDescent.Arrow;

namespace GradientDescent.Tests.Arrow;

/// <summary>Files that Polars has written (Golden/polars.js) have its numbers.</summary>
public sealed class PolarsFilesTests : IDisposable
{
    private const int Count = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_HasTheNumbersOfPolars()
    {
        using var file = ArrowDataset.Open(PathOf("polars.arrow"), targets: ["y"], weights: "w");

        file.Data.SampleCount.Should().Be(Count);
        for (int i = 0; i < Count; i++)
        {
            file.Data.Features(i).ToArray().Should().Equal(RowOf(i));
            file.Data.Targets(i).ToArray().Should().Equal(TargetOf(i));
            file.Data.Weight(i).Should().Be(i % 3);
        }
    }

    [Fact]
    public void ConvertParquet_HasTheNumbersOfPolars()
    {
        string path = Path.Combine(_folder, "data.arrow");

        ArrowDataset.ConvertParquet(PathOf("polars.parquet"), path, "y");

        using var file = ArrowDataset.Open(path);
        file.Data.FeatureNames.Should().Equal("a", "b", "c");
        file.Data.SampleCount.Should().Be(Count);
        for (int i = 0; i < Count; i++)
        {
            file.Data.Features(i).ToArray().Should().Equal(RowOf(i));
            file.Data.Targets(i).ToArray().Should().Equal(TargetOf(i));
        }

        Directory.GetFiles(_folder).Should().Equal(path);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);

    private static double[] RowOf(int i) => [i, 0.1 * i, 1.0 / (i + 1)];

    private static double TargetOf(int i) => 2 * RowOf(i)[0] - RowOf(i)[1] + 3 * RowOf(i)[2];
}
