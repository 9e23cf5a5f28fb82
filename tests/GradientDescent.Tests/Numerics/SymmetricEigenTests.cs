using GradientDescent.Numerics;

namespace GradientDescent.Tests.Numerics;

public class SymmetricEigenTests
{
    /// <summary>The second difference of n points has the eigenvalues 2 − 2cos(kπ/(n + 1)).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void Decompose_TheSecondDifference_HasItsKnownEigenvalues(int size)
    {
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            matrix[i * size + i] = 2;
            if (i > 0)
                matrix[i * size + i - 1] = matrix[(i - 1) * size + i] = -1;
        }

        var eigen = new SymmetricEigen(size);
        eigen.Decompose(matrix, 1e-6);

        double[] values = [.. Enumerable.Range(0, size).Select(eigen.Value).Order()];
        for (int k = 1; k <= size; k++)
            values[k - 1].Should().BeApproximately(2 - 2 * Math.Cos(k * Math.PI / (size + 1)), 1e-15 * 4 * size);
        ShouldRebuild(eigen, matrix, size, 1e-15 * 4 * size);
    }

    /// <summary>
    /// D A D with A = 1 + J/10 and D from 1 to 1e-9: the smallest eigenvalue is about 1e-18 of the largest. Relative accuracy is governed
    /// by A, whose condition is 1.3. The determinant is that of D² times 1.3.
    /// </summary>
    [Fact]
    public void Decompose_OfAScaledMatrix_KeepsTheDigitsOfSmallEigenvalues()
    {
        double[] scales = [1, 1e-4, 1e-9], matrix = new double[9];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                matrix[3 * i + j] = scales[i] * scales[j] * (i == j ? 1.1 : 0.1);
        }

        var eigen = new SymmetricEigen(3);
        eigen.Decompose(matrix, 1e-20);

        (eigen.Value(0) * eigen.Value(1) * eigen.Value(2) / (1.3 * 1e-26)).Should().BeApproximately(1, 1e-14);
    }

    /// <summary>xxᵀ + εI in double, for a long x: rounding loses ε, and with it the rank.</summary>
    [Fact]
    public void Decompose_OfASumThatRoundingMadeSingular_KeepsTheLowerBound()
    {
        double[] x = [3e8, 1e8, -2e8], matrix = new double[9];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                matrix[3 * i + j] = x[i] * x[j] + (i == j ? 1e-4 : 0);
        }

        var eigen = new SymmetricEigen(3);
        eigen.Decompose(matrix, 1e-4);

        double[] values = [.. Enumerable.Range(0, 3).Select(eigen.Value).Order()];
        values[2].Should().BeApproximately(1.4e17, 1.4e17 * 1e-15); // x·x, with two roundings and that of the factor
        values[..2].Should().OnlyContain(value => value > 0 && value < 100); // what rounding of entries of 9e16 leaves
    }

    private static void ShouldRebuild(SymmetricEigen eigen, double[] matrix, int size, double tolerance)
    {
        double[] vectors = eigen.Vectors.ToArray();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double sum = Enumerable.Range(0, size).Sum(k => vectors[k * size + i] * eigen.Value(k) * vectors[k * size + j]);
                sum.Should().BeApproximately(matrix[i * size + j], tolerance);
            }
        }
    }
}
