using GradientDescent.Tests.Selection;

namespace GradientDescent.Tests.Tuning;

public sealed class LearningRateRangeTests
{
    /// <summary>½L‖p‖²: the same curvature in all directions.</summary>
    private static IObjective Bowl(double curvature) => Objective.From(
        p => curvature / 2 * (p[0] * p[0] + p[1] * p[1]), (p, g) => (g[0], g[1]) = (curvature * p[0], curvature * p[1]));

    [Theory]
    [InlineData(8)]
    [InlineData(0.7)]
    [InlineData(1000)]
    public void Largest_OfAQuadratic_IsTheLargestTestedRateOfAtMostTwoOverL(double curvature)
    {
        // A step multiplies p by 1 − ηL, so the loss falls if and only if ηL < 2: the lowest loss is after the last such rate. Hence
        // 2/L / ratio < Largest ≤ 2/L, where the ratio of two rates of the grid is (max/min)^(1/(N − 1)).
        var options = new RateRangeOptions { Min = 1e-4, Max = 100, Steps = 400 };
        double ratio = Math.Pow(1e6, 1.0 / 399);

        var range = LearningRateRange.Run(new BatchGD(), Bowl(curvature), [3, -1], options);

        range.Largest.Should().BeInRange(2 / curvature / ratio * (1 - 1e-9), 2 / curvature * (1 + 1e-9));
        range.Suggested.Should().BeLessThan(range.Largest!.Value);
        range.Rates.Length.Should().BeLessThan(400, "the test ends when the loss has risen far");
        range.Note.Should().BeNull();
    }

