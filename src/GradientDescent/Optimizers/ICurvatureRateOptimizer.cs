namespace GradientDescent;

/// <summary>An optimizer that can say whether the rate 1/L suits it, with L the largest curvature.</summary>
internal interface ICurvatureRateOptimizer
{
    /// <summary>
    /// Whether it converges at 1/L on every convex quadratic of largest curvature L, whatever its other settings, and no other form of it
    /// serves better there.
    /// </summary>
    bool TakesInverseCurvature { get; }
}
