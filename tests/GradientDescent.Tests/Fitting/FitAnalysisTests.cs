using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Fitting;

/// <summary>What is said of a fit before it runs, against closed forms and against the runs themselves.</summary>
public class FitAnalysisTests
{
    private static readonly TrainingOptions _raw = new() { Scaling = FeatureScaling.None, Batching = Batching.Full };

    [Fact]
    public void Of_ADiagonalProblem_HasTheClosedForms()
    {
        // Rows √(n·λ)·e: C = diag(4, 1, 0.25), squared error doubles it: L = 8, μ = 0.5, κ = 16, √κ = 4.
        FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), options: _raw);

        analysis.LargestCurvature.Should().BeApproximately(8, 1e-14);
        analysis.CurvatureAtStart.Should().BeApproximately(8, 8 * 0.01).And.BeLessThanOrEqualTo(8 + 1e-9);
        analysis.Source.Should().Be(CurvatureSource.Spectrum);
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
    public void UpdatesTo_IsKeptByTheRunsAndTightInTheSlowestDirection(double smallest, double strength)
    {
        Dataset data = Diagonal(1, 0.1, smallest);
        TrainingOptions options = _raw with { MaxSteps = 10_000_000, GradientTolerance = 1e-8, Start = [0, 0, 1.0], Penalty = new L2Penalty(strength) };
        FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(intercept: false), data, options: options);
        foreach ((RateAdvice advice, Func<RateAdvice, Optimizer> rule) in ((RateAdvice, Func<RateAdvice, Optimizer>)[])
        [
            (analysis.SafeDescent!, a => new BatchGD(a.LearningRate)),
            (analysis.BestDescent!, a => new BatchGD(a.LearningRate)),
            (analysis.HeavyBall!, a => new Momentum(a.LearningRate, a.Momentum)),
            (analysis.Nesterov!, a => new Nesterov(a.LearningRate, a.Momentum)),
        ])
        {
            TrainingResult slow = new Trainer(rule(advice), options).Fit(new LinearRegression(intercept: false), data);
            long predicted = advice.EstimateUpdates(1e-8)!.Value;

            slow.Reason.Should().Be(StopReason.Converged);
            slow.Steps.Should().BeLessThanOrEqualTo(predicted + 1);
            slow.Steps.Should().BeGreaterThan(predicted / 2);
        }
    }

    [Fact]
    public void Of_AVandermondeMatrix_HasItsConditionNumber()
    {
        double[][] rows = [.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 9).Select(p => Math.Pow(i / 39.0, p)).ToArray())];
        double condition = Matrix<double>.Build.DenseOfRowArrays(rows).Svd().ConditionNumber;

        FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(intercept: false), Dataset.From(rows, new double[40]), options: _raw);

        // Of the matrix 4e6: singular values keep 16 − 7 digits, its square would keep none of the smallest's.
        analysis.ConditionNumber.Should().BeApproximately(condition * condition, 1e-6 * condition * condition);
        analysis.Rank.Should().Be(9);
    }

    [Fact]
    public void Of_FaultyColumns_NamesThem()
    {
        double[][] rows = [.. Enumerable.Range(0, 30).Select(i => new[] { i, 1000.0 * (i * 7 % 30), 5, 2 * i + 1 })];
        FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(), Dataset.From(rows, [.. rows.Select(row => row[0])], featureNames: ["a", "b", "five", "twice"]));

        analysis.ConstantFeatures.Should().Equal("five");
        analysis.ColumnCount.Should().Be(5);
        analysis.Rank.Should().Be(3);
        analysis.RatioOfFeatureScales.Should().BeApproximately(1000, 1e-9);
        analysis.ToString().Should().Contain("1 column follows from the others").And.Contain("five");
    }

    [Fact]
    public void Of_ManyColumns_IsSecuredWithoutTheSpectrum()
    {
        Dataset data = Dataset.From(
            [.. Enumerable.Range(0, 400).Select(i => Enumerable.Range(0, 30).Select(j => HashedWork.Wave(31 * i + 7 * j) / (1 + j % 5)).ToArray())], new double[400]);
        foreach (FeatureScaling scaling in new[] { FeatureScaling.None, FeatureScaling.Standardize })
        {
            var options = new TrainingOptions { Scaling = scaling, MaxDegreeOfParallelism = 4, ParallelThreshold = 0 };
            FitAnalysis exact = FitAnalysis.Of(new LinearRegression(), data, options: options);

            FitAnalysis secured = FitAnalysis.Of(new LinearRegression(), data, null, options, maxWork: 0);

            secured.Source.Should().Be(CurvatureSource.RandomStart);
            secured.LargestCurvature.Should().BeInRange(exact.LargestCurvature, 1.25 * exact.LargestCurvature * (1 + 1e-9));
            secured.ConditionNumber.Should().BeLessThanOrEqualTo(exact.ConditionNumber * (1 + 1e-9));
            secured.Rank.Should().BeNull();
            secured.SafeDescent!.EstimateUpdates(1e-6).Should().BeNull();
            FitAnalysis.Of(new LinearRegression(), data, null, options with { MaxDegreeOfParallelism = 1 }, maxWork: 0).ToString().Should().Be(secured.ToString());
        }
    }

    [Fact]
    public void Of_OneColumnAmongMany_IsSecuredByTheTrace()
    {
        FitAnalysis secured = FitAnalysis.Of(new LinearRegression(intercept: false), Diagonal(4, 0, 0), null, _raw, maxWork: 0);

        secured.Source.Should().Be(CurvatureSource.Trace);
        secured.LargestCurvature.Should().BeApproximately(8, 1e-14);
    }

    [Fact]
    public void Of_DependentColumnsAmongMany_HasNoFiniteConditionNumber()
    {
        Dataset data = Dataset.From([.. Enumerable.Range(0, 50).Select(i => new[] { i, 2.0 * i, i * i % 7 })], new double[50]);

        FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(), data, null, null, maxWork: 0);

        analysis.ConditionNumber.Should().Be(double.PositiveInfinity);
        (analysis.BestDescent, analysis.HeavyBall, analysis.Nesterov).Should().Be((null, null, null));
        analysis.SafeDescent!.LearningRate.Should().Be(1 / analysis.LargestCurvature);
        analysis.ToString().Should().MatchRegex(@"Momentum \(heavy ball\) +none\n").And.Contain("Nesterov(restart: true) needs none");
        FitAnalysis.Of(new LinearRegression(), data).ConditionNumber.Should().BeLessThan(10);
        FitAnalysis.Of(new LinearRegression(), data, null, new() { Penalty = new L2Penalty(1) }, maxWork: 0).Nesterov.Should().NotBeNull("the penalty bends where the columns do not");
    }

    [Fact]
    public void Of_ADiagonalProblemWithAnL2Penalty_AddsItsStrengthToEachCurvature()
    {
        // 2·diag(4, 1, 0.25) + 0.5: L = 8.5, μ = 1. The column of zeros, too, bends by 0.5 then.
        FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), options: _raw with { Penalty = new L2Penalty(0.5) });
        FitAnalysis withZeros = FitAnalysis.Of(new LinearRegression(intercept: false), Diagonal(4, 0, 0.25), options: _raw with { Penalty = new L2Penalty(0.5) });

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
    public void Of_AnL2PenaltyOnFeaturesOfUnlikeScales_HasTheSpectrumOfTheHessian(FeatureScaling scaling)
    {
        // Two targets and an intercept: H = 2/2·C + B. In standardised columns a coefficient is w = r·w′/s, the loss r² times the optimised one: B = λ/s². The intercept is free.
        double[][] rows = [.. Enumerable.Range(0, 50).Select(i => new[] { HashedWork.Wave(i), 0.2 * HashedWork.Wave(3 * i + 100), 5 * HashedWork.Wave(7 * i + 900) })];
        Dataset data = Dataset.From(rows, [.. rows.Select(row => new[] { row[0], 40 * row[1] })]);
        var statistics = ColumnStatistics.From(data, 3, data.FeatureReader(), centered: true);
        bool isScaled = scaling == FeatureScaling.Standardize;
        Matrix<double> x = Matrix<double>.Build.Dense(50, 4, (i, j) => j == 3 ? 1 : isScaled ? (rows[i][j] - statistics.Centers[j]) / statistics.Scales[j] : rows[i][j]);
        double[] bends = [.. statistics.Scales.Select(scale => isScaled ? 0.3 / (scale * scale) : 0.3), 0];
        Matrix<double> hessian = x.TransposeThisAndMultiply(x) / 50 + Matrix<double>.Build.DenseOfDiagonalArray(bends);
        double[] eigenvalues = [.. hessian.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
        var options = new TrainingOptions { Scaling = scaling, Penalty = new L2Penalty(0.3) };

        FitAnalysis exact = FitAnalysis.Of(new LinearRegression(2), data, options: options), secured = FitAnalysis.Of(new LinearRegression(2), data, null, options, maxWork: 0);

        exact.LargestCurvature.Should().BeApproximately(eigenvalues[^1], 1e-12 * eigenvalues[^1]);
        exact.ConditionNumber.Should().BeApproximately(eigenvalues[^1] / eigenvalues[0], 1e-11 * eigenvalues[^1] / eigenvalues[0]);
        secured.LargestCurvature.Should().BeInRange(eigenvalues[^1], 1.25 * eigenvalues[^1] * (1 + 1e-9));
        secured.ConditionNumber.Should().BeLessThanOrEqualTo(exact.ConditionNumber * (1 + 1e-9));
    }

    [Fact]
    public void Of_APenaltyOnAColumnOfZerosAmongMany_IsSecured()
    {
        // Only the penalty bends there, by 100: what the data shows is at most 8.
        FitAnalysis secured = FitAnalysis.Of(new LinearRegression(intercept: false), Diagonal(4, 0, 0.25), null, _raw with { Penalty = new L2Penalty(100) }, maxWork: 0);

        secured.LargestCurvature.Should().BeInRange(108 - 1e-9, 1.25 * 108);
    }

    [Fact]
    public void Of_APenaltyOnAbsoluteValues_DescribesTheSmoothPart()
    {
        FitAnalysis smooth = FitAnalysis.Of(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), options: _raw with { Penalty = new L2Penalty(0.5) });

        FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), options: _raw with { Penalty = new ElasticNetPenalty(1) });

        (analysis.LargestCurvature, analysis.ConditionNumber, analysis.GradientNormAtStart).Should().Be((smooth.LargestCurvature, smooth.ConditionNumber, smooth.GradientNormAtStart));
        analysis.SafeDescent!.EstimateUpdates(1e-6).Should().BeNull();
        analysis.ToString().Should().Contain("ElasticNetPenalty(L1 0.5, L2 0.5): what is said is of the smooth part").And.Contain("the penalty's kinks are not in these numbers");
        analysis.ToString().Split('\n').Should().OnlyContain(line => line.Length <= 100);
    }

    [Fact]
    public void MaxCurvature_OfEachLoss_IsNotExceededAndNearlyReached()
    {
        // Second differences along every direction of two scores: the largest is the bound, for cross-entropies where classes are equally likely.
        Largest(new MeanSquaredError(), 1, 3).Should().BeApproximately(2, 1e-4);
        Largest(new BinaryCrossEntropy(), 1, 1).Should().BeApproximately(0.25, 1e-4).And.BeLessThan(0.25 + 1e-6);
        Largest(new CategoricalCrossEntropy(), 2, 1).Should().BeApproximately(0.5, 1e-4).And.BeLessThan(0.5 + 1e-6);

        static double Largest(ILoss loss, int scores, double target)
        {
            const double H = 1e-4;
            double largest = 0;
            for (double at = -3; at <= 3; at += 0.25)
            {
                double[] middle = scores == 1 ? [at] : [at, -at], step = scores == 1 ? [H] : [H * Math.Sqrt(0.5), -H * Math.Sqrt(0.5)];
                double[] before = new double[scores], after = new double[scores];
                loss.Evaluate([.. middle.Zip(step, (m, s) => m - s)], [target], [], before);
                loss.Evaluate([.. middle.Zip(step, (m, s) => m + s)], [target], [], after);
                largest = Math.Max(largest, Math.Sqrt(after.Zip(before, (a, b) => (a - b) * (a - b)).Sum()) / (2 * H));
            }

            loss.MaxCurvature.Should().BeGreaterThanOrEqualTo(largest - 1e-6);
            return largest;
        }
    }

    [Fact]
    public void Of_ALossWithoutABound_KnowsItsCurvatureAtTheStartAlone()
    {
        // Unscaled, one sample x = 1, y = 3, start 0: the second derivative is 3.
        FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(intercept: false), Dataset.From([1.0], [3.0]), new CubicError(), _raw);

        analysis.Source.Should().Be(CurvatureSource.StartOnly);
        analysis.LargestCurvature.Should().BeApproximately(3, 1e-3);
        analysis.SafeDescent!.EstimateUpdates(1e-6).Should().BeNull();
        analysis.ToString().Should().Contain("at the start alone");
    }

    [Theory]
    [MemberData(nameof(WithoutCurvature))]
    public void Of_AProblemWithoutCurvature_AdvisesNoRate(LinearModel model, Dataset data, ILoss? loss, string inWords)
    {
        // 1/L with L = 0 is no rate, and the columns' κ says nothing about a loss that is straight.
        FitAnalysis analysis = FitAnalysis.Of(model, data, loss);

        analysis.LargestCurvature.Should().Be(0);
        (analysis.SafeDescent, analysis.BestDescent, analysis.HeavyBall, analysis.Nesterov).Should().Be((null, null, null, null));
        analysis.ToString().Should().MatchRegex(@"plain descent, safe \(1/L\) +none\n").And.Contain(inWords).And.NotContain("Infinity").And.NotContain("No updates");
    }

    public static TheoryData<LinearModel, Dataset, ILoss?, string> WithoutCurvature => new()
    {
        { new LogisticRegression(), Dataset.From([1.0, 2, 3, 4], [0, 1, 0, 1]), new HingeLoss(), "let a schedule bring the rate down" },
        { new LinearRegression(intercept: false), Dataset.From([0.0, 0], [1, 2]), null, "any serves" },
    };

    [Theory]
    [InlineData(1e200, "Infinity")]
    [InlineData(1e-160, "")]
    public void Of_ACurvatureThatNoRateServes_IsRefused(double unit, string curvature) =>
        FluentActions.Invoking(() => FitAnalysis.Of(new LinearRegression(intercept: false), Dataset.From([unit, 2 * unit], [1, 2]), options: _raw))
            .Should().Throw<ArgumentException>().WithMessage($"The largest curvature is {curvature}*, which no rate serves: measure the features in other units, or let them be scaled.*");

    [Fact]
    public void ToString_InEveryCulture_IsTheSameReportOfAtMostAHundredColumns()
    {
        Dataset data = Dataset.From([.. Enumerable.Range(0, 9).Select(i => Enumerable.Repeat(0.5, 60).Append(i).ToArray())], new double[9]);
        string expected = Cultures.Under("", () => FitAnalysis.Of(new LinearRegression(), data).ToString());

        Cultures.Under("de-DE", () => FitAnalysis.Of(new LinearRegression(), data).ToString()).Should().Be(expected);
        Cultures.Under("de-DE", () => FitAnalysis.Of(new LinearRegression(intercept: false), Diagonal(4, 1, 0.25), options: _raw).HeavyBall!.ToString()).Should().Be("rate 0.32, momentum 0.36"); // 4/(√8 + √½)² = 4/12.5
        expected.Split('\n').Should().OnlyContain(line => line.Length <= 100 && line == line.TrimEnd());
    }

    [Fact]
    public void Of_AModelThatIsNotLinear_IsRefused() => FluentActions.Invoking(() => FitAnalysis.Of(new FixedScores(2, 1), FixedScores.Data([1, 2])))
        .Should().Throw<ArgumentException>().WithMessage("FixedScores is not linear*");

    private static Dataset Diagonal(params double[] eigenvalues) => Dataset.From(
        [.. eigenvalues.Select((value, i) => Enumerable.Range(0, eigenvalues.Length).Select(j => i == j ? Math.Sqrt(value * eigenvalues.Length) : 0).ToArray())],
        new double[eigenvalues.Length]);
}
