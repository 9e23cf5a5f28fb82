using GradientDescent.Tool;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Tool;

public class ComparisonTests
{
    [Theory]
    [InlineData("norris.csv", 0.884796396144373, 34, 36)]
    [InlineData("longley.csv", 304.854073561965, 9, 16)]
    public void Solve_NistData_HasTheCertifiedLoss(string file, double residualDeviation, int degreesOfFreedom, int samples)
    {
        // NIST certifies s² = Σr²/(n − d − 1); the loss is Σr²/n.
        double certified = residualDeviation * residualDeviation * degreesOfFreedom / samples;

        var optimum = AnalyticOptimum.Solve(StandardizedData.Of(Csv("nist", file, "y")));

        optimum.Loss.Should().BeApproximately(certified, 1e-10 * certified);
        optimum.Note.Should().BeNull();
    }

    [Fact]
    public void Solve_DependentColumns_FindsTheSameOptimumAndSaysSo()
    {
        // b = 2a + 1 adds nothing to a.
        double[] a = [0, 1, 2, 3, 4], y = [1, 0, 3, 2, 5];
        var alone = AnalyticOptimum.Solve(StandardizedData.Of(Dataset.From(a, y)));

        var both = AnalyticOptimum.Solve(StandardizedData.Of(Dataset.From([.. a.Select(x => new[] { x, 2 * x + 1 })], y)));

        both.Loss.Should().BeApproximately(alone.Loss, 1e-14);
        both.Note.Should().StartWith("Some features depend on others");
    }

    [Fact]
    public void Bounds_MoreFeaturesThanSamples_AreThoseOfTheSmallerProduct()
    {
        // Both columns are standardized to −1, 1. XXᵀ/2 is [[1, −1], [−1, 1]] for two columns, so each row sum is 2; for four it is 4.
        double[][] Rows(int features) => [[.. Enumerable.Repeat(1.0, features)], [.. Enumerable.Repeat(3.0, features)]];

        CurvatureBounds.Of(StandardizedData.Of(Dataset.From(Rows(2), [1.0, 2]))).OfAll.Should().BeApproximately(4, 1e-15);
        CurvatureBounds.Of(StandardizedData.Of(Dataset.From(Rows(4), [1.0, 2]))).OfAll.Should().BeApproximately(8, 1e-15);
        CurvatureBounds.Of(StandardizedData.Of(Dataset.From(Rows(20_000), [1.0, 2]))).OfAll.Should().BeApproximately(40_000, 1e-10);
    }

    [Fact]
    public void Solve_MoreFeaturesThanSamples_FitsExactly()
    {
        var optimum = AnalyticOptimum.Solve(
            StandardizedData.Of(Dataset.From([[1.0, 5.0, 2.0], [2.0, 1.0, 1.0], [4.0, 2.0, 9.0]], [1.0, 5.0, 2.0])));

        optimum.IsExact.Should().BeTrue();
        optimum.GapUnit.Should().Be(optimum.StartLoss);
    }

    [Fact]
    public void Run_ConstantTarget_HasNoGap()
    {
        var comparison = Comparison.Run(Dataset.From([1.0, 2.0, 3.0], [7.0, 7.0, 7.0]), new ComparisonSettings());

        comparison.Rows.Should().OnlyContain(row => row.Gap == 0);
    }

    [Theory]
    [InlineData("breast_cancer.csv", "target")]
    [InlineData("iris.csv", "petal_width")]
    [InlineData("age_salary.csv", "salary")]
    public void Run_OtherData_NothingDiverges(string file, string target)
    {
        var comparison = Comparison.Run(Csv("", file, target), new ComparisonSettings(Epochs: 300));

        comparison.Rows.Should()
            .OnlyContain(row => row.Result.Reason != StopReason.Diverged && row.Result.Loss < comparison.Optimum.StartLoss);
    }

    [Fact]
    public void Run_WithProgress_ReportsEachRunInOrderAndChangesNoBit()
    {
        Dataset data = Csv("", "iris.csv", "petal_width");
        List<(string Name, double Share)> reports = [];

        var comparison = Comparison.Run(data, new ComparisonSettings(Epochs: 3), (name, share) => reports.Add((name, share)));

        comparison.Rows.Select(row => row.Result.Loss).Should()
            .Equal(Comparison.Run(data, new ComparisonSettings(Epochs: 3)).Rows.Select(row => row.Result.Loss));
        reports.Take(8).Should().Equal(PrintedTable.Names[..8].Select(name => (name, 0.0)));
        reports.Skip(8).Select(report => report.Name).Distinct().Should().Equal(PrintedTable.Names[..8]);
        reports.GroupBy(report => report.Name).Should().OnlyContain(run => run.Last().Share == 1);
        reports.GroupBy(report => report.Name).Should().AllSatisfy(run => run.Select(report => report.Share).Should().BeInAscendingOrder());
    }

    [Fact]
    public void Run_Cancelled_KeepsWhatIsDoneAndNamesWhatIsNot()
    {
        Dataset data = Csv("", "iris.csv", "petal_width");
        using var source = new CancellationTokenSource();

        var comparison = Comparison.Run(
            data,
            new ComparisonSettings(Epochs: 3),
            (name, share) =>
            {
                if (name == "MiniBatchSGD" && share > 0)
                    source.Cancel();
            },
            source.Token);

        comparison.Rows.Select(row => row.Compared.Name).Should().Equal("BatchGD", "SGD", "MiniBatchSGD");
        comparison.Rows[^1].Result.Should().Match<TrainingResult>(r => r.Reason == StopReason.Cancelled && r.Steps == 1);
        comparison.NotRun.Should().Equal("Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam");
        ComparisonTable.Of(comparison, wide: true).Footnotes(comparison).Should()
            .Contain("Interrupted. Not run: Momentum, Nesterov, AdaGrad, RMSProp, Adam.");
    }

    [Fact]
    public void Of_Diabetes_BoundsTheLargestCurvature()
    {
        var data = StandardizedData.Of(CompareCommand.BuiltIn());
        Matrix<double> correlations = data.Features.TransposeThisAndMultiply(data.Features) / data.Features.RowCount;

        var curvature = CurvatureBounds.Of(data);

        curvature.OfAll.Should()
            .BeInRange(2 * correlations.Evd(Symmetricity.Symmetric).EigenValues.Real().Maximum(), 2 * data.Features.ColumnCount);
        curvature.OfBatches(1).Should().BeApproximately(curvature.OfOneSample, 1e-12);
        curvature.OfBatches(442).Should().Be(curvature.OfAll);
    }

    private static Dataset Csv(string folder, string file, string target) =>
        Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "Files", folder, file), target);
}
