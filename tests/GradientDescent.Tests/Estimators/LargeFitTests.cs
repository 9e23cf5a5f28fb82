using MathNet.Numerics.LinearRegression;

namespace GradientDescent.Tests.Estimators;

/// <summary>Fits of tables that are large enough for the inner products of their columns.</summary>
public class LargeFitTests
{
    private const double Unit = 1.1102230246251565e-16; // 2⁻⁵³

    [Theory]
    [InlineData(1)]
    [InlineData(1e-2)]
    [InlineData(1e-4)]
    [InlineData(1e-5)]
    [InlineData(1e-7)] // left to the reflections
    public void Fit_OfNearlyDependentColumns_HasTheDigitsOfAQR(double distance)
    {
        Dataset data = Table(20_000, 12, (i, row) => row[3] = row[2] + distance * row[3]);
        double[][] rows = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())];
        double[] targets = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])];

        LinearFit fit = LinearRegression.Fit(data), exact = LinearRegression.FitAccurately(data);
        double[] reflected = MultipleRegression.QR(rows, targets, intercept: true);

        // Backward stable methods are off by about κ·u of the coefficients, times a factor that chance decides: on 16 random tables with
        // the distance 1e-7 it was 0.4 to 109, in the middle 11. Another order of the sums in the columns' statistics changes it too.
        fit.Result.Reason.Should().Be(StopReason.Converged);
        double floor = 16 * (4 / distance) * Unit * exact.Weights.Max(Math.Abs);
        double worst = Enumerable.Range(0, 12).Max(j => Math.Abs(fit.Weights[j] - exact.Weights[j]));
        double worstOfQR = Enumerable.Range(0, 12).Max(j => Math.Abs(reflected[j + 1] - exact.Weights[j]));
        worst.Should().BeLessThan(10 * worstOfQR + floor);
        fit.Result.Loss.Should().BeApproximately(exact.Result.Loss, 1e-13 * exact.Result.Loss);
    }

    [Fact]
    public void Fit_OfAConstantACopyAndASum_IsTheSolutionOfLeastNorm()
    {
        Dataset data = Table(20_000, 12, (_, row) =>
        {
            row[4] = 7;
            row[5] = row[2];
            row[6] = row[1] + row[3];
        });

        LinearFit fit = LinearRegression.Fit(data);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Result.Note.Should().Contain("x5").And.Contain("least norm");
        fit.Weights[4].Should().Be(0);
        fit.Weights[5].Should().BeApproximately(fit.Weights[2], 1e-10, "a copy gets half of the effect");

        // The residual is orthogonal to every column.
        double[] products = new double[12];
        for (int i = 0; i < data.SampleCount; i++)
        {
            double residual = data.Targets(i)[0] - fit.Predict(data.Features(i));
            for (int j = 0; j < 12; j++)
                products[j] += residual * data.Features(i)[j];
        }

        products.Should().OnlyContain(product => Math.Abs(product) < 1e-7);
    }

    [Fact]
    public void Fit_OfWeightsOfZero_IgnoresTheirSamples()
    {
        Dataset data = Table(20_000, 12, (_, _) => { });
        double[] weights = [.. Enumerable.Range(0, 20_000).Select(i => i % 5 == 0 ? 0.0 : 1 + i % 3)];
        int[] kept = [.. Enumerable.Range(0, 20_000).Where(i => i % 5 != 0)];

        LinearFit weighted = LinearRegression.Fit(data.WithWeights(weights));
        LinearFit without = LinearRegression.Fit(Dataset.From(
            [.. kept.Select(i => data.Features(i).ToArray())],
            [.. kept.Select(i => data.Targets(i)[0])],
            [.. kept.Select(i => weights[i])]));

        for (int j = 0; j < 12; j++)
            weighted.Weights[j].Should().BeApproximately(without.Weights[j], 1e-12);
    }

    private static Dataset Table(int rows, int columns, Action<int, double[]> change)
    {
        double[][] features = new double[rows][];
        double[] targets = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double[] row = [.. Enumerable.Range(0, columns).Select(j => Number(i, j))];
            change(i, row);
            features[i] = row;
            targets[i] = row.Sum() + Number(i, 100);
        }

        return Dataset.From(features, targets);
    }

    /// <summary>SplitMix64 of the position, from −1 to 1: Steele, Lea and Flood, 2014.</summary>
    private static double Number(int row, int column)
    {
        ulong z = ((ulong)row * 1_000_003 + (ulong)column + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) / 18446744073709551616.0 * 2 - 1;
    }
}
