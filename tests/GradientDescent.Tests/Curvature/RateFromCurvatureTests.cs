using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests;

/// <summary>The learning rate 1/L that <see cref="FitOptions.RateFromCurvature"/> computes.</summary>
public sealed class RateFromCurvatureTests : IDisposable
{
    private static readonly Dataset _diabetes =
        Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");

    private static readonly TrainingOptions _options = new() { Batching = Batching.Full };
    private static readonly FitOptions _fitOptions = new() { RateFromCurvature = true };

    private static readonly Dictionary<string, Func<Optimizer>> _rules = new()
    {
        ["BatchGD"] = () => new BatchGD(),
        ["Momentum"] = () => new Momentum(),
        ["Nesterov restart"] = () => new Nesterov(momentum: 0.9999, restart: true),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Rules => [.. _rules.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Fit_OfDiabetes_ConvergesAtOneByTheLargestEigenvalue(string rule)
    {
        TrainingResult result = new Trainer(_rules[rule](), _options with { MaxEpochs = 10_000 })
            .Fit(new LinearRegression(), _diabetes, options: _fitOptions);

        result.Reason.Should().Be(StopReason.Converged);
        result.LearningRate.Should().BeApproximately(1 / (2 * Eigenvalues(_diabetes)[^1]), 1e-13);
        result.History[1].LearningRate.Should().Be(result.LearningRate);
        result.Note.Should().StartWith("Rate 0.1242 is 1/L. L is exact, from all singular values of the data.");
        result.Loss.Should().BeApproximately(2859.69634758675, 1e-6); // scikit-learn's LinearRegression
    }

    [Fact]
    public void Fit_OfIrisAndBreastCancerByPlainDescent_NeverGoesUphill()
    {
        // 1/L with L no less than any curvature: f(θ₊) ≤ f(θ) − ‖g‖²/(2L) at every step.
        (LinearModel, string)[] fits = [(new SoftmaxRegression(3), "iris.csv"), (new LogisticRegression(), "breast_cancer.csv")];
        foreach ((LinearModel model, string file) in fits)
        {
            Dataset data = Dataset.FromCsv(TestData.PathOf(file), "target");

            TrainingResult result = new Trainer(new BatchGD(), _options with { MaxEpochs = 1000 }).Fit(model, data, options: _fitOptions);

            result.History.Zip(result.History.Skip(1), (before, after) => after.Loss < before.Loss).Should().NotContain(false);
            ClassificationAccuracy(model, data).Should().BeGreaterThan(0.95);
        }
    }

    [Theory]
    [InlineData("iris.csv", 30_000)]
    [InlineData("breast_cancer.csv", 100_000)]
    public void Fit_OfClassesByRestartedNesterov_ReachesASmallGradient(string file, int maxEpochs)
    {
        // Separable classes have no optimum, but the gradient goes to 0.
        Dataset data = Dataset.FromCsv(TestData.PathOf(file), "target");
        LinearModel model = file == "iris.csv" ? new SoftmaxRegression(3) : new LogisticRegression();

        TrainingOptions options = _options with { MaxEpochs = maxEpochs, GradientTolerance = 1e-5 };

        TrainingResult result = new Trainer(new Nesterov(momentum: 0.9999, restart: true), options).Fit(model, data, options: _fitOptions);

        result.Reason.Should().Be(StopReason.Converged);
        ClassificationAccuracy(model, data).Should().BeGreaterThan(0.98);
    }

    [Fact]
    public void Fit_OfNistSetsByRestartedNesterov_HasSixDigitsOnNineOfEleven()
    {
        // The coefficients after 20,000 steps: ten sets reached 6.0 to 16 digits. Standardised Wampler sets have κ = 2.7e6. Filip's
        // polynomial of degree 10 has κ = 1.5e19 and gets no digits. The test takes the last parameters and not those of lowest loss: the
        // loss stops changing, by rounding, long before the coefficients do, and with the lowest loss only seven sets reached six digits.
        Dictionary<string, double> digits = Certified().EnumerateObject()
            .ToDictionary(set => set.Name, set => NistDigits(set.Name, set.Value));

        string found = string.Join(", ", digits.Select(set => FormattableString.Invariant($"{set.Key} {set.Value:F1}")));
        digits.Should().HaveCount(11);
        digits.Values.Count(d => d >= 6).Should().BeGreaterThanOrEqualTo(9, found);
    }

    [Fact]
    public void Fit_OfOneFeatureInThousandsAndOneBelowOne_IsSolvedByDefault()
    {
        // scikit-learn's SGDRegressor diverges on such columns with its defaults, unless the user scales them.
        double[][] rows = [.. Enumerable.Range(0, 200).Select(i => new[] { 500 + 4500 * (i * 37 % 200 / 199.0), i * 59 % 200 / 199.0 })];
        Dataset data = Dataset.From(rows, [.. rows.Select(row => 3 * row[0] - 20 * row[1] + 7)]);
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new BatchGD()).Fit(model, data, options: new() { RateFromCurvature = true });

        result.Reason.Should().Be(StopReason.Converged);
        model.Weights[0].Should().BeApproximately(3, 1e-5);
        model.Weights[1].Should().BeApproximately(-20, 0.05);
        new Trainer(new BatchGD())
            .Fit(new LinearRegression(), data, options: new() { RateFromCurvature = true, Scaling = FeatureScaling.None })
            .Reason.Should().Be(StopReason.MaxEpochs, "without scaling it takes too long, but does not diverge");
    }

    [Fact]
    public void Fit_OfWeightedSamplesAndSeveralTargets_HasTheRateOfTheHessian()
    {
        // No intercept, nothing scaled: C = diag(2·9, 6·1)/8 from weights 2 and 6; squared error of two targets: L = 2/2·18/8.
        Dataset data = Dataset.From([[3.0, 0], [0, 1]], [[1.0, 2], [3, 4]], [2.0, 6]);

        TrainingResult result = new Trainer(new BatchGD(), _options)
            .Fit(new LinearRegression(2, intercept: false), data, options: _fitOptions with { Scaling = FeatureScaling.None });

        result.LearningRate.Should().BeApproximately(8 / 18.0, 1e-15);
        result.Reason.Should().Be(StopReason.Converged);
    }

    [Fact]
    public void Fit_WithAnyNumberOfThreads_HasTheSameBits()
    {
        string[] hashes = [.. ((int[])[1, 2, 8]).Select(HashOf)];

        hashes.Should().OnlyContain(hash => hash == hashes[0]);

        static string HashOf(int threads)
        {
            TrainingOptions options = _options with { MaxEpochs = 50, MaxDegreeOfParallelism = threads, ParallelThreshold = 0 };
            return ResultHash.Of(new Trainer(_rules["Nesterov restart"](), options)
                .Fit(new LinearRegression(), _diabetes, options: _fitOptions));
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Resume_AtAnyStep_EqualsNoInterruption(string rule)
    {
        TrainingOptions options = _options with { MaxEpochs = 40 };
        string whole = ResultHash.Of(new Trainer(_rules[rule](), options).Fit(new LinearRegression(), _diabetes, options: _fitOptions));
        for (int at = 1; at < 40; at += 6)
        {
            string file = Path.Combine(_folder, "run.checkpoint");
            var interrupted = new Trainer(_rules[rule](), options with { CheckpointFile = file });
            _ = interrupted.CreateRun(new LinearRegression(), _diabetes, options: _fitOptions).RunSteps().Take(at).Count();

            var resumed = new Trainer(_rules[rule](), options with { ResumeFrom = file });
            ResultHash.Of(resumed.Fit(new LinearRegression(), _diabetes, options: _fitOptions)).Should().Be(whole);
        }
    }

    [Fact]
    public void Result_WithoutTheOption_HasTheOptimizersRate() =>
        new Trainer(new Adam(0.02), new() { MaxEpochs = 1 }).Fit(new LinearRegression(), _diabetes).LearningRate.Should().Be(0.02);

    public static TheoryData<string, Action> Refused => new()
    {
        {
            "RateFromCurvature is set for Adam: use BatchGD, Momentum, or Nesterov with restart: true.",
            () => new Trainer(new Adam(), _options).Fit(new LinearRegression(), _diabetes, options: _fitOptions)
        },
        {
            "RateFromCurvature is set for Nesterov: use BatchGD, Momentum, or Nesterov with restart: true.",
            () => new Trainer(new Nesterov(), _options).Fit(new LinearRegression(), _diabetes, options: _fitOptions)
        },
        {
            "RateFromCurvature is set and Batching is 32: set Batching = Batching.Full.",
            () => new Trainer(new Nesterov(restart: true)).Fit(new LinearRegression(), _diabetes, options: _fitOptions)
        },
        {
            "RateFromCurvature is set: FixedScores is not linear*",
            () => new Trainer(new BatchGD(), _options).Fit(new FixedScores(2, 1), FixedScores.Data([1, 2]), options: _fitOptions)
        },
        {
            "RateFromCurvature is set: CubicError gives no MaxCurvature*",
            () => new Trainer(new BatchGD(), _options).Fit(new LinearRegression(), _diabetes, new CubicError(), options: _fitOptions)
        },
        {
            "MaxCurvature of CubicError is NaN*",
            () => new Trainer(new BatchGD(), _options)
                .Fit(new LinearRegression(), _diabetes, new CubicError { MaxCurvature = double.NaN }, options: _fitOptions)
        },
    };

    [Fact]
    public void Fit_ByALossWithMoreCurvatureThanItSays_DivergesAndNamesIt()
    {
        // The curvature of |e|³/6 is |e|, 300 at the start and not 0.1: the first step, 10·300²/2, goes far past the minimum.
        var fitOptions = new FitOptions { RateFromCurvature = true, Scaling = FeatureScaling.None };

        TrainingResult result = new Trainer(new BatchGD())
            .Fit(new LinearRegression(intercept: false), Dataset.From([1.0], [300.0]), new CubicError { MaxCurvature = 0.1 },
                options: fitOptions);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Diagnosis.Should().Contain("At 1/L plain descent never diverges: "
            + "check whether MaxCurvature of CubicError is less than its second derivative somewhere");
        result.Parameters.Should().Equal(0);
    }

    [Theory]
    [InlineData(FeatureScaling.None)]
    [InlineData(FeatureScaling.Standardize)]
    public void Fit_WithAnElasticNet_NeverGoesUphillAndConverges(FeatureScaling scaling)
    {
        // Proximal descent at τ = 1/L, the penalty's smooth part in L: f(θ₊) ≤ f(θ) − ‖G‖²/(2L), up to the rounding of a loss near 3000.
        TrainingOptions options = _options with
        {
            MaxEpochs = scaling == FeatureScaling.None ? 500 : 20_000,
        };
        FitOptions fitOptions = _fitOptions with { Penalty = new ElasticNetPenalty(0.05), Scaling = scaling };

        TrainingResult result = new Trainer(new BatchGD(), options).Fit(new LinearRegression(), _diabetes, options: fitOptions);

        result.History.Zip(result.History.Skip(1), (before, after) => after.Loss <= before.Loss * (1 + 1e-13)).Should().NotContain(false);
        if (scaling == FeatureScaling.Standardize)
            result.Reason.Should().Be(StopReason.Converged);
    }

    [Fact]
    public void WhereAllColumnsAreZero_AnyRateServes()
    {
        var model = new LinearRegression(intercept: false);

        TrainingResult result = new Trainer(new BatchGD(), _options).Fit(model, Dataset.From([0.0, 0], [1, 2]), options: _fitOptions);

        result.Reason.Should().Be(StopReason.Converged);
        result.Note.Should().Contain("All columns are 0: any rate works.");
        model.Weights.Should().Equal(0);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatHasNoSafeRate_IsRefusedByName(string message, Action act) =>
        act.Should().Throw<ArgumentException>().WithMessage(message + "*");

    private static double ClassificationAccuracy(LinearModel model, Dataset data) => Enumerable.Range(0, data.SampleCount).Average(i =>
    {
        int label = model switch
        {
            SoftmaxRegression softmax => softmax.Predict(data.Features(i)),
            _ => ((LogisticRegression)model).Predict(data.Features(i)) ? 1 : 0,
        };
        return label == data.Targets(i)[0] ? 1.0 : 0;
    });

    /// <summary>The eigenvalues of the standardised columns' second moments, ascending; the intercept's 1 is one of them.</summary>
    private static double[] Eigenvalues(Dataset data)
    {
        Matrix<double> x = Matrix<double>.Build.Dense(data.SampleCount, data.FeatureCount, (i, j) => data.Features(i)[j]);
        for (int j = 0; j < x.ColumnCount; j++)
        {
            Vector<double> deviations = x.Column(j) - x.Column(j).Average();
            x.SetColumn(j, deviations / Math.Sqrt(deviations.DotProduct(deviations) / x.RowCount));
        }

        Matrix<double> moments = x.TransposeThisAndMultiply(x) / x.RowCount;
        return [.. moments.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Append(1).Order()];
    }

    private static double NistDigits(string name, JsonElement set)
    {
        JsonElement certified = set.GetProperty("coefficients_intercept_first");
        double[] exact = [.. certified.EnumerateArray().Select(text => double.Parse(text.GetString()!, CultureInfo.InvariantCulture))];
        bool intercept = set.GetProperty("intercept").GetBoolean();
        var model = new LinearRegression(intercept: intercept);
        TrainingOptions options = _options with { MaxSteps = 20_000, GradientTolerance = 0 };

        Dataset data = Nist(name, exact.Length - (intercept ? 1 : 0));
        TrainingResult result = new Trainer(new Nesterov(momentum: 0.9999, restart: true), options).Fit(model, data, options: _fitOptions);

        ImmutableArray<double> last = result.LastFiniteParameters;
        double[] found = intercept ? [last[^1], .. last[..^1]] : [.. last];
        return found.Zip(exact, (a, e) => a == e ? 16 : -Math.Log10(Math.Abs(a - e) / Math.Abs(e))).Min();
    }

    /// <summary>The columns of the file, or, if there is only one of several, its powers.</summary>
    private static Dataset Nist(string name, int columns)
    {
        Dataset data = Dataset.FromCsv(TestData.PathOf($"nist/{name}.csv"), "y");
        if (data.FeatureCount == columns)
            return data;
        return Dataset.From(
            [.. Enumerable.Range(0, data.SampleCount).Select(PowersOf)],
            [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])]);

        double[] PowersOf(int i) => [.. Enumerable.Range(1, columns).Select(power => Math.Pow(data.Features(i)[0], power))];
    }

    private static JsonElement Certified()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestData.PathOf("nist/certified.json")));
        return document.RootElement.Clone();
    }
}
