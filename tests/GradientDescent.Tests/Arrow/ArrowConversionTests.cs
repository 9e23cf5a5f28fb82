using GradientDescent.Arrow;
using Parquet;
using Parquet.Schema;

namespace GradientDescent.Tests.Arrow;

/// <summary>Converted files have the data of the source, and nothing is left of a conversion that failed.</summary>
public sealed class ArrowConversionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Target => Path.Combine(_folder, "data.arrow");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(NumericPrecision.Double)]
    [InlineData(NumericPrecision.Single)]
    public void ConvertCsv_HasTheDataOfFromCsv(NumericPrecision precision)
    {
        string csv = Write("a;n;w;b;y\n1,5;7;1;2;3\n-4;8;0;5,25;6\n");
        var options = new CsvOptions { Delimiter = ';', DecimalSeparator = ',', Weights = "w" };

        ArrowDataset.ConvertCsv(csv, Target, ["y", "n"], options, precision);

        using var file = ArrowDataset.Open(Target);
        Dataset expected = Dataset.FromCsv(csv, ["y", "n"], options).WithPrecision(precision);
        file.Data.Fingerprint().Should().Be(expected.Fingerprint());
        file.Data.FeatureNames.Should().Equal("a", "b");
        file.Data.TargetNames.Should().Equal("y", "n");
    }

    [Theory]
    [InlineData("x,y\n1,2\n3,four\n", "*data.csv, line 3, column 'y': *four*")]
    [InlineData("x,z\n1,2\n", "*y*")]
    [InlineData("x,y\n", "*no rows*")]
    public void ConvertCsv_OfABadFile_LeavesTheOldOne(string text, string message)
    {
        File.WriteAllText(Target, "old");

        Action convert = () => ArrowDataset.ConvertCsv(Write(text), Target, "y");

        convert.Should().Throw<InvalidDataException>().WithMessage(message);
        File.ReadAllText(Target).Should().Be("old");
        Directory.GetFiles(_folder).Should().HaveCount(2);
    }

    // A batch of rows is 16 MB; the numbers of this file are 32 MB. The reader of CSV needs the rest.
    [Fact]
    public void ConvertCsv_HoldsOneBatch()
    {
        string csv = Path.Combine(_folder, "data.csv");
        using (var writer = new StreamWriter(csv))
        {
            writer.WriteLine(string.Join(",", Enumerable.Range(0, 20).Select(j => $"x{j}")) + ",y");
            for (int i = 0; i < 200_000; i++)
                writer.WriteLine($"{i % 97},{i % 89},3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,{i % 11}");
        }

        ArrowDataset.ConvertCsv(csv, Target, "y"); // compiles the code
        long before = GC.GetAllocatedBytesForCurrentThread();
        ArrowDataset.ConvertCsv(csv, Target, "y");

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(60_000_000);
        using var file = ArrowDataset.Open(Target);
        file.Data.SampleCount.Should().Be(200_000);
    }

    [Fact]
    public async Task ConvertParquet_HasTheNumbersOfAllGroups()
    {
        string parquet = await WriteParquet(groups: 3, missing: false);

        ArrowDataset.ConvertParquet(parquet, Target, "y", weights: "w");

        using var file = ArrowDataset.Open(Target);
        file.Data.FeatureNames.Should().Equal("a", "b");
        file.Data.SampleCount.Should().Be(12);
        for (int i = 0; i < 12; i++)
        {
            file.Data.Features(i).ToArray().Should().Equal(i + 0.5, -i);
            file.Data.Targets(i)[0].Should().Be(3 * i);
            file.Data.Weight(i).Should().Be(1 + i % 2);
        }
    }

    [Fact]
    public async Task ConvertParquet_OfBadFiles_NamesTheCause()
    {
        string missing = await WriteParquet(groups: 1, missing: true);

        Refused(missing, "y").WithMessage("*data.parquet, row 2, column 'b' is missing: a finite number is needed.");
        Refused(missing, "z").WithMessage("*data.parquet has no column 'z': its columns are 'a', 'b', 'y', 'w'.");
        byte[] bytes = File.ReadAllBytes(missing);
        File.WriteAllBytes(missing, bytes[..(bytes.Length / 2)]);
        Refused(missing, "y").WithMessage("*data.parquet is not a Parquet file that can be read, or it is cut or damaged: *");
        File.Exists(Target).Should().BeFalse();
    }

    [Fact]
    public void Write_OfItems_ChecksThem()
    {
        Action other = () => ArrowDataset.Write(Target, [1, 2], item => new double[item], item => item),
            infinite = () => ArrowDataset.Write(Target, [1, 2], item => [1.0 / (item - 2)], item => item),
            none = () => ArrowDataset.Write(Target, Array.Empty<int>(), item => [item], item => item);

        other.Should().Throw<ArgumentException>().WithMessage("Row 1 of features has 2 numbers, row 0 has 1: *");
        infinite.Should().Throw<ArgumentException>().WithMessage("Row 1, column 0 ('x') of features is *: it must be finite.*");
        none.Should().Throw<ArgumentException>().WithMessage("There are no samples: at least one is needed.*");
        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    private FluentAssertions.Specialized.ExceptionAssertions<InvalidDataException> Refused(string parquet, string target)
    {
        Action convert = () => ArrowDataset.ConvertParquet(parquet, Target, target, weights: "w");
        return convert.Should().Throw<InvalidDataException>();
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "data.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<string> WriteParquet(int groups, bool missing)
    {
        const int GroupRows = 4;
        string path = Path.Combine(_folder, "data.parquet");
        DataField a = new("a", typeof(double), false), b = new("b", typeof(float), true), y = new("y", typeof(int), false),
            w = new("w", typeof(long), false);
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(a, b, y, w), stream);
        for (int g = 0; g < groups; g++)
        {
            int[] rows = [.. Enumerable.Range(g * GroupRows, GroupRows)];
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<double>(a, Array.ConvertAll(rows, i => i + 0.5).AsMemory());
            await group.WriteAsync<float>(b, Array.ConvertAll(rows, i => missing && i == 2 ? (float?)null : -i).AsMemory());
            await group.WriteAsync<int>(y, Array.ConvertAll(rows, i => 3 * i).AsMemory());
            await group.WriteAsync<long>(w, Array.ConvertAll(rows, i => 1L + i % 2).AsMemory());
        }

        return path;
    }
}
