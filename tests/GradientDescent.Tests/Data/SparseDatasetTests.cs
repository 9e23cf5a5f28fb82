using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

/// <summary>A sparse data set has the numbers of a dense one, and refuses rows that are not in order.</summary>
public class SparseDatasetTests
{
    private static readonly double[][] _rows =
        [[0, 1.5, 0, 0, -2], [0, 0, 0, 0, 0], [3, 0, 0, 0.25, 0], [0, -1, 0, 0, 0], [1e-300, 0, 0, 7, 8]];

    private static readonly double[] _targets = [1, 0, 2, 1, 0];

    [Fact]
    public void Rows_ArePresentWithTheirZeros_InAnyOrderOfReading()
    {
        Dataset data = SparseData.From(_rows, _targets);
        Dataset.RowReader read = data.FeatureReader();

        foreach (int sample in new[] { 0, 4, 1, 2, 2, 0, 3, 1 })
        {
            read(sample).ToArray().Should().Equal(_rows[sample]);
            data.Features(sample).ToArray().Should().Equal(_rows[sample]);
        }

        data.IsSparse.Should().BeTrue();
        Dataset.From(_rows, _targets).IsSparse.Should().BeFalse();
        data.ToString().Should().Be("5 samples, 5 features, 8 numbers not 0, 1 target");
        data.FeatureNames.Should().Equal("x1", "x2", "x3", "x4", "x5");
    }

    [Fact]
    public void CompressedRows_AreTheSameDataAsItems_InDoubleAndInFloat()
    {
        int[] starts = [0, 2, 2, 4, 5, 8], columns = [1, 4, 0, 3, 1, 0, 3, 4];
        double[] values = [1.5, -2, 3, 0.25, -1, 1e-300, 7, 8];
        string expected = SparseData.From(_rows, _targets).Fingerprint();

        Dataset.FromSparse(starts, columns, values, 5, _targets).Fingerprint().Should().Be(expected);
        Dataset.FromSparse(starts, columns, values, 5, _targets, copy: false).Fingerprint().Should().Be(expected);
        Dataset single = Dataset.FromSparse(starts, columns, Array.ConvertAll(values, value => (float)value), 5, _targets);
        single.FeaturePrecision.Should().Be(NumericPrecision.Single);
        single.Fingerprint().Should().Be(SparseData.From(_rows, _targets).WithPrecision(NumericPrecision.Single).Fingerprint());
        single.Features(4).ToArray().Should().Equal(0, 0, 0, 7, 8);
    }

    [Fact]
    public void SharedArrays_AreNotCopied_AndCopiesAreNotShared()
    {
        double[] values = [1, 2];
        Dataset shared = Dataset.FromSparse([0, 1, 2], [0, 1], values, 2, [0, 1], copy: false),
            copied = Dataset.FromSparse([0, 1, 2], [0, 1], values, 2, [0, 1]);

        values[0] = 5;

        shared.Features(0)[0].Should().Be(5);
        copied.Features(0)[0].Should().Be(1);
    }

    [Fact]
    public void PartsAndPrecision_StaySparse()
    {
        Dataset data = SparseData.From(_rows, _targets, [1, 2, 1, 0.5, 3]);

        Dataset selected = data.Select(4, 0, 4), single = data.WithPrecision(NumericPrecision.Single);
        (Dataset first, Dataset second) = data.Split(0.6, seed: 2);

        selected.IsSparse.Should().BeTrue();
        selected.Features(0).ToArray().Should().Equal(_rows[4]);
        selected.Features(1).ToArray().Should().Equal(_rows[0]);
        selected.Weight(2).Should().Be(3);
        (first.IsSparse, second.IsSparse, first.SampleCount + second.SampleCount).Should().Be((true, true, 5));
        single.IsSparse.Should().BeTrue();
        single.WithPrecision(NumericPrecision.Double).Features(2).ToArray().Should().Equal(_rows[2]);
        ((Action)(() => SparseData.From([[0, 1e300]], [1]).WithPrecision(NumericPrecision.Single))).Should().Throw<ArgumentException>()
            .WithMessage("Row 0, column 1 ('x2') of features is 1E+300: no float is near it.*");
    }

