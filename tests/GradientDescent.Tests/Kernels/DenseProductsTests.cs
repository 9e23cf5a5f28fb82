using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

public class DenseProductsTests
{
    // Whole numbers, whose sums are exact in any order: on the edges of the tiles and beside them.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 5)]
    [InlineData(17, 33, 16)]
    [InlineData(5, 32, 513)]
    [InlineData(2, 65, 1030)]
    public void Products_AnyShape_AreThoseOfThePlainLoops(int rows, int inner, int columns)
    {
        double[] a = Numbers(rows * inner, 3), b = Numbers(inner * columns, 5), transposed = new double[b.Length];
        double[] product = new double[rows * columns], other = new double[rows * columns], expected = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                for (int k = 0; k < inner; k++)
                    expected[i * columns + j] += a[i * inner + k] * b[k * columns + j];
            }
        }

        var products = new DenseProducts();
        products.Times([1, 2, 3, 4], [1, 0, 0, 1], new double[4], 2); // another size first, whose memory is too short
        products.Times(a, b, product, inner);
        DenseProducts.Transpose(b, transposed, columns);
        products.TimesTransposed(a, transposed, other, inner);

        product.Should().Equal(expected);
        other.Should().Equal(expected);
    }

    private static double[] Numbers(int count, int factor) => [.. Enumerable.Range(0, count).Select(i => (double)(i * factor % 19 - 9))];
}
