using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

/// <summary>Rows in float become the same numbers in double, whatever their length and padding.</summary>
public class RowConversionTests
{
    [Fact]
    public void Widen_OfAnyLength_CopiesEachNumberAndNothingElse()
    {
        for (int length = 0; length <= 35; length++)
        {
            float[] source = Numbers(length);
            double[] target = [.. Enumerable.Repeat(-7.0, length + 9)];

            RowConversion.Widen(source, target);

            target.Should().Equal([.. source.Select(number => (double)number), .. Enumerable.Repeat(-7.0, 9)]);
        }
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 8)]
    [InlineData(8, 8)]
    [InlineData(19, 19)]
    [InlineData(19, 24)]
    [InlineData(19, 32)]
    public void Widen_OfChosenRows_CopiesEachRowToItsPlaceAndKeepsThePaddingZero(int columns, int stride)
    {
        int targetStride = (columns + 7) & ~7;
        float[] storage = Table(columns, stride, rowCount: 6);
        int[] rows = [4, 0, 0, 5];
        double[] target = [.. new double[rows.Length * targetStride], -7, -7, -7, -7, -7, -7, -7, -7];

        RowConversion.Widen(new RowView<float>(storage, columns, stride, rows, [1, 2, 3]), target, targetStride);

        IEnumerable<double> expected = rows.SelectMany(row => storage.AsSpan(row * stride, columns).ToArray()
            .Select(number => (double)number).Concat(new double[targetStride - columns]));
        target.Should().Equal([.. expected, -7, -7, -7, -7, -7, -7, -7, -7]);
    }

    [Fact]
    public void Narrow_OfNumbersInRange_RoundsToNearest()
    {
        double[] source = [0.1, -1.0 / 3, 1 + 1.1 * Math.Pow(2, -24), float.MaxValue, double.Epsilon];
        float[] target = new float[5];

        RowConversion.Narrow(source, target).Should().Be(-1);

        target.Should().Equal(0.1f, -1f / 3, 1 + MathF.Pow(2, -23), float.MaxValue, 0);
    }

    [Fact]
    public void Narrow_OfANumberBeyondFloat_NamesTheFirst() =>
        RowConversion.Narrow([1, 2, 4e38, -4e38], new float[4]).Should().Be(2);

    [Fact]
    public void RowBuffer_UntilItIsCleared_KeepsItsFirstRows()
    {
        float[] storage = Table(columns: 5, stride: 8, rowCount: 3);
        var buffer = new RowBuffer(rowCount: 4, columnCount: 5);
        buffer.Stride.Should().Be(8);
        buffer.Values.Length.Should().Be(0);

        buffer.Widen(new RowView<float>(storage, 5, 8, [2], []));
        buffer.Widen(new RowView<float>(storage, 5, 8, [0, 1], []));
        double[] first = buffer.Values.ToArray();
        buffer.Clear();
        buffer.Widen(new RowView<float>(storage, 5, 8, [0, 1], []));

        double[] Row(int row) => [.. storage.AsSpan(row * 8, 8).ToArray().Select(number => (double)number)];
        first.Should().Equal([.. Row(2), .. new double[24]]);
        buffer.Values.ToArray().Should().Equal([.. Row(0), .. Row(1), .. new double[16]]);
        buffer.Indices.ToArray().Should().Equal(0, 1, 2, 3, 4, 5, 6, 7); // and as many upcoming rows
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    public void RowBuffer_OfSomeColumns_HasTheNextStrideOfEight(int columns, int stride) =>
        new RowBuffer(1, columns).Stride.Should().Be(stride);

    private static float[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => (float)Math.Sin(i))];

    private static float[] Table(int columns, int stride, int rowCount) =>
        [.. Enumerable.Range(0, rowCount * stride).Select(i => i % stride < columns ? (float)Math.Sin(i + 1) : 0)];
}
