namespace GradientDescent;

/// <summary>Whether a point is the minimum, by the linear problem there.</summary>
/// <remarks>
/// The tests look at the undamped problem, so they say something about the point and not about the last steps: short steps in a curved
/// valley are no convergence.
/// </remarks>
/// <param name="targetNorm">The norm of the targets, for the size of rounding errors.</param>
/// <param name="parameterCount">The number of parameters.</param>
internal sealed class ConvergenceTests(double targetNorm, int parameterCount)
{
    private readonly TrustRegionStep _step = new(parameterCount);

    /// <summary>The relative reduction of the sum of squares that the Gauss-Newton step promises.</summary>
    public static double PromisedReduction(FitPoint point)
    {
        double share = point.Norm == 0 ? 0 : point.Factors.Offset / point.Norm;
        return share * share;
    }

    /// <summary>The size of the rounding errors of the residuals f − y: a few units in the last place of f and y.</summary>
    public double Rounding(FitPoint point) => Math.ScaleB(2 * targetNorm + point.Norm, -49);

    /// <summary>The test that is met at a point; <see langword="null"/>: none.</summary>
    /// <param name="point">The point.</param>
    /// <param name="scale">The scale of the parameters.</param>
    /// <param name="tolerance">See <see cref="NonlinearFitOptions.Tolerance"/>.</param>
    public StopDetails? Met(FitPoint point, ReadOnlySpan<double> scale, double tolerance)
    {
        PivotedQR factors = point.Factors;
        if (point.Norm == 0)
            return Converged("norm of the residuals", 0, 0);
        if (PromisedReduction(point) is double reduction && reduction <= tolerance)
            return Converged("promised relative reduction of the sum of squares", reduction, tolerance);
        if (factors.Offset <= Rounding(point))
            return Converged("promised change of the residuals, compared with rounding errors,", factors.Offset, Rounding(point));
        if (LargestChange(point, scale) is double change && change <= tolerance)
            return Converged("largest relative change of a parameter in the next step", change, tolerance);
        return LargestCosine(point) is double cosine && cosine <= tolerance
            ? Converged("largest cosine between the residuals and a derivative", cosine, tolerance)
            : null;
    }

    private static StopDetails Converged(string quantity, double measured, double threshold) =>
        StopDetails.Limit(StopReason.Converged, quantity, measured, threshold);

    private double LargestChange(FitPoint point, ReadOnlySpan<double> scale)
    {
        _step.FindUnlimited(point.Factors, scale);
        double largest = 0;
        for (int j = 0; j < parameterCount; j++)
        {
            if (_step.Step[j] != 0)
                largest = Math.Max(largest, Math.Abs(_step.Step[j] / point.Parameters[j]));
        }

        return largest;
    }

    private static double LargestCosine(FitPoint point)
    {
        PivotedQR factors = point.Factors;
        double largest = 0;
        for (int j = 0; j < factors.ColumnCount; j++)
        {
            double norm = factors.ColumnNorms[factors.Order[j]], cosine = 0;
            for (int i = 0; norm > 0 && i <= j; i++)
                cosine += factors[i, j] / norm * (factors.Projected[i] / point.Norm);
            largest = Math.Max(largest, Math.Abs(cosine));
        }

        return largest;
    }
}
