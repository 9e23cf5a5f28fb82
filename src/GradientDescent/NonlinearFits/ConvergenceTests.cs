using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Whether a point is the minimum, by the linear problem there.</summary>
/// <remarks>
/// The tests look at the undamped problem, so they say something about the point and not about the last steps: short steps in a curved
/// valley are no convergence.
/// </remarks>
/// <param name="tolerance">See <see cref="NonlinearFitOptions.Tolerance"/>.</param>
/// <param name="targetNorm">The norm of the targets, for the size of rounding errors.</param>
/// <param name="parameterCount">The number of parameters.</param>
internal sealed class ConvergenceTests(double tolerance, double targetNorm, int parameterCount)
{
    // Rounding errors of the residuals f − y: a few units in the last place of f and y.
    private const double Rounding = 1.0 / (1L << 49);

    private readonly TrustRegionStep _step = new(parameterCount);
    private readonly double[] _work = new double[parameterCount];

    /// <summary>The relative reduction of the sum of squares that the Gauss-Newton step promises.</summary>
    public static double PromisedReduction(FitPoint point)
    {
        double share = point.Norm == 0 ? 0 : point.Factors.Offset / point.Norm;
        return share * share;
    }

    /// <summary>The test that is met at a point; <see langword="null"/>: none.</summary>
    public StopDetails? Met(FitPoint point, ReadOnlySpan<double> scale)
    {
        PivotedQR factors = point.Factors;
        if (point.Norm == 0)
            return Converged("norm of the residuals", 0, 0);
        if (factors.Rank == 0)
            return null;
        double rounding = Rounding * (2 * targetNorm + point.Norm);
        if (PromisedReduction(point) is double reduction && reduction <= tolerance)
            return Converged("promised relative reduction of the sum of squares", reduction, tolerance);
        if (factors.Offset <= rounding)
            return Converged("promised reduction of the norm of the residuals, compared with rounding errors,", factors.Offset, rounding);
        if (RelativeStep(point, scale) is double step && step <= tolerance)
            return Converged("length of the next step relative to the parameters", step, tolerance);
        return LargestCosine(point) is double cosine && cosine <= tolerance
            ? Converged("largest cosine between the residuals and a derivative", cosine, tolerance)
            : null;
    }

    private static StopDetails Converged(string quantity, double measured, double threshold) =>
        StopDetails.Limit(StopReason.Converged, quantity, measured, threshold);

    private double RelativeStep(FitPoint point, ReadOnlySpan<double> scale)
    {
        _step.FindUnlimited(point.Factors, scale);
        for (int j = 0; j < parameterCount; j++)
            _work[j] = scale[j] * point.Parameters[j];
        return _step.Length / Reductions.Norm(_work);
    }

    private double LargestCosine(FitPoint point)
    {
        point.Factors.Gradient(_work);
        double largest = 0;
        for (int j = 0; j < parameterCount; j++)
        {
            double norm = point.Factors.ColumnNorms[point.Factors.Order[j]];
            if (norm > 0)
                largest = Math.Max(largest, Math.Abs(_work[j]) / norm / point.Norm);
        }

        return largest;
    }
}
