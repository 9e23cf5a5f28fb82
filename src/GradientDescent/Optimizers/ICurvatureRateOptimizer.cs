namespace GradientDescent;

/// <summary>An optimizer that reports whether the rate 1/L is suitable, where L is the largest curvature.</summary>
internal interface ICurvatureRateOptimizer
{
    /// <summary>
    /// Whether the optimizer converges at the rate 1/L on every convex quadratic of largest curvature L with any values of its other
    /// settings, and no other variant of the algorithm is better suited there.
    /// </summary>
    bool TakesInverseCurvature { get; }
}
