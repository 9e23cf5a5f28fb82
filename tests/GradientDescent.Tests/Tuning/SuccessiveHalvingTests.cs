using GradientDescent.Tests.Selection;

namespace GradientDescent.Tests.Tuning;

public sealed class SuccessiveHalvingTests
{
    private static readonly Dataset _data = SelectionData.Diabetes;

    /// <summary>Full batches of least squares on one standardised feature: the nearer the rate to 1/L, the faster.</summary>
    private static readonly Dataset _line = Dataset.From([[-1.0], [1.0], [-1.0], [1.0]], [-2.0, 2.0, -1.0, 1.0]);

    [Fact]
    public void Run_KnownWinner_Wins()
    {
        // The loss (w − 1.5)² + c has the curvature 2 in w, features are standardised: a step multiplies the error by |1 − 2η| (in both
        // coordinates), which is smallest for 0.4 of these.
        double[] rates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.4, 0.85, 0.96, 0.985];
        var model = new LinearRegression();

        HalvingResult halving = SuccessiveHalving.Run(
            model, _line, [.. rates.Select(rate => new TrainingCandidate(new BatchGD(rate)))], options: new() { Epochs = 27 });

        halving.Best.Optimizer.LearningRate.Should().Be(0.4);
        halving.Rounds.Select(round => (round.Epochs, round.Standings.Length)).Should().Equal((3, 9), (9, 3), (27, 1));
        double[] inOrder = [.. rates.OrderBy(rate => Math.Abs(1 - 2 * rate))];
        halving.Rounds[0].Standings.Select(one => one.Candidate.Optimizer.LearningRate).Should().Equal(inOrder);
        halving.Rounds[0].Standings.Select(one => one.IsKept).Should().Equal(true, true, true, false, false, false, false, false, false);
        // The run has converged: the gradient 2·error is at most a millionth of its standard error, which is ½ here.
        model.Weights[0].Should().BeApproximately(1.5, 1e-6);
    }

    [Theory]
    [InlineData(9, 3, 50, new[] { 6, 17, 50 }, new[] { 9, 3, 1 })]
    [InlineData(10, 3, 50, new[] { 2, 6, 17, 50 }, new[] { 10, 4, 2, 1 })]
    [InlineData(8, 2, 8, new[] { 1, 2, 4, 8 }, new[] { 8, 4, 2, 1 })]
    [InlineData(1, 3, 5, new[] { 5 }, new[] { 1 })]
    [InlineData(5, 3, 1, new[] { 1, 1, 1 }, new[] { 5, 2, 1 })]
    public void Run_Budget_IsSpentAsDocumented(int count, int factor, int epochs, int[] inRounds, int[] candidates)
    {
        TrainingCandidate[] some = [.. Enumerable.Range(1, count).Select(i => new TrainingCandidate(new Adam(0.001 * i)))];

        HalvingResult halving = SuccessiveHalving.Run(
            new LinearRegression(), _data, some, options: new() { Epochs = epochs, Factor = factor });

        halving.Rounds.Select(round => round.Epochs).Should().Equal(inRounds);
        halving.Rounds.Select(round => round.Standings.Length).Should().Equal(candidates);
        halving.Rounds.Should().OnlyContain(round => round.Standings.All(one => one.Result.Epochs == round.Epochs));
        long expected = Enumerable.Range(0, inRounds.Length)
            .Sum(k => inRounds[k] * (candidates[k] - (k + 1 < candidates.Length ? candidates[k + 1] : 0)));
        halving.EpochsSpent.Should().Be(expected);
    }

    [Fact]
    public void Run_Winner_HasTheBitsOfOneRunWithoutPauses()
    {
        TrainingCandidate[] candidates =
        [
            .. from rate in (double[])[0.003, 0.03, 0.3]
               from schedule in (ISchedule[])[new ConstantSchedule(), new CosineDecay(Horizon.Fraction(1))]
               select new TrainingCandidate(new Adam(rate)) { Schedule = schedule, Batching = Batching.Mini(50) },
        ];
        var model = new LinearRegression();

        HalvingResult halving = SuccessiveHalving.Run(model, _data, candidates, options: new() { Epochs = 20, Seed = 7 });

        var options = new TrainingOptions { MaxEpochs = 20, Seed = 7, Schedule = halving.Best.Schedule, Batching = Batching.Mini(50) };
        var alone = new LinearRegression();
        TrainingResult result = new Trainer(halving.Best.Optimizer, options).Fit(alone, _data);
        halving.Result.Parameters.Should().Equal(result.Parameters);
        halving.Result.History.Should().Equal(result.History);
        model.Weights.Should().Equal(alone.Weights);
        model.Intercept.Should().Be(alone.Intercept);
    }

    [Fact]
    public void Run_AnyNumberOfThreads_HasTheSameBits()
    {
        double[] One(int threads) => [.. SuccessiveHalving.Run(
                new LinearRegression(), _data,
                [.. RandomSettings.Draw(8, random => new TrainingCandidate(new Momentum(random.LogUniform(1e-4, 0.1))))],
                options: new() { Epochs = 9, MaxParallelFits = threads })
            .Rounds.SelectMany(round => round.Standings).Select(one => one.Score)];

        One(1).Should().Equal(One(2));
    }

    [Fact]
    public void Run_CandidateThatDiverges_IsOutWithItsReason()
    {
        TrainingCandidate[] candidates = [new(new BatchGD(1e200)), new(new BatchGD(0.1)), new(new BatchGD(1e190))];

        HalvingResult halving = SuccessiveHalving.Run(new LinearRegression(), _data, candidates, options: new() { Epochs = 30 });

        halving.Best.Should().Be(candidates[1]);
        CandidateStanding last = halving.Rounds[0].Standings[^1];
        last.IsKept.Should().BeFalse();
        last.Result.Reason.Should().Be(StopReason.Diverged);
        last.ToString().Should().Contain("out. Diverged after");
    }

    [Fact]
    public void Run_AllDiverge_SaysWhyAndLeavesTheModel()
    {
        var model = new LinearRegression();

        FluentActions.Invoking(() => SuccessiveHalving.Run(model, _data, [new(new BatchGD(1e200)), new(new BatchGD(1e210))]))
            .Should().Throw<InvalidOperationException>().WithMessage("Every candidate diverged. BatchGD*Diverged after*");
        model.Invoking(one => one.Weights).Should().Throw<InvalidOperationException>("it has no parameters yet");
    }

    [Fact]
    public void Run_ValidationData_RankTheCandidates()
    {
        TrainingCandidate[] candidates = [new(new Adam(0.001)), new(new Adam(0.01)), new(new Adam(0.1))];

        HalvingResult halving = SuccessiveHalving.Run(
            new LinearRegression(), _data, candidates, fitOptions: new() { Validation = Validation.HoldOut(0.3) },
            options: new() { Epochs = 12 });

        halving.Rounds[0].Standings.Select(one => one.Result.ValidationLoss).Should().BeInAscendingOrder();
        halving.Rounds[0].Standings.Should().OnlyContain(one => one.Score == one.Result.ValidationLoss);
    }

    [Fact]
    public void Run_EqualCandidates_KeepTheirOrder()
    {
        TrainingCandidate[] same = [new(new Adam(0.01)), new(new Adam(0.01)), new(new Adam(0.01))];

        SuccessiveHalving.Run(new LinearRegression(), _data, same, options: new() { Epochs = 3 })
            .Rounds[0].Standings.Select(one => one.Candidate).Should().Equal(same, ReferenceEquals);
    }

    [Fact]
    public void Run_BadArguments_AreNamed()
    {
        FluentActions.Invoking(() => SuccessiveHalving.Run(new LinearRegression(), _data, [])).Should().Throw<ArgumentException>()
            .WithParameterName("candidates").WithMessage("There are no candidates*");
        FluentActions.Invoking(() => SuccessiveHalving.Run(new LinearRegression(), _data, [null!])).Should()
            .Throw<ArgumentNullException>().WithParameterName("candidates");
        FluentActions.Invoking(() => SuccessiveHalving.Run(
                new LinearRegression(), _data, [new(new LBFGS()) { Schedule = new CosineDecay(Horizon.Fraction(1)) }]))
            .Should().Throw<ArgumentException>().WithParameterName("Schedule");
        FluentActions.Invoking(() => new HalvingOptions { Epochs = 0 }).Should().Throw<ArgumentException>().WithParameterName("Epochs");
        FluentActions.Invoking(() => new HalvingOptions { Factor = 1 }).Should().Throw<ArgumentException>().WithParameterName("Factor");
        FluentActions.Invoking(() => new TrainingCandidate(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Run_Cancelled_ThrowsAndLeavesTheModel()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var model = new LinearRegression();

        FluentActions.Invoking(() => SuccessiveHalving.Run(
            model, _data, [new(new Adam())], cancellationToken: cancellation.Token)).Should().Throw<OperationCanceledException>();
        model.Invoking(one => one.Weights).Should().Throw<InvalidOperationException>("it has no parameters yet");
    }
}
