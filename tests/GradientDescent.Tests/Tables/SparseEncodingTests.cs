using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Tables;

/// <summary>One-hot features that are stored sparsely equal those that are stored densely.</summary>
public class SparseEncodingTests
{
    [Fact]
    public void DatasetFrom_OfAnyTable_HasTheSameFeaturesSparseOrDense() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements("red", "green", "blue", "").ArrayOf(12).ToArbitrary(),
        Gen.Elements("0", "1.5", "-2", "0.0", "").ArrayOf(12).ToArbitrary(),
        (colours, numbers) =>
        {
            CsvTable table = HashedColumnTests.Read("k,colour,date,size,y\n0,red,2024-01-01,1,0\n1,blue,2024-02-02,2,1\n" +
                string.Concat(colours.Zip(numbers).Select((row, i) => $"{i},{row.First},2024-0{i % 9 + 1}-11,{row.Second},{i % 2}\n")));
            var options = new EncodingOptions
            {
                MissingNumbers = MissingNumbers.Mean,
                MissingTextIsLevel = true,
                Columns = { ["date"] = ColumnEncoding.Days | ColumnEncoding.Month },
            };
            var encoding = FeatureEncoding.From(table.Without("y"), options);
            var alike = new FeatureEncoding(encoding.Columns) { IsSparse = true };

            Dataset dense = Dataset.From(table, encoding, "y"), sparse = Dataset.From(table, alike, "y");

            (dense.IsSparse, sparse.IsSparse).Should().Be((false, true));
            sparse.FeatureNames.Should().Equal(dense.FeatureNames);
            for (int i = 0; i < dense.SampleCount; i++)
            {
                sparse.Features(i).ToArray().Should().Equal(dense.Features(i).ToArray());
                sparse.Sparse!.ColumnsOf(i).Length.Should().Be(dense.Features(i).ToArray().Count(x => x != 0));
                sparse.Targets(i)[0].Should().Be(dense.Targets(i)[0]);
            }
        }));

    [Fact]
    public void From_AColumnOfThousandsOfLevels_NeedsSparse()
    {
        CsvTable table =
            HashedColumnTests.Read("user,y\n" + string.Concat(Enumerable.Range(0, 9000).Select(i => $"u{i % 3000:0000},{i}\n")));

        FluentActions.Invoking(() => FeatureEncoding.From(table.Without("y"))).Should().Throw<InvalidDataException>()
            .WithMessage("mails.csv, column 'user' has 3000 different strings: one-hot encoding takes from 2 to 50.");
        FluentActions.Invoking(() => FeatureEncoding.From(table.Without("y"), new() { Sparse = true, MaxLevels = 2999 })).Should()
            .Throw<InvalidDataException>().WithMessage("*takes from 2 to 2999.");
        var encoding = FeatureEncoding.From(table.Without("y"), new() { Sparse = true });

        Dataset data = Dataset.From(table, encoding, "y");
        (data.FeatureCount, data.Sparse!.NumberCount).Should().Be((2999, 8997));
        data.Features(3001)[0].Should().Be(1);
    }

    [Fact]
    public void From_AColumnWithALevelForMostRows_NeedsToBeNamed()
    {
        CsvTable table = HashedColumnTests.Read("user,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"u{i % 70:00},{i}\n")));

        FluentActions.Invoking(() => FeatureEncoding.From(table.Without("y"), new() { Sparse = true })).Should()
            .Throw<InvalidDataException>().WithMessage("*looks like an identifier*");
        FeatureEncoding.From(table.Without("y"), new() { Sparse = true, Columns = { ["user"] = ColumnEncoding.Category } })
            .FeatureCount.Should().Be(69);
    }

    [Fact]
    public void EncodingOptions_ToString_NamesTheSettings()
    {
        new EncodingOptions { Sparse = true, MaxLevels = 9, HashedFeatureCount = 64, PhraseLength = 2 }.ToString().Should()
            .Be("sparse; at most 9 levels; words hashed to 64 features; phrases of up to 2 words");
        new EncodingOptions { Sparse = true }.ToString().Should().Be("sparse");
        FluentActions.Invoking(() => new EncodingOptions { MaxLevels = 1 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new EncodingOptions { HashedFeatureCount = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new EncodingOptions { PhraseLength = 9 }).Should().Throw<ArgumentOutOfRangeException>();
    }
}
