using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Tool;

namespace GradientDescent.Tests.Selection;

public sealed class HyperparameterSearchTests
{
    private static readonly Dataset _data = Dataset.FromCsv(ToolFolder.Diabetes, "target");
    private static readonly IReadOnlyList<Fold> _folds = Folds.KFold(_data.SampleCount, count: 4, seed: 3);

    [Fact]
    public void Run_EachSetting_HasTheResultOfItsOwnCrossValidation()
    {
        int[] settings = [3, 1, 10];

        SearchResult<int, LinearRegression> search = HyperparameterSearch.Run(_data, _folds, settings, ModelScore.RSquared, FirstFeatures);

        double[] expected = [.. settings.Select(count => CrossValidation.Run(
            _data, _folds, ModelScore.RSquared, (training, cancellation) => FirstFeatures(count, training, cancellation)).Summary.Mean)];
        search.Rounds.Should().ContainSingle().Which.Candidates.Select(one => one.Result.Summary.Mean).Should()
            .Equal(expected.OrderDescending());
        search.Best.Setting.Should().Be(settings[Array.IndexOf(expected, expected.Max())]);
        search.Rounds[0].TrainingSamples.Should().Be(332);
        search.ToString().Should().StartWith("best of 3: 10: R² ");
    }

    [Fact]
    public void Run_ScoreThatIsBetterIfSmaller_PutsTheSmallestFirst()
    {
        SearchResult<int, LinearRegression> search =
            HyperparameterSearch.Run(_data, _folds, [3, 1, 10], ModelScore.MeanSquaredError, FirstFeatures);

        search.Rounds[0].Candidates.Select(one => one.Result.Summary.Mean).Should().BeInAscendingOrder();
    }

    [Fact]
    public void Run_AnyNumberOfThreads_HasTheSameBits()
    {
        double[] One(int threads) => [.. HyperparameterSearch.Halving(
                _data, _folds, [1, 2, 3, 4, 5, 6, 7], ModelScore.RSquared, FirstFeatures, factor: 2,
                options: new SelectionOptions { MaxParallelFits = threads })
            .Rounds.SelectMany(round => round.Candidates).SelectMany(one => one.Result.Folds).Select(fold => fold.Score)];

        One(1).Should().Equal(One(2));
    }

    [Fact]
    public void Run_EqualScores_KeepTheOrderOfTheSettings() =>
        HyperparameterSearch.Run(_data, _folds, ["b", "a", "c"], ModelScore.RSquared, (_, training, _) => Fit(training))
            .Rounds[0].Candidates.Select(one => one.Setting).Should().Equal("b", "a", "c");

    [Fact]
    public void Run_SettingThatFails_IsLastWithItsError()
    {
        SearchResult<int, LinearRegression> search =
            HyperparameterSearch.Run(_data, _folds, [-1, 2, 3], ModelScore.RSquared, FirstFeatures);

        SearchCandidate<int, LinearRegression> last = search.Rounds[0].Candidates[^1];
        last.Setting.Should().Be(-1);
        last.Result.FailedCount.Should().Be(4);
        search.Best.Result.FailedCount.Should().Be(0);
    }

    [Fact]
    public void Run_AllSettingsFail_SaysWhy() =>
        FluentActions.Invoking(() => HyperparameterSearch.Run(_data, _folds, [-1, -2], ModelScore.RSquared, FirstFeatures))
            .Should().Throw<InvalidOperationException>().WithMessage("No setting has a score on all folds: *")
            .WithInnerException<Exception>();

