using GradientDescent.Tests.Solvers;

namespace GradientDescent.Tests.NonlinearFits;

/// <summary>The problems of Moré, Garbow and Hillstrom, for which MINPACK was made, as least squares.</summary>
public sealed class MoreGarbowHillstromFitTests
{
    [Fact]
    public void Fit_OnAllProblems_ReachesTheMinimum()
    {
        foreach (MoreGarbowHillstrom problem in MoreGarbowHillstrom.All())
        {
            NonlinearFit fit = problem.Fit();

            Math.Abs(problem.Gap(fit.ResidualSumOfSquares)).Should().BeLessThanOrEqualTo(1e-14, "{0}: {1}", problem, fit);
            // at the minimum of Powell's singular function the Jacobian has rank 2, and rounding errors of x₁ + 10x₂ are as large as x²
            fit.Reason.Should().Be(problem.Number == 13 ? StopReason.OptimizerStopped : StopReason.Converged, "{0}: {1}", problem, fit);
            fit.Evaluations.Should().BeLessThanOrEqualTo(200, "{0}: {1}", problem, fit);
        }
    }
}
