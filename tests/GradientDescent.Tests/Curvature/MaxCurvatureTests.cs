namespace GradientDescent.Tests;

/// <summary>The bounds on the second derivative that losses give, compared with finite differences.</summary>
public class MaxCurvatureTests
{
    [Fact]
    public void MaxCurvature_OfEachLoss_IsNotExceededAndNearlyReached()
    {
        // Second differences along directions of one or two scores. The largest is the bound; for cross-entropies it is where the classes
        // are equally likely.
        Largest(new MeanSquaredError(), 1, 3).Should().BeApproximately(2, 1e-4);
        Largest(new BinaryCrossEntropy(), 1, 1).Should().BeApproximately(0.25, 1e-4).And.BeLessThan(0.25 + 1e-6);
        Largest(new CategoricalCrossEntropy(), 2, 1).Should().BeApproximately(0.5, 1e-4).And.BeLessThan(0.5 + 1e-6);

        static double Largest(ILoss loss, int scores, double target)
        {
            const double H = 1e-4;
            double largest = 0;
            for (double at = -3; at <= 3; at += 0.25)
            {
                double[] middle = scores == 1 ? [at] : [at, -at], step = scores == 1 ? [H] : [H * Math.Sqrt(0.5), -H * Math.Sqrt(0.5)];
                double[] before = new double[scores], after = new double[scores];
                loss.Evaluate([.. middle.Zip(step, (m, s) => m - s)], [target], [], before);
                loss.Evaluate([.. middle.Zip(step, (m, s) => m + s)], [target], [], after);
                largest = Math.Max(largest, Math.Sqrt(after.Zip(before, (a, b) => (a - b) * (a - b)).Sum()) / (2 * H));
            }

            loss.MaxCurvature.Should().BeGreaterThanOrEqualTo(largest - 1e-6);
            return largest;
        }
    }
}
