using System.Diagnostics;
using MathNet.Numerics.LinearAlgebra;
using MultipleRegression = MathNet.Numerics.LinearRegression.MultipleRegression;

namespace GradientDescent.Tool;

/// <summary>The optimum of linear regression, computed by QR. The results of all optimizers are compared with it.</summary>
/// <param name="Loss">The smallest mean squared error, in the units of the data.</param>
/// <param name="StartLoss">
/// The loss at the start of training. It is the variance of the target, because every prediction is the mean of the target.
/// </param>
/// <param name="Elapsed">The time that the computation took.</param>
/// <param name="Note">
/// A sentence if features are linearly dependent, so that the solution is not unique; otherwise <see langword="null"/>.
/// </param>
internal sealed record AnalyticOptimum(double Loss, double StartLoss, TimeSpan Elapsed, string? Note)
{
    private const double ExactFitTolerance = 1e-20;
    private const double GradientTolerance = 1e-12;

    /// <summary>Whether the optimum is 0 up to rounding. In this case, gaps are not relative to the optimum.</summary>
    public bool IsExact => Loss <= ExactFitTolerance * StartLoss;

    /// <summary>The unit of gaps: the optimum, or the variance of the target if the optimum is 0. If both are 0, the unit is 1.</summary>
    public double GapUnit => (IsExact, StartLoss) switch
    {
        (false, _) => Loss,
        (true, > 0) => StartLoss,
        _ => 1,
    };

    /// <summary>Returns the difference between a loss and the optimum, in units of <see cref="GapUnit"/>.</summary>
    public double Gap(double loss) => (loss - Loss) / GapUnit;

    public static AnalyticOptimum Solve(StandardizedData data)
    {
        long started = Stopwatch.GetTimestamp();
        Matrix<double> x = data.Features;
        Vector<double> y = data.Target;
        Vector<double> residual = Residual(x, y);
        double loss = residual.DotProduct(residual) / y.Count * data.TargetVariance;
        string? note = null;
        if (!IsOptimal(x, residual))
        {
            loss = LinearRegression.Fit(data.Source).Result.Loss;
            note = "Some features depend on others: many coefficients give the same optimum.";
        }

        return new(loss, data.TargetVariance, Stopwatch.GetElapsedTime(started), note);
    }

    private static Vector<double> Residual(Matrix<double> x, Vector<double> y) =>
        x.ColumnCount == 0 || x.ColumnCount > x.RowCount ? y : y - x * MultipleRegression.QR(x, y);

    /// <summary>
    /// Returns whether the gradient is 0 up to rounding. If columns are dependent, the solution of QR can be inaccurate or not finite.
    /// </summary>
    private static bool IsOptimal(Matrix<double> x, Vector<double> residual) =>
        x.ColumnCount == 0 || (x.TransposeThisAndMultiply(residual) / x.RowCount).AbsoluteMaximum() <= GradientTolerance;
}
