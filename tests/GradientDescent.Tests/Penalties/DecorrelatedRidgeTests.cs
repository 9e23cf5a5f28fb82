using GradientDescent.Tests.Contracts;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Penalties;

/// <summary>An L2 penalty on decorrelated features is on the coefficients in the user's units all the same.</summary>
public class DecorrelatedRidgeTests
{
    private static readonly TrainingOptions _options = new() { Batching = Batching.Full, GradientTolerance = 1e-11, MaxEpochs = 20_000 };
    private static readonly FitOptions _fitOptions = new() { Scaling = FeatureScaling.Decorrelate, RateFromCurvature = true };

    public static TheoryData<int> Ridges =>
        [.. GoldenModel.All().Index().Where(golden => golden.Item.Penalty is L2Penalty).Select(golden => golden.Index)];

    [Theory]
    [MemberData(nameof(Ridges))]
    public void Fit_OfAModel_IsTheOptimumOfOtherLibraries(int index)
    {
        GoldenModel golden = GoldenModel.All()[index];
        LinearModel model = golden.NewModel();

        TrainingResult result = new Trainer(new Nesterov(momentum: 0.999, restart: true), _options)
            .Fit(model, golden.Data(), options: _fitOptions with { Penalty = golden.Penalty });

        result.Reason.Should().Be(StopReason.Converged);
        golden.ShouldBeMetBy(model);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-6)]
    [InlineData(0.3)]
    [InlineData(1e3)]
    public void Fit_OfLeastSquares_IsTheClosedFormAfterAnUpdateOrTwo(double strength)
    {
        // Two targets, weighted samples, features of unlike scales: (XᵀWX + λ·Σw·2/2·I)β = XᵀWY, centred. Both together bend by 2/2 in
        // every direction: rate 1, and the first update is at the optimum.
        (Dataset data, Matrix<double> x, Matrix<double> y, double[] weights) = Problem(dependent: false);
        var model = new LinearRegression(2);

        TrainingResult result = new Trainer(new BatchGD(), _options)
            .Fit(model, data, options: _fitOptions with { Penalty = new L2Penalty(strength) });

        result.Reason.Should().Be(StopReason.Converged);
        result.Steps.Should().BeLessThanOrEqualTo(2);
        result.LearningRate.Should().BeApproximately(1, 1e-11); // a column near 100 that spreads by 0.04 is centred to 100·2⁻⁵³/0.04, 3e-13
        double[] expected = Ridge(x, y, weights, strength);
        model.Weights.Should().Equal(expected, (w, e) => Math.Abs(w - e) <= 1e-11 * expected.Max(Math.Abs));
        double error = Enumerable.Range(0, data.SampleCount)
            .Sum(i => weights[i] * model.Scores(data.Features(i)).Zip(data.Targets(i).ToArray(), (p, t) => (p - t) * (p - t))
            .Average()) / weights.Sum();
        result.Loss.Should().BeApproximately(error + strength / 2 * model.Weights.Sum(w => w * w), 1e-11 * result.Loss);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public void Fit_OfDependentColumns_IsTheClosedFormOrTheOneOfLeastNorm(double strength)
    {
        // The third column is the sum of two, the fourth does not vary. Without a penalty the fit without one is the measure; with it there
        // is one solution only.
        (Dataset data, Matrix<double> x, Matrix<double> y, double[] weights) = Problem(dependent: true);
        LinearRegression model = new(2), unpenalised = new(2);

        TrainingResult result = new Trainer(new BatchGD(), _options)
            .Fit(model, data, options: _fitOptions with { Penalty = new L2Penalty(strength) });

        result.Reason.Should().Be(StopReason.Converged);
        new Trainer(new BatchGD(), _options).Fit(unpenalised, data, options: _fitOptions);
        double[] expected = strength == 0 ? [.. unpenalised.Weights] : Ridge(x, y, weights, strength);
        model.Weights.Should().Equal(expected, (w, e) => Math.Abs(w - e) <= 1e-11 * expected.Max(Math.Abs));
        result.Note.Should().Contain("do not vary");
        (result.Note!.Contains("least norm", StringComparison.Ordinal)).Should().Be(strength == 0);
    }

    [Fact]
    public void Fit_FromAStart_BeginsThere()
    {
        // At the optimum already: the way to the optimised coordinates and back is the identity.
        (Dataset data, _, _, _) = Problem(dependent: false);
        var model = new LinearRegression(2);
        FitOptions fitOptions = _fitOptions with { Penalty = new L2Penalty(0.3) };
        TrainingResult first = new Trainer(new BatchGD(), _options).Fit(model, data, options: fitOptions);

        TrainingResult again = new Trainer(new BatchGD(), _options with { GradientTolerance = 1e-9 })
            .Fit(new LinearRegression(2), data, options: fitOptions with { Start = first.Parameters });

        again.Steps.Should().Be(0);
        again.Parameters.Should().Equal(first.Parameters, (a, b) => Math.Abs(a - b) <= 1e-12 * first.Parameters.Max());
    }

    private static (Dataset Data, Matrix<double> Features, Matrix<double> Targets, double[] Weights) Problem(bool dependent)
    {
        const int Count = 60;
        double[][] rows = [.. Enumerable.Range(0, Count).Select(i =>
        {
            double a = HashedWork.Wave(i), b = 0.05 * HashedWork.Wave(3 * i + 1000);
            return dependent ? [a, b, a + b, 7] : (double[])[a, b, 30 * HashedWork.Wave(5 * i + 5000) + 20 * a, 100 + a * b];
        })];
        double[][] targets = [.. rows.Select((row, i) =>
            new[] { 10 + 3 * row[0] - 8 * row[1] + HashedWork.Wave(i + 31), 5 * row[2] - row[0] })];
        double[] weights = [.. Enumerable.Range(0, Count).Select(i => i % 7 == 0 ? 0.0 : 1 + i % 3)];
        return (Dataset.From(rows, targets, weights), Matrix<double>.Build.DenseOfRowArrays(rows),
            Matrix<double>.Build.DenseOfRowArrays(targets), weights);
    }

    /// <summary>The solution of the normal equations, target after target.</summary>
    private static double[] Ridge(Matrix<double> x, Matrix<double> y, double[] weights, double strength)
    {
        double total = weights.Sum();
        Matrix<double> w = Matrix<double>.Build.DenseOfDiagonalArray(weights),
            mean = Matrix<double>.Build.Dense(1, x.RowCount, (_, i) => weights[i] / total);
        Matrix<double> ones = Matrix<double>.Build.Dense(x.RowCount, 1, 1), centred = x - ones * (mean * x),
            deviations = y - ones * (mean * y);
        Matrix<double> left = centred.TransposeThisAndMultiply(w * centred)
            + strength * total * Matrix<double>.Build.DenseIdentity(x.ColumnCount);
        Matrix<double> solution = left.Solve(centred.TransposeThisAndMultiply(w * deviations));
        return [.. solution.EnumerateColumns().SelectMany(column => column)];
    }
}