    [Fact]
    public void ColumnStatistics_AreThoseOfTheDenseColumns()
    {
        foreach (bool weighted in new[] { false, true })
        {
            foreach (bool centered in new[] { false, true })
            {
                double[]? weights = weighted ? [1, 2, 0, 0.5, 3] : null;
                ColumnStatistics sparse = ColumnStatistics.OfFeatures(SparseData.From(_rows, _targets, weights), centered),
                    dense = ColumnStatistics.OfFeatures(Dataset.From(_rows, _targets, weights), centered);

                // Five rounded additions for each sum; scales are roots of sums of squares about a mean that is as exact.
                sparse.Centers.ShouldBeWithin(dense.Centers, 1e-14);
                sparse.Scales.ShouldBeWithin(dense.Scales, 1e-14);
                sparse.LargestMagnitude.Should().Be(dense.LargestMagnitude);
            }
        }

        ColumnStatistics.OfLargest(SparseData.From(_rows, _targets)).Scales.Should().Equal(3, 1.5, 0, 7, 8);
        ColumnStatistics.OfLargest(Dataset.From(_rows, _targets)).Scales.Should().Equal(3, 1.5, 0, 7, 8);
    }

    public static TheoryData<int[], int[], double[], string> BadRows => new()
    {
        { [0, 2], [1, 1], [1, 2], "Row 0 has column 1 twice: each column can occur once.*" },
        { [0, 2], [3, 1], [1, 2], "Row 0 has column 1 after column 3: columns must be in ascending order.*" },
        { [0, 0, 1], [5], [1], "Row 1 has column 5: columns must be from 0 to 4, as there are 5 features.*" },
        { [0, 1], [-1], [1], "Row 0 has column -1: columns must be from 0 to 4, as there are 5 features.*" },
        { [0, 1], [2], [double.NaN], "Row 0, column 2 is NaN: it must be finite.*" },
        { [0, 2, 1], [0, 1], [1, 1], "rowStarts[2] is 1, less than the 2 before it: starts must not fall.*" },
        { [0, 1], [0, 1], [1, 1], "rowStarts ends with 1: it must end with the 2 values.*" },
        { [0, 3], [0, 1], [1, 1], "rowStarts ends with 3: it must end with the 2 values.*" },
        { [1, 2], [0, 1], [1, 1], "rowStarts begins with 1: it must begin with 0.*" },
        { [], [0], [1], "rowStarts is empty: it must have a number for each row and one more.*" },
        { [0, 1], [0, 1], [1], "There are 2 columns for 1 values: each value needs one.*" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void BadRows_AreRefusedByName(int[] starts, int[] columns, double[] values, string message) =>
        ((Action)(() => Dataset.FromSparse(starts, columns, values, 5, new double[Math.Max(1, starts.Length - 1)])))
            .Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void AnItemWithoutNumbers_IsNamed() =>
        FluentActions.Invoking(() => Dataset.FromSparse([1, 2], i => i == 2 ? null! : [(0, 1.0)], i => i, featureCount: 1))
            .Should().Throw<ArgumentException>().WithMessage("The function returned null for item 1.*");

    [Fact]
    public void Counts_AreChecked()
    {
        ((Action)(() => Dataset.FromSparse([0, 1], [0], [1.0], 0, [1]))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => Dataset.FromSparse([0, 1], [0], [1.0], 1, [1, 2]))).Should().Throw<ArgumentException>()
            .WithMessage("There are 2 targets for 1 rows of features: the counts must be equal.*");
        ((Action)(() => Dataset.FromSparse([0, 1], [0], [1.0], 1, [double.PositiveInfinity]))).Should().Throw<ArgumentException>();
        ((Action)(() => Dataset.FromSparse([0, 1], [0], [1.0], 2, [1], featureNames: ["a"]))).Should().Throw<ArgumentException>()
            .WithMessage("There are 1 names for 2 columns*");
    }
}