    [Fact]
    public void Halving_Rounds_KeepTheBestThirdAndTrainOnThreeTimesAsManySamples()
    {
        int[] settings = [.. Enumerable.Range(1, 10), .. Enumerable.Range(1, 10)];

        SearchResult<int, LinearRegression> search =
            HyperparameterSearch.Halving(_data, _folds, settings, ModelScore.RSquared, FirstFeatures, minTrainingSamples: 30);

        search.Rounds.Select(round => (round.Candidates.Length, round.TrainingSamples)).Should().Equal((20, 36), (7, 110), (3, 332));
        search.Rounds.Zip(search.Rounds.Skip(1)).Should().OnlyContain(pair => pair.Second.Candidates.All(
            one => pair.First.Candidates.Take(pair.Second.Candidates.Length).Any(before => before.Setting == one.Setting)));
        Fold[][] folds = [.. search.Rounds.Select(round => round.Candidates[0].Result.Folds.Select(fold => fold.Fold).ToArray())];
        for (int k = 0; k < 4; k++)
        {
            folds[1][k].Training.Should().Contain(folds[0][k].Training).And.BeInAscendingOrder();
            folds[2][k].Training.Order().Should().Equal(_folds[k].Training.Order());
            folds.Should().OnlyContain(round => round[k].Test.SequenceEqual(_folds[k].Test));
        }
    }

