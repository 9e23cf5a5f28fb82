using System.Diagnostics;
using MathNet.Numerics.LinearAlgebra;
using MultipleRegression = MathNet.Numerics.LinearRegression.MultipleRegression;

namespace GradientDescent.Tool;

/// <summary>The analytic optimum of linear regression, by QR: what every optimizer is measured against.</summary>
/// <param name="Loss">The least mean squared error, in the user's units.</param>
/// <param name="StartLoss">The loss where training starts, at the mean of the target: its variance.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Note">Names the features left out because they depend on others; or <see langword="null"/>.</param>
internal sealed record LeastSquares(double Loss, double StartLoss, TimeSpan Elapsed, string? Note)
{
    private const double ExactFit = 1e-20;
    private const double Dependent = 1e-10;
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
        string? note = null;
        if (!IsOptimal(x, residual))
        {
            int[] kept = IndependentColumns(x);
            residual = Residual(Matrix<double>.Build.DenseOfColumns(x.RowCount, kept.Length, kept.Select(x.Column)), y);
            string dependent = string.Join(", ", data.Names.Where((_, j) => !kept.Contains(j)));
            note = dependent == "" ? null : $"Features that depend on others, so that the optimum does without them: {dependent}.";
        }

        double loss = residual.DotProduct(residual) / y.Count * data.TargetVariance;
        return new(loss, data.TargetVariance, Stopwatch.GetElapsedTime(started), note);
    }

    private static Vector<double> Residual(Matrix<double> x, Vector<double> y) =>
        x.ColumnCount == 0 || x.ColumnCount > x.RowCount ? y : y - x * MultipleRegression.QR(x, y);

    /// <summary>Whether the gradient is 0 there, but for rounding; with dependent columns QR's answer is not finite or far off.</summary>
    private static bool IsOptimal(Matrix<double> x, Vector<double> residual) =>
        x.ColumnCount == 0 || (x.TransposeThisAndMultiply(residual) / x.RowCount).AbsoluteMaximum() <= Solved;

    /// <summary>Gram–Schmidt, twice for accuracy: a column stays if something is left of it beside the columns before.</summary>
    private static int[] IndependentColumns(Matrix<double> x)
    {
        List<int> kept = [];
        List<Vector<double>> basis = [];
        for (int j = 0; j < x.ColumnCount; j++)
        {
            Vector<double> column = x.Column(j), rest = column;
            foreach (Vector<double> direction in basis.Concat(basis))
                rest -= direction * direction.DotProduct(rest);
            if (rest.L2Norm() <= Dependent * column.L2Norm())
                continue;
            kept.Add(j);
            basis.Add(rest.Normalize(2));
        }

        return [.. kept];
    }
}
