namespace GradientDescent.Tests.NonlinearFits;

/// <summary>The factors of random matrices, and the steps from them, compared with their definitions in plain loops.</summary>
public sealed class TrustRegionStepTests
{
    private const int Rows = 9, Columns = 4;

    [Fact]
    public void Factors_OfAMatrix_HaveItsProductsAndNorms()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            (double[] matrix, double[] residuals) = Problem(seed);
            PivotedQR factors = Factorize(matrix, residuals);

            factors.Rank.Should().Be(Columns);
            factors.Order.ToArray().Should().BeEquivalentTo([0, 1, 2, 3]);
            for (int i = 0; i < Columns; i++)
            {
                for (int j = 0; j < Columns; j++)
                {
                    // RᵀR = PᵀJᵀJP
                    double product = 0;
                    for (int k = 0; k < Columns; k++)
                        product += factors[k, i] * factors[k, j];
                    double expected = Product(Column(matrix, factors.Order[i]), Column(matrix, factors.Order[j]));
                    double size = factors.ColumnNorms[factors.Order[i]] * factors.ColumnNorms[factors.Order[j]];
                    product.Should().BeApproximately(expected, 1e-14 * size);
                }

                double norm = Norm(Column(matrix, i));
                factors.ColumnNorms[i].Should().BeApproximately(norm, 1e-14 * norm);
            }

            double[] gradient = new double[Columns];
            factors.Gradient(gradient);
            for (int j = 0; j < Columns; j++)
            {
                int column = factors.Order[j];
                gradient[j].Should().BeApproximately(
                    Product(Column(matrix, column), residuals), 1e-14 * factors.ColumnNorms[column] * Norm(residuals));
            }
        }
    }

    [Fact]
    public void Rank_OfDependentColumns_IsFoundInAllUnits()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            (double[] matrix, double[] residuals) = Problem(seed);
            for (int i = 0; i < Rows; i++)
                matrix[2 * Rows + i] = 1e-9 * (matrix[i] - 3 * matrix[Rows + i] / 1e6);

            Factorize(matrix, residuals).Rank.Should().Be(3);
        }
    }

    [Fact]
    public void Step_OfATrustRegion_SolvesTheDampedEquationsAndHasItsLength()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            (double[] matrix, double[] residuals) = Problem(seed);
            PivotedQR factors = Factorize(matrix, residuals);
            double[] scale = factors.ColumnNorms.ToArray();
            var step = new TrustRegionStep(Columns);
            step.FindUnlimited(factors, scale);
            double longest = step.Length;
            foreach (double share in new[] { 1e-6, 0.01, 0.5, 0.95, 1, 2 })
            {
                double radius = share * longest;

                step.Find(factors, scale, radius);

                step.Length.Should().BeApproximately(Math.Sqrt(step.Step.Zip(scale, (p, d) => p * p * d * d).Sum()), 1e-13 * step.Length);
                step.Length.Should().BeLessThanOrEqualTo(1.1 * radius);
                (step.Damping == 0 || step.Length >= 0.9 * radius).Should().BeTrue();
                (step.Damping == 0).Should().Be(longest <= 1.1 * radius);

                // Jᵀ(J·p + r) + λD²p = 0
                double[] after = [.. residuals.Select((r, i) => r + step.Step.Select((p, j) => matrix[j * Rows + i] * p).Sum())];
                for (int j = 0; j < Columns; j++)
                {
                    double damping = step.Damping * scale[j] * scale[j] * step.Step[j];
                    (Product(Column(matrix, j), after) + damping).Should().BeApproximately(
                        0, 1e-10 * scale[j] * Norm(residuals), "seed {0}, share {1}", seed, share);
                }
            }
        }
    }

    [Fact]
    public void Step_OfDependentColumns_LeavesAParameterAndStaysWithinTheRegion()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            (double[] matrix, double[] residuals) = Problem(seed);
            Column(matrix, 0).CopyTo(matrix.AsSpan(3 * Rows));
            PivotedQR factors = Factorize(matrix, residuals);
            double[] scale = factors.ColumnNorms.ToArray();
            var step = new TrustRegionStep(Columns);

            step.FindUnlimited(factors, scale);
            step.Step.Should().Contain(0);
            double longest = step.Length;

            step.Find(factors, scale, longest / 10);
            step.Length.Should().BeInRange(0.09 * longest, 0.11 * longest);
        }
    }

    /// <summary>Columns of very different sizes, one after another, and residuals.</summary>
    private static (double[] Matrix, double[] Residuals) Problem(int seed)
    {
        var random = new Random(seed);
        double[] sizes = [1, 1e6, 1e-5, 30];
        double[] matrix = [.. sizes.SelectMany(size => Enumerable.Range(0, Rows).Select(_ => size * (2 * random.NextDouble() - 1)))];
        return (matrix, [.. Enumerable.Range(0, Rows).Select(_ => 2 * random.NextDouble() - 1)]);
    }

    private static PivotedQR Factorize(double[] matrix, double[] residuals)
    {
        var factors = new PivotedQR(Rows, Columns);
        factors.Factorize([.. matrix], residuals);
        return factors;
    }

    private static double[] Column(double[] matrix, int j) => matrix[(j * Rows)..((j + 1) * Rows)];

    private static double Norm(double[] x) => Math.Sqrt(Product(x, x));

    private static double Product(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