    [Fact]
    public void Losses_OfAQuadratic_AreThoseOfAPlainLoop()
    {
        var options = new RateRangeOptions { Min = 0.01, Max = 0.64, Steps = 9, Smoothing = 0.5 };

        var range = LearningRateRange.Run(new BatchGD(0.3), Bowl(1), [2, 0], options);

        double p = 2, average = 0.5 * 2, share = 0.5;
        for (int i = 0; i < 9; i++)
        {
            double rate = 0.01 * Math.Pow(64, i / 8.0);
            p -= rate * p;
            average = 0.5 * average + 0.5 * (p * p / 2);
            share *= 0.5;
            range.Rates[i].Should().BeApproximately(rate, 1e-13 * rate); // the power and the quotient by 0.3: a few roundings
            range.Losses[i].Should().BeApproximately(p * p / 2, 1e-12);
            range.SmoothedLosses[i].Should().BeApproximately(average / (1 - share), 1e-12);
        }

        range.FirstLoss.Should().Be(2);
        range.Losses.Should().HaveCount(9);
        range.Note.Should().StartWith("The loss still fell at the largest rate, 0.64:");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Suggested_OfNoisyBatches_IsNearTheRateOfTheLargestFallWithoutNoise(int seed)
    {
        // Mean squared error with features of variance 1: each step divides the distance by e^(2η). Rates that grow by r = 10^(7/99) add up
        // to η/(1 − 1/r) = 6.6η, so the loss is e^(−26η) of the first one, and falls most in a step where 26η = 1: at 0.04. Smoothing and
        // noise move it by less than a factor of ten. Before, a step of noise at 0.00001 was taken for the largest fall.
        var random = new Random(seed);
        double[][] rows = [.. Enumerable.Range(0, 400).Select(_ => (double[])[random.NextDouble() - 0.5, random.NextDouble() - 0.5])];
        Dataset data = Dataset.From(rows, [.. rows.Select(row => 5 * row[0] - 3 * row[1] + random.NextDouble() - 0.5)]);

        var range = LearningRateRange.Run(new MiniBatchSGD(), new LinearRegression(), data, options: new() { Seed = seed });

        range.Suggested.Should().BeInRange(0.004, 0.4);
    }

    [Fact]
    public void Suggested_OfAQuadratic_IsTheRateOfTheLargestFall()
    {
        var options = new RateRangeOptions { Min = 0.01, Max = 10, Steps = 50 };

        var range = LearningRateRange.Run(new BatchGD(), Bowl(1), [1, 0], options);

        double[] losses = [range.FirstLoss, .. range.Losses];
        int steepest = Enumerable.Range(0, losses.Length - 1).MaxBy(i => losses[i] - losses[i + 1]);
        range.Suggested.Should().Be(range.Rates[steepest]);
        range.SmoothedLosses.Should().Equal(range.Losses, "full batches have no noise");
    }

    [Fact]
    public void Run_ModelAndOptimizer_AreUnchanged()
    {
        var model = new LinearRegression();
        new Trainer().Fit(model, SelectionData.Diabetes);
        var optimizer = new Adam(0.02);
        double[] parameters = [.. model.Weights, model.Intercept];
        OptimizerState before = optimizer.GetState();

        foreach (double max in (double[])[0.1, 1e300])
        {
            LearningRateRange.Run(optimizer, model, SelectionData.Diabetes, options: new() { Min = 1e-3, Max = max, StopFactor = 1e300 });
        }

        ((double[])[.. model.Weights, model.Intercept]).Should().Equal(parameters);
        optimizer.GetState().Should().BeEquivalentTo(before);
        var empty = new LinearRegression();
        LearningRateRange.Run(optimizer, empty, SelectionData.Diabetes);
        empty.Invoking(one => one.Weights).Should().Throw<InvalidOperationException>("a test stores nothing");
    }

    [Fact]
    public void Run_AnyNumberOfThreads_HasTheSameBits()
    {
        LearningRateRange One(int threads) => LearningRateRange.Run(
            new Momentum(), new LinearRegression(), SelectionData.Diabetes,
            options: new() { Seed = 5, MaxDegreeOfParallelism = threads });

        LearningRateRange first = One(1), second = One(2);

        first.Losses.Should().Equal(second.Losses);
        first.Rates.Should().Equal(second.Rates);
        (first.Suggested, first.Largest).Should().Be((second.Suggested, second.Largest));
        first.Suggested.Should().BePositive().And.BeLessThanOrEqualTo(first.Largest!.Value);
    }

    [Fact]
    public void Run_AtAMinimum_SuggestsNothingAndSaysSo()
    {
        var range = LearningRateRange.Run(new BatchGD(), Objective.From(p => p[0] * p[0] + 1, (p, g) => g[0] = 2 * p[0] + 1e-9), [0.0]);

        (range.Suggested, range.Largest).Should().Be((null, null));
        range.Note.Should().StartWith("The loss did not fall at any rate from 1E-06 to");
        range.ToString().Should().StartWith("BatchGD: no rate is suggested. The loss did not fall");
    }

    [Fact]
    public void Run_GradientOfZero_SaysThatTheRunEnded()
    {
        var range = LearningRateRange.Run(new BatchGD(), Bowl(1), [0, 0]);

        range.Losses.Should().BeEmpty();
        range.Suggested.Should().BeNull();
        range.Note.Should().StartWith("No step was possible: ");
    }

    [Fact]
    public void Run_LossThatIsNotFinite_EndsBeforeIt()
    {
        // The square root is not a number left of 0: the step from 1 with a rate of 2 or more ends there.
        IObjective root = Objective.From(p => p[0] < 0 ? double.NaN : Math.Sqrt(p[0]), (p, g) => g[0] = 0.5 / Math.Sqrt(p[0]));

        var range = LearningRateRange.Run(new BatchGD(), root, [1.0], new() { Min = 1e-3, Max = 1e3, Steps = 30 });

        range.Losses.Should().OnlyContain(loss => double.IsFinite(loss));
        range.Losses.Length.Should().BeInRange(5, 29);
        range.Rates.Should().HaveSameCount(range.Losses);
        range.Suggested.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Run_BadArguments_AreNamed()
    {
        Refused(() => LearningRateRange.Run(new LBFGS(), Bowl(1), [1, 1])).WithParameterName("optimizer")
            .WithMessage("LBFGS finds its steps itself*");
        Refused(() => LearningRateRange.Run(new BatchGD(), Bowl(1), [1, 1], new() { Min = 1, Max = 1 })).WithParameterName("Max");
        Refused(() => new RateRangeOptions { Min = 0 }).WithParameterName("Min");
        Refused(() => new RateRangeOptions { Max = double.PositiveInfinity }).WithParameterName("Max");
        Refused(() => new RateRangeOptions { Steps = 1 }).WithParameterName("Steps");
        Refused(() => new RateRangeOptions { Smoothing = 1 }).WithParameterName("Smoothing");
        Refused(() => new RateRangeOptions { StopFactor = 1 }).WithParameterName("StopFactor");
        Refused(() => new RateRangeOptions { MaxDegreeOfParallelism = 0 }).WithParameterName("MaxDegreeOfParallelism");
        Refused(() => LearningRateRange.Run(
            new BatchGD(), new LinearRegression(), SelectionData.Diabetes, fitOptions: new() { RateFromCurvature = true }))
            .WithParameterName("RateFromCurvature");

        static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(Func<object> call) =>
            call.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        FluentActions.Invoking(() => LearningRateRange.Run(
            new Adam(), new LinearRegression(), SelectionData.Diabetes, cancellationToken: cancellation.Token))
            .Should().Throw<OperationCanceledException>();
    }
}
