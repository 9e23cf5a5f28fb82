using System.Diagnostics;
using MathNet.Numerics.LinearAlgebra;
using MultipleRegression = MathNet.Numerics.LinearRegression.MultipleRegression;

namespace GradientDescent.Tool;

/// <summary>The analytic optimum of linear regression, by QR: what every optimizer is measured against.</summary>
/// <param name="Loss">The least mean squared error, in the user's units.</param>
/// <param name="StartLoss">The loss where training starts, at the mean of the target: its variance.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Note">Says so if QR could not do it because features depend on others; or <see langword="null"/>.</param>
internal sealed record LeastSquares(double Loss, double StartLoss, TimeSpan Elapsed, string? Note)
{
    private const double ExactFit = 1e-20;
    private const double Solved = 1e-12;

    /// <summary>Whether the data lies on a hyperplane, but for rounding; then a gap cannot be relative to the optimum.</summary>
    public bool IsExact => Loss <= ExactFit * StartLoss;

    /// <summary>What gaps are relative to: the optimum, or the target's variance if the optimum is 0.</summary>
    public double GapUnit => (IsExact, StartLoss) switch
    {
        (false, _) => Loss,
        (true, > 0) => StartLoss,
        _ => 1,
    };

    public double Gap(double loss) => (loss - Loss) / GapUnit;

    public static LeastSquares Solve(StandardizedData data)
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

    /// <summary>Whether the gradient is 0 there, but for rounding; with dependent columns QR's answer is not finite or far off.</summary>
    private static bool IsOptimal(Matrix<double> x, Vector<double> residual) =>
        x.ColumnCount == 0 || (x.TransposeThisAndMultiply(residual) / x.RowCount).AbsoluteMaximum() <= Solved;
}