    [Theory]
    [InlineData(2, 1, 3)]      // no more settings than the factor
    [InlineData(20, 1000, 3)]  // too few samples for a smaller set
    public void Halving_NothingToHalve_IsOneRoundOnAllSamples(int count, int minTrainingSamples, int factor)
    {
        int[] settings = [.. Enumerable.Range(0, count).Select(i => 1 + i % 10)];

        SearchResult<int, LinearRegression> search = HyperparameterSearch.Halving(
            _data, _folds, settings, ModelScore.RSquared, FirstFeatures, factor, minTrainingSamples);

        search.Rounds.Should().ContainSingle().Which.TrainingSamples.Should().Be(332);
        search.Best.Result.Summary.Mean.Should().Be(
            HyperparameterSearch.Run(_data, _folds, settings, ModelScore.RSquared, FirstFeatures).Best.Result.Summary.Mean);
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();

        FluentActions.Invoking(() => HyperparameterSearch.Run(_data, _folds, [1, 2, 3], ModelScore.RSquared, (_, training, _) =>
        {
            cancellation.Cancel();
            return Fit(training);
        }, cancellationToken: cancellation.Token)).Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Run_BadArguments_AreNamed()
    {
        FluentActions.Invoking(() => HyperparameterSearch.Run(_data, _folds, Array.Empty<int>(), ModelScore.RSquared, FirstFeatures))
            .Should().Throw<ArgumentException>().WithMessage("There are no settings*");
        FluentActions.Invoking(() => HyperparameterSearch.Run(_data, [], [1], ModelScore.RSquared, FirstFeatures))
            .Should().Throw<ArgumentException>().WithMessage("There are no folds*");
        FluentActions.Invoking(() => HyperparameterSearch.Halving(_data, _folds, [1], ModelScore.RSquared, FirstFeatures, factor: 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("factor");
        FluentActions.Invoking(() =>
                HyperparameterSearch.Halving(_data, _folds, [1], ModelScore.RSquared, FirstFeatures, minTrainingSamples: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("minTrainingSamples");
    }

    [Fact]
    public void RandomSettings_AnyInterval_AreInside() => Prop.ForAll<long, NormalFloat, NormalFloat>((seed, a, b) =>
    {
        (double low, double high) = (Math.Min(a.Get, b.Get), Math.Max(a.Get, b.Get));
        if (low == high)
            return true;
        double[] uniform = RandomSettings.Draw(20, random => random.Uniform(low, high), seed);
        (double least, double most) = (Math.Abs(low) + 1e-300, Math.Abs(low) + Math.Abs(high) + 1);
        double[] logarithmic = RandomSettings.Draw(20, random => random.LogUniform(least, most), seed);
        return uniform.All(x => x >= low && x < high) && logarithmic.All(x => x >= least && x < most);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void RandomSettings_MoreSettings_BeginWithTheSame()
    {
        (double, int, string)[] few = Draw(5, 7), many = Draw(50, 7);

        many[..5].Should().Equal(few);
        Draw(5, 8).Should().NotEqual(few);
        many.Distinct().Should().HaveCount(50);

        static (double, int, string)[] Draw(int count, long seed) => RandomSettings.Draw(
            count, random => (random.LogUniform(1e-3, 1), random.WholeNumber(-2, 2), random.Choice("a", "b")), seed);
    }

    [Fact]
    public void RandomSettings_ManyNumbers_HaveTheirDistribution()
    {
        const int Count = 10_000; // the standard deviation of a share of ½ is 0.005: a bound of 6 of them
        const double Bound = 0.03;

        (double Log, double Uniform, int Whole, int Choice)[] drawn = RandomSettings.Draw(Count, random => (
            Log: random.LogUniform(1e-4, 1), Uniform: random.Uniform(-1, 3), Whole: random.WholeNumber(1, 4), Choice: random.Choice(1, 2)));

        Share(one => one.Log < 1e-2).Should().BeApproximately(0.5, Bound);
        Share(one => one.Uniform < 1).Should().BeApproximately(0.5, Bound);
        for (int value = 1; value <= 4; value++)
            Share(one => one.Whole == value).Should().BeApproximately(0.25, Bound);
        Share(one => one.Choice == 1).Should().BeApproximately(0.5, Bound);
        Share(one => one.Uniform < 1 == one.Log < 1e-2).Should().BeApproximately(0.5, Bound); // and do not depend on each other

        double Share(Func<(double Log, double Uniform, int Whole, int Choice), bool> condition) =>
            drawn.Count(condition) / (double)Count;
    }

    [Fact]
    public void RandomSettings_ExtremeIntegers_AreReached()
    {
        RandomSettings.Draw(100, random => random.WholeNumber(int.MinValue, int.MaxValue)).Should().Contain(x => x < -1_000_000_000)
            .And.Contain(x => x > 1_000_000_000);
        RandomSettings.Draw(3, random => random.WholeNumber(5, 5)).Should().Equal(5, 5, 5);
    }

    [Fact]
    public void RandomSettings_BadIntervals_AreNamed()
    {
        Refused(random => random.Uniform(1, 1)).WithParameterName("high");
        Refused(random => random.Uniform(double.NaN, 1)).WithParameterName("low");
        Refused(random => random.LogUniform(0, 1)).WithParameterName("low");
        Refused(random => random.WholeNumber(2, 1)).WithParameterName("high");
        FluentActions.Invoking(() => RandomSettings.Draw(1, random => random.Choice<int>())).Should().Throw<ArgumentException>()
            .WithParameterName("values");

        static FluentAssertions.Specialized.ExceptionAssertions<ArgumentOutOfRangeException> Refused(Func<RandomSettings, double> draw) =>
            FluentActions.Invoking(() => RandomSettings.Draw(1, draw)).Should().Throw<ArgumentOutOfRangeException>();
    }

    /// <summary>A fit to the first features; a negative count is an error.</summary>
    private static FittedModel<LinearRegression> FirstFeatures(int count, Dataset training, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var model = new LinearRegression();
        double[][] rows = [.. Enumerable.Range(0, training.SampleCount).Select(i => training.Features(i)[..count].ToArray())];
        LinearFit fit = LinearRegression.Fit(
            Dataset.From(rows, [.. Enumerable.Range(0, training.SampleCount).Select(i => training.Targets(i)[0])]),
            cancellationToken: cancellation);
        model.SetParameters(
            [.. fit.Weights, .. new double[training.FeatureCount - count], fit.Intercept], training.FeatureCount);
        return new(model, fit.Result);
    }

    private static FittedModel<LinearRegression> Fit(Dataset training)
    {
        LinearFit fit = LinearRegression.Fit(training);
        return new(fit.Model, fit.Result);
    }
}
