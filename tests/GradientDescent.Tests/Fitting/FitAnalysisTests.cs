using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Fitting;

/// <summary>The analysis of a fit before it runs, compared with closed forms and with the runs themselves.</summary>
public class FitAnalysisTests
{
    private static readonly TrainingOptions _raw = new() { Batching = Batching.Full };
    private static readonly FitOptions _rawFit = new() { Scaling = FeatureScaling.None };

    [Fact]
    public void From_ADiagonalProblem_HasTheClosedForms()
    {
        // Rows √(n·λ)·e: C = diag(4, 1, 0.25), squared error doubles it: L = 8, μ = 0.5, κ = 16, √κ = 4.
        FitAnalysis analysis =
            FitAnalysis.From(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), fitOptions: _rawFit, options: _raw);

        analysis.LargestCurvature.Should().BeApproximately(8, 1e-14);
        analysis.CurvatureAtStart.Should().BeApproximately(8, 8 * 0.01).And.BeLessThanOrEqualTo(8 + 1e-9);
        analysis.Source.Should().Be(CurvatureSource.SingularValues);
        analysis.ConditionNumber.Should().BeApproximately(16, 1e-13);
        analysis.SafeDescent!.LearningRate.Should().BeApproximately(1 / 8.0, 1e-15);
        analysis.BestDescent!.LearningRate.Should().BeApproximately(2 / 8.5, 1e-15);
        analysis.BestDescent.Contraction.Should().BeApproximately(15 / 17.0, 1e-14);
        analysis.HeavyBall!.LearningRate.Should().BeApproximately(4 / Math.Pow(Math.Sqrt(8) + Math.Sqrt(0.5), 2), 1e-14);
        analysis.HeavyBall.Momentum.Should().BeApproximately(9 / 25.0, 1e-14);
        analysis.Nesterov!.Momentum.Should().BeApproximately(3 / 5.0, 1e-14);
        analysis.Rank.Should().Be(3);
    }

    [Theory]
    [InlineData(1e-2, 0)]
    [InlineData(1e-4, 0)]
    [InlineData(1e-4, 1e-3)]
    public void EstimateSteps_IsNotExceededByTheRunsAndTightInTheSlowestDirection(double smallest, double strength)
    {
        Dataset data = Diagonal(1, 0.1, smallest);
        TrainingOptions options = _raw with
        {
            MaxSteps = 10_000_000,
            GradientTolerance = 1e-8,
        };
        FitOptions fitOptions = _rawFit with { Start = [0, 0, 1.0], Penalty = new L2Penalty(strength) };
        FitAnalysis analysis = FitAnalysis.From(new LinearRegression(intercept: false), data, fitOptions: fitOptions, options: options);
        foreach ((RateAdvice advice, Func<RateAdvice, Optimizer> rule) in ((RateAdvice, Func<RateAdvice, Optimizer>)[])
        [
            (analysis.SafeDescent!, a => new BatchGD(a.LearningRate)),
            (analysis.BestDescent!, a => new BatchGD(a.LearningRate)),
            (analysis.HeavyBall!, a => new Momentum(a.LearningRate, a.Momentum)),
            (analysis.Nesterov!, a => new Nesterov(a.LearningRate, a.Momentum)),
        ])
        {
            TrainingResult slow = new Trainer(rule(advice), options).Fit(new LinearRegression(intercept: false), data, options: fitOptions);
            long predicted = advice.EstimateSteps(1e-8)!.Value;

            slow.Reason.Should().Be(StopReason.Converged);
            slow.Steps.Should().BeLessThanOrEqualTo(predicted + 1);
            slow.Steps.Should().BeGreaterThan(predicted / 2);
        }
    }

    [Fact]
    public void From_AVandermondeMatrix_HasItsConditionNumber()
    {
        double[][] rows = [.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 9).Select(p => Math.Pow(i / 39.0, p)).ToArray())];
        double condition = Matrix<double>.Build.DenseOfRowArrays(rows).Svd().ConditionNumber;

        FitAnalysis analysis =
            FitAnalysis.From(new LinearRegression(intercept: false), Dataset.From(rows, new double[40]), fitOptions: _rawFit,
            options: _raw);

        // The matrix has condition 4e6: its singular values keep 16 − 7 digits; from its square, the smallest would keep none.
        analysis.ConditionNumber.Should().BeApproximately(condition * condition, 1e-6 * condition * condition);
        analysis.Rank.Should().Be(9);
    }

    [Fact]
    public void From_FaultyColumns_NamesThem()
    {
        double[][] rows = [.. Enumerable.Range(0, 30).Select(i => new[] { i, 1000.0 * (i * 7 % 30), 5, 2 * i + 1 })];
        var data = Dataset.From(rows, [.. rows.Select(row => row[0])], featureNames: ["a", "b", "five", "twice"]);

        FitAnalysis analysis = FitAnalysis.From(new LinearRegression(), data);

        analysis.ConstantFeatures.Should().Equal("five");
        analysis.ColumnCount.Should().Be(5);
        analysis.Rank.Should().Be(3);
        analysis.RatioOfFeatureScales.Should().BeApproximately(1000, 1e-9);
        analysis.ToString().Should().Contain("1 column depends on the others").And.Contain("five");
    }

    [Fact]
    public void From_ManyColumns_HasAnUpperBoundWithoutSingularValues()
    {
        double[] Row(int i) => [.. Enumerable.Range(0, 30).Select(j => HashedWork.Wave(31 * i + 7 * j) / (1 + j % 5))];
        Dataset data = Dataset.From([.. Enumerable.Range(0, 400).Select(Row)], new double[400]);
        foreach (FeatureScaling scaling in new[] { FeatureScaling.None, FeatureScaling.Standardize })
        {
            var options = new TrainingOptions { MaxDegreeOfParallelism = 4, ParallelThreshold = 0 };
            var fitOptions = new FitOptions { Scaling = scaling };
            FitAnalysis exact = FitAnalysis.From(new LinearRegression(), data, fitOptions: fitOptions, options: options);

            FitAnalysis bounded = FitAnalysis.From(new LinearRegression(), data, null, fitOptions, options, maxWork: 0);

            bounded.Source.Should().Be(CurvatureSource.RandomStart);
            bounded.LargestCurvature.Should().BeInRange(exact.LargestCurvature, 1.25 * exact.LargestCurvature * (1 + 1e-9));
            bounded.ConditionNumber.Should().BeLessThanOrEqualTo(exact.ConditionNumber * (1 + 1e-9));
            bounded.Rank.Should().BeNull();
            bounded.SafeDescent!.EstimateSteps(1e-6).Should().BeNull();
            FitAnalysis.From(new LinearRegression(), data, null, fitOptions, options with { MaxDegreeOfParallelism = 1 }, maxWork: 0)
                .ToString().Should().Be(bounded.ToString());
        }
    }

    [Fact]
    public void From_OneColumnAmongMany_IsBoundedByTheTrace()
    {
        FitAnalysis bounded = FitAnalysis.From(new LinearRegression(intercept: false), Diagonal(4, 0, 0), null, _rawFit, _raw, maxWork: 0);

        bounded.Source.Should().Be(CurvatureSource.Trace);
        bounded.LargestCurvature.Should().BeApproximately(8, 1e-14);
    }

    [Fact]
    public void From_DependentColumnsAmongMany_HasNoFiniteConditionNumber()
    {
        Dataset data = Dataset.From([.. Enumerable.Range(0, 50).Select(i => new[] { i, 2.0 * i, i * i % 7 })], new double[50]);

        FitAnalysis analysis = FitAnalysis.From(new LinearRegression(), data, null, null, null, maxWork: 0);

        analysis.ConditionNumber.Should().Be(double.PositiveInfinity);
        (analysis.BestDescent, analysis.HeavyBall, analysis.Nesterov).Should().Be((null, null, null));
        analysis.SafeDescent!.LearningRate.Should().Be(1 / analysis.LargestCurvature);
        analysis.ToString().Should().MatchRegex(@"Momentum \(heavy ball\) +none\n").And.Contain("use Nesterov(restart: true)");
        FitAnalysis.From(new LinearRegression(), data).ConditionNumber.Should().BeLessThan(10);
        FitAnalysis.From(new LinearRegression(), data, null, new() { Penalty = new L2Penalty(1) }, null, maxWork: 0)
            .Nesterov.Should().NotBeNull("the penalty adds curvature where the columns have none");
    }

    [Fact]
    public void From_ADiagonalProblemWithAnL2Penalty_AddsItsStrengthToEachCurvature()
    {
        // 2·diag(4, 1, 0.25) + 0.5: L = 8.5, μ = 1. The column of zeros has curvature 0.5 as well.
        FitOptions fitOptions = _rawFit with { Penalty = new L2Penalty(0.5) };
        FitAnalysis analysis =
            FitAnalysis.From(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), fitOptions: fitOptions, options: _raw);
        FitAnalysis withZeros =
            FitAnalysis.From(new LinearRegression(intercept: false), Diagonal(4, 0, 0.25), fitOptions: fitOptions, options: _raw);

        analysis.LargestCurvature.Should().BeApproximately(8.5, 1e-14);
        analysis.CurvatureAtStart.Should().BeApproximately(8.5, 8.5 * 0.01);
        analysis.ConditionNumber.Should().BeApproximately(8.5, 1e-13);
        analysis.SafeDescent!.LearningRate.Should().BeApproximately(1 / 8.5, 1e-15);
        analysis.BestDescent!.LearningRate.Should().BeApproximately(2 / 9.5, 1e-15);
        withZeros.ConditionNumber.Should().BeApproximately(17, 1e-13);
        withZeros.Rank.Should().Be(3);
    }

    [Theory]
    [InlineData(FeatureScaling.None)]
    [InlineData(FeatureScaling.Standardize)]
    public void From_AnL2PenaltyOnFeaturesOfDifferentScales_HasTheEigenvaluesOfTheHessian(FeatureScaling scaling)
    {
        // Two targets and an intercept: H = 2/2·C + B. In standardised columns a coefficient is w = r·w′/s and the loss is r² times the
        // optimised one, so B = λ/s². The intercept has no penalty.
        double[] Row(int i) => [HashedWork.Wave(i), 0.2 * HashedWork.Wave(3 * i + 100), 5 * HashedWork.Wave(7 * i + 900)];
        double[][] rows = [.. Enumerable.Range(0, 50).Select(Row)];
        Dataset data = Dataset.From(rows, [.. rows.Select(row => new[] { row[0], 40 * row[1] })]);
        var statistics = ColumnStatistics.OfFeatures(data, centered: true);
        bool isScaled = scaling == FeatureScaling.Standardize;
        double Entry(int i, int j) => isScaled ? (rows[i][j] - statistics.Centers[j]) / statistics.Scales[j] : rows[i][j];
        Matrix<double> x = Matrix<double>.Build.Dense(50, 4, (i, j) => j == 3 ? 1 : Entry(i, j));
        double[] strengths = [.. statistics.Scales.Select(scale => isScaled ? 0.3 / (scale * scale) : 0.3), 0];
        Matrix<double> hessian = x.TransposeThisAndMultiply(x) / 50 + Matrix<double>.Build.DenseOfDiagonalArray(strengths);
        double[] eigenvalues = [.. hessian.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
        var fitOptions = new FitOptions { Scaling = scaling, Penalty = new L2Penalty(0.3) };

        FitAnalysis exact = FitAnalysis.From(new LinearRegression(2), data, fitOptions: fitOptions, options: _raw);
        FitAnalysis bounded = FitAnalysis.From(new LinearRegression(2), data, null, fitOptions, _raw, maxWork: 0);

        exact.LargestCurvature.Should().BeApproximately(eigenvalues[^1], 1e-12 * eigenvalues[^1]);
        exact.ConditionNumber.Should().BeApproximately(eigenvalues[^1] / eigenvalues[0], 1e-11 * eigenvalues[^1] / eigenvalues[0]);
        bounded.LargestCurvature.Should().BeInRange(eigenvalues[^1], 1.25 * eigenvalues[^1] * (1 + 1e-9));
        bounded.ConditionNumber.Should().BeLessThanOrEqualTo(exact.ConditionNumber * (1 + 1e-9));
    }

    [Fact]
    public void From_APenaltyOnAColumnOfZerosAmongMany_HasAnUpperBound()
    {
        // The curvature of the data is at most 8; that of the penalty is 100 in every column.
        FitOptions fitOptions = _rawFit with { Penalty = new L2Penalty(100) };

        FitAnalysis bounded =
            FitAnalysis.From(new LinearRegression(intercept: false), Diagonal(4, 0, 0.25), null, fitOptions, _raw, maxWork: 0);

        bounded.LargestCurvature.Should().BeInRange(108 - 1e-9, 1.25 * 108);
    }

    [Fact]
    public void From_AnL1Penalty_DescribesTheSmoothPart()
    {
        FitAnalysis smooth = Analysed(new L2Penalty(0.5));

        FitAnalysis analysis = Analysed(new ElasticNetPenalty(1));

        analysis.LargestCurvature.Should().Be(smooth.LargestCurvature);
        analysis.ConditionNumber.Should().Be(smooth.ConditionNumber);
        analysis.GradientNormAtStart.Should().Be(smooth.GradientNormAtStart);
        analysis.SafeDescent!.EstimateSteps(1e-6).Should().BeNull();
        analysis.ToString().Should().Contain("ElasticNetPenalty(L1 0.5, L2 0.5): its L1 part is left out below")
            .And.Contain("the penalty is nonsmooth, and its L1 part is left out of these numbers");
        analysis.ToString().Split('\n').Should().OnlyContain(line => line.Length <= 100);

        static FitAnalysis Analysed(IPenalty penalty) =>
            FitAnalysis.From(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), fitOptions: _rawFit with { Penalty = penalty },
                options: _raw);
    }

    [Fact]
    public void From_ALossWithoutABound_KnowsItsCurvatureAtTheStartOnly()
    {
        // Unscaled, one sample x = 1, y = 3, start 0: the second derivative is 3.
        FitAnalysis analysis =
            FitAnalysis.From(new LinearRegression(intercept: false), Dataset.From([1.0], [3.0]), new CubicError(), _rawFit, _raw);

        analysis.Source.Should().Be(CurvatureSource.StartOnly);
        analysis.LargestCurvature.Should().BeApproximately(3, 1e-3);
        analysis.SafeDescent!.EstimateSteps(1e-6).Should().BeNull();
        analysis.ToString().Should().Contain("at the start only");
    }

    [Theory]
    [MemberData(nameof(WithoutCurvature))]
    public void From_AProblemWithoutCurvature_AdvisesNoRate(LinearModel model, Dataset data, ILoss? loss, string inWords)
    {
        // 1/L with L = 0 is no rate, and the columns' κ says nothing about a loss that is piecewise linear.
        FitAnalysis analysis = FitAnalysis.From(model, data, loss);

        analysis.LargestCurvature.Should().Be(0);
        (analysis.SafeDescent, analysis.BestDescent, analysis.HeavyBall, analysis.Nesterov).Should().Be((null, null, null, null));
        analysis.ToString().Should().MatchRegex(@"plain descent, safe \(1/L\) +none\n")
            .And.Contain(inWords).And.NotContain("Infinity").And.NotContain("No steps");
    }

    public static TheoryData<LinearModel, Dataset, ILoss?, string> WithoutCurvature => new()
    {
        { new LogisticRegression(), Dataset.From([1.0, 2, 3, 4], [0, 1, 0, 1]), new HingeLoss(), "use a schedule that lowers the rate" },
        { new LinearRegression(intercept: false), Dataset.From([0.0, 0], [1, 2]), null, "any rate works" },
    };

    [Theory]
    [InlineData(1e200, "Infinity")]
    [InlineData(1e-160, "")]
    public void From_ACurvatureForWhichNoRateWorks_IsRefused(double unit, string curvature)
    {
        var data = Dataset.From([unit, 2 * unit], [1, 2]);

        FluentActions.Invoking(() => FitAnalysis.From(new LinearRegression(intercept: false), data, fitOptions: _rawFit, options: _raw))
            .Should().Throw<ArgumentException>()
            .WithMessage($"The largest curvature is {curvature}*, so no rate works: measure the features in other units, or scale them.*");
    }

    [Fact]
    public void ToString_InEveryCulture_IsTheSameReportOfAtMostAHundredColumns()
    {
        Dataset data = Dataset.From([.. Enumerable.Range(0, 9).Select(i => Enumerable.Repeat(0.5, 60).Append(i).ToArray())], new double[9]);
        string expected = Cultures.Under("", () => FitAnalysis.From(new LinearRegression(), data).ToString());

        Cultures.Under("de-DE", () => FitAnalysis.From(new LinearRegression(), data).ToString()).Should().Be(expected);
        FitAnalysis diagonal =
            FitAnalysis.From(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), fitOptions: _rawFit, options: _raw);
        Cultures.Under("de-DE", diagonal.HeavyBall!.ToString).Should().Be("rate 0.32, momentum 0.36"); // 4/(√8 + √½)² = 4/12.5
        expected.Split('\n').Should().OnlyContain(line => line.Length <= 100 && line == line.TrimEnd());
    }

    [Fact]
    public void From_AModelThatIsNotLinear_IsRefused() => FluentActions
        .Invoking(() => FitAnalysis.From(new FixedScores(2, 1), FixedScores.Data([1, 2])))
        .Should().Throw<ArgumentException>().WithMessage("FixedScores is not linear*");

    private static Dataset Diagonal(params double[] eigenvalues)
    {
        int count = eigenvalues.Length;
        double[][] rows = [.. eigenvalues.Select(_ => new double[count])];
        for (int i = 0; i < count; i++)
            rows[i][i] = Math.Sqrt(eigenvalues[i] * count);
        return Dataset.From(rows, new double[count]);
    }
}
