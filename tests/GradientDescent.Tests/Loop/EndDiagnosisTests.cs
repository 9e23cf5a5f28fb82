using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>A run that ends badly says so and returns the best parameters that it has seen, the start among them.</summary>
public class EndDiagnosisTests
{
    private static readonly Dataset _data =
        Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), target: "target");
    private static readonly IObjective _bowl = Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]);

    [Fact]
    public void MiniBatchesWithValidation_ThatOnlyGetWorse_ReturnTheStart()
    {
        var options = new TrainingOptions { MaxEpochs = 8 };
        var fitOptions = new FitOptions { Validation = Validation.HoldOut(0.2) };
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new MiniBatchSGD(0.3), options).Fit(model, _data, options: fitOptions);

        result.BestStep.Should().Be(0);
        result.Parameters[..^1].Should().OnlyContain(weight => weight == 0);
        result.BestBy.Should().Be(BestBy.ValidationLoss);
        result.Diagnosis.Should().Contain("The run ended worse than it began: the validation loss was ")
            .And.Contain("No step was better than the start, which is returned.").And.Contain("stable at rates below about 0.24");
        model.Evaluate(_data).RSquared.Should().BeInRange(-0.01, 0);
    }

    [Fact]
    public void MiniBatchesWithValidation_ThatGetBetter_DoNotReturnTheStart()
    {
        var fitOptions = new FitOptions { Validation = Validation.HoldOut(0.2) };

        TrainingResult result = new Trainer(new MiniBatchSGD(0.01), new() { MaxEpochs = 8 })
            .Fit(new LinearRegression(), _data, options: fitOptions);

        result.BestStep.Should().BeGreaterThan(0);
        result.Diagnosis.Should().BeNull();
    }

    [Fact]
    public void MiniBatches_ThatOnlyGetWorse_SayBothLosses()
    {
        TrainingResult result = new Trainer(new MiniBatchSGD(0.3), new() { MaxEpochs = 8 }).Fit(new LinearRegression(), _data);

        result.Reason.Should().Be(StopReason.MaxEpochs);
        result.BestStep.Should().Be(0);
        result.Diagnosis.Should().MatchRegex(@"^MaxEpochs after 112 steps, 8 epochs: MaxEpochs is 8\. The run ended worse than it began: " +
            @"the loss was 5929\.88 at the start and is \d\S+E\+\d+ at the end\. No step was better than the start, which is returned\.");
    }

    [Fact]
    public void MiniBatches_WithALossOfSamplesOfTheirOwn_SayItToo()
    {
        var sum = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), _data);
        double[] start = new double[11];
        var options = new TrainingOptions { MaxEpochs = 2, Batching = Batching.Mini(32) };

        TrainingResult result = new Trainer(new SGD(1), options).Minimize(sum, start, validation: sum);

        result.Parameters.Should().Equal(start);
        result.Diagnosis.Should().Contain("worse than it began: the validation loss was 29074.5");
    }

    [Fact]
    public void GoodMiddle_IsReturnedWithItsStep()
    {
        // θ ← θ − η·2θ: the first step, at rate 0.45, multiplies by 0.1; the others, at rate 1.5 and more, by −2 and less.
        var options = new TrainingOptions { MaxSteps = 12, Schedule = new SmallThenLarge() };

        TrainingResult result = new Trainer(new BatchGD(0.45), options).Minimize(_bowl, [1]);

        result.BestStep.Should().Be(1);
        result.Diagnosis.Should().Contain("worse than it began: the loss was 1 at the start and is ")
            .And.Contain("The parameters of step 1 are returned, with a loss of 0.01.");
    }

    [Fact]
    public void RateFarTooLarge_EndsSoonAsDiverged()
    {
        // Each step multiplies the loss by 1.44: 10¹⁰ times the second loss after 65 steps, as 1.44⁶⁴ = 1.37·10¹⁰.
        TrainingResult result = new Trainer(new BatchGD(1.1)).Minimize(_bowl, [1]);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Steps.Should().Be(65);
        result.Parameters.Should().Equal(1);
    }

    [Fact]
    public void LossThatRisesAtFirst_IsNotDiverged()
    {
        // From next to the optimum, Adam's first steps have the length of the rate: the loss rises by 10²⁰, and falls again.
        TrainingResult result = new Trainer(new Adam(0.1), new() { MaxSteps = 5000, GradientTolerance = 1e-8 }).Minimize(_bowl, [1e-8]);

        result.Reason.Should().Be(StopReason.Converged);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-5.0)]
    [InlineData(5.0)]
    [InlineData(-1.0)]
    public void MaxLossGrowth_IsRelativeToTheFirstLoss_AlsoBelowZero(double offset)
    {
        IObjective shifted = Objective.From(p => offset + p[0] * p[0], (p, g) => g[0] = 2 * p[0]);

        TrainingResult result = new Trainer(new BatchGD(1.1), new() { MaxLossGrowth = 100 }).Minimize(shifted, [1]);

        result.Reason.Should().Be(StopReason.Diverged);
        double first = offset + 1, bound = first + 99 * (first == 0 ? 0.44 : Math.Abs(first));
        // Where the first loss is 0, the second one counts: θ ← −1.2θ, so 1.44 − 1.
        result.Stop.Threshold.Should().BeApproximately(bound, 1e-12 * Math.Abs(bound));
        result.Stop.Measured.Should().BeInRange(bound * (1 - 1e-12), offset + (bound - offset) * 1.44);
    }

    [Fact]
    public void RateTooLargeForOneDirection_EndsLongBeforeTheNumbersOverflow()
    {
        // 10x² + y² at 0.11: y falls and x is multiplied by −1.2, so the loss falls at first.
        TrainingResult result = new Trainer(new BatchGD(0.11)).Minimize(
            Objective.From(p => 10 * p[0] * p[0] + p[1] * p[1], (p, g) => (g[0], g[1]) = (20 * p[0], 2 * p[1])), [1e-4, 50]);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Steps.Should().BeLessThan(200);
        result.Loss.Should().BeLessThan(2500);
    }

    [Theory]
    [InlineData(30, -1)]
    [InlineData(1e4, 1)]
    public void StepOntoAPlain_IsNotReturned(double rate, int kind)
    {
        // Far away the gradients of −exp(−x²) and x²/(1 + x²) are 0, and the values are larger than at the start.
        IObjective well = kind < 0
            ? Objective.From(p => -Math.Exp(-p[0] * p[0]), (p, g) => g[0] = 2 * p[0] * Math.Exp(-p[0] * p[0]))
            : Objective.From(p => p[0] * p[0] / (1 + p[0] * p[0]), (p, g) => g[0] = 2 * p[0] / Math.Pow(1 + p[0] * p[0], 2));

        TrainingResult down = new Trainer(new BatchGD(rate)).Minimize(well, [0.5]);
        TrainingResult up = new Trainer(new BatchGD(rate))
            .Maximize(Objective.From((p, g) => -Negated(well.Evaluate(p, g), g)), [0.5]);

        foreach (TrainingResult result in (TrainingResult[])[down, up])
        {
            result.Reason.Should().Be(StopReason.Converged);
            result.Parameters.Should().Equal(0.5);
            result.Diagnosis.Should().Contain("ended worse than it began");
        }

        static double Negated(double value, Span<double> gradient)
        {
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = -gradient[i];
            return value;
        }
    }

    [Fact]
    public void TargetThatTheStartMeets_NeedsNoStep()
    {
        var options = new TrainingOptions { TargetLoss = 6000, Batching = Batching.Mini(16) };

        TrainingResult result = new Trainer(new SGD(1), options).Fit(new LinearRegression(), _data);

        (result.Reason, result.Steps).Should().Be((StopReason.TargetReached, 0));
    }

    [Theory]
    [InlineData(1e155)]
    [InlineData(1e300)]
    public void SquareThatOverflows_IsNamed(double outlier)
    {
        double[] x = [.. Enumerable.Range(1, 40).Select(i => i == 7 ? outlier : i / 10.0)];
        double[] y = [.. Enumerable.Range(1, 40).Select(i => i / 5.0 + 1)];
        foreach (IOptimizer optimizer in (IOptimizer[])[new AdaGrad(0.1), new RMSProp(0.1), new Adam(0.1), new Lookahead(new Adam(0.1))])
        {
            TrainingResult result = new Trainer(optimizer, new() { MaxEpochs = 5, Batching = Batching.Mini(8) })
                .Fit(new LinearRegression(), Dataset.From(x, y), options: new() { Scaling = FeatureScaling.None });

            result.Diagnosis.Should().NotBeNull().And.ContainAny("of parameter 0 is not finite", "ended worse", "Diverged");
        }
    }

    [Fact]
    public void LossesOfModels_AreNotSaidToHaveNoMinimum()
    {
        TrainingResult result = new Trainer(new BatchGD(0.1))
            .Fit(new LinearRegression(), Dataset.From([1, 2, 3, 4], [2e6, 4e6, 6e6, 8e6]), new HuberLoss());

        result.Diagnosis.Should().Contain("Unfinished: ").And.Contain("Allow more steps").And.NotContain("no minimum");
    }

    [Fact]
    public void StepsThatCannotBecomeSmaller_AreSaidToBeTooLarge()
    {
        // An exact fit by steps of at least 1e-6: more of them do not help.
        double[] x = [.. Enumerable.Range(0, 20).Select(i => i * 0.37 % 1)];
        TrainingResult result = new Trainer(new Rprop(), new() { MaxEpochs = 5000 })
            .Fit(new LinearRegression(), Dataset.From(x, [.. x.Select(v => 3 * v + 1)]));

        result.Reason.Should().Be(StopReason.MaxEpochs);
        result.Diagnosis.Should().MatchRegex(@"The loss has not become lower since step \d+: let the steps become smaller\.");
    }

    [Fact]
    public void FunctionOfSmallValues_ConvergedAtItsStart_IsNoted()
    {
        NoteOf(1e-8, new()).Should().Contain("The gradient at the start is below the default tolerance, but not 0");
        NoteOf(1e-8, new() { GradientTolerance = 1e-6 }).Should().BeNull("the user has chosen it");
        NoteOf(0, new()).Should().BeNull();

        static string? NoteOf(double unit, TrainingOptions options) => new Trainer(new BatchGD(0.1), options)
            .Minimize(Objective.From(p => unit * (p[0] - 5) * (p[0] - 5), (p, g) => g[0] = 2 * unit * (p[0] - 5)), [0]).Note;
    }

    [Fact]
    public void Result_AsJson_HasItsNumbersAndTexts()
    {
        TrainingResult result = new Trainer(new Adam(0.1), new() { MaxEpochs = 2 }).Fit(new LinearRegression(), _data);

        string json = System.Text.Json.JsonSerializer.Serialize(result);

        json.Should().Contain("\"Reason\":\"MaxEpochs\"").And.Contain("\"ValidationLoss\":\"NaN\"").And.NotContain("\"Objective\"");
    }

    [Fact]
    public void FunctionsWithoutAMinimum_SayIt()
    {
        DiagnosisOf(Objective.From(p => -p[0], (_, g) => g[0] = -1), 1).Should().Contain("if this goes on, there is no minimum");
        DiagnosisOf(Objective.From(p => -p[0] * p[0], (p, g) => g[0] = -2 * p[0]), 1).Should().Contain("The objective has no minimum");
        DiagnosisOf(Objective.From(p => p[0] * p[0] * p[0], (p, g) => g[0] = 3 * p[0] * p[0]), -1).Should()
            .Contain("The objective has no minimum");
        new Trainer(new BatchGD(0.1)).Maximize(Objective.From(p => p[0], (_, g) => g[0] = 1), [1]).Diagnosis.Should()
            .Contain("The value rises").And.Contain("no maximum");
        new Trainer(new BatchGD(0.1)).Maximize(Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]), [1]).Diagnosis.Should()
            .Contain("The objective has no maximum");
        // The infimum 0 of e⁻ˣ is not attained either, but the gradient becomes smaller.
        DiagnosisOf(Objective.From(p => Math.Exp(-p[0]), (p, g) => g[0] = -Math.Exp(-p[0])), 1).Should()
            .Contain("Unfinished: the gradient norm is ").And.Contain("Allow more steps").And.NotContain("no minimum");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void StartOutsideTheDomain_IsNamed(double start)
    {
        DiagnosisOf(Objective.From(p => Math.Log(p[0]) + p[0], (p, g) => g[0] = 1 / p[0] + 1), start).Should()
            .StartWith("Diverged after 0 steps: loss is ").And.Contain("The start is outside the domain");
    }

    [Fact]
    public void FullBatchesAtALimit_AreUnfinished_UnlessNothingIsTested()
    {
        TrainingResult few = new Trainer(new BatchGD(0.1), new() { MaxSteps = 30 }).Fit(new LinearRegression(), _data);
        few.Diagnosis.Should().MatchRegex(@"Unfinished: the gradient in standard errors is 0\.\d+, converged would be 1E-06\. Allow more");
        few.ToString().Should().StartWith(few.Diagnosis);

        var untested = new TrainingOptions { MaxSteps = 30, GradientTolerance = 0 };
        new Trainer(new BatchGD(0.1), untested).Fit(new LinearRegression(), _data).Diagnosis.Should().BeNull();
        new Trainer(new BatchGD(0.1), new() { MaxSteps = 0 }).Fit(new LinearRegression(), _data).Diagnosis.Should().BeNull();
        new Trainer(new MiniBatchSGD(0.01), new() { MaxEpochs = 3 }).Fit(new LinearRegression(), _data).Diagnosis.Should().BeNull();
    }

    [Fact]
    public void PoissonThatDiverges_IsNotGivenAStableRate()
    {
        // The curvature at the start is small, and e^ŷ times larger on the way.
        TrainingResult result = new Trainer(new BatchGD(0.01))
            .Fit(new LinearRegression(), Dataset.From([1.0, 2, 3, 4], [10.0, 100, 1000, 1e4]), new PoissonLoss());

        result.Diagnosis.Should().Contain("PoissonLoss has no known bound").And.NotContain("stable at rates below");
    }

    [Fact]
    public void CountsOfZeroOnly_HaveNoBestModel()
    {
        string? NoteOn(ILoss loss, params double[] y) =>
            new Trainer(new Rprop()).Fit(new LinearRegression(), Dataset.From([1.0, 2, 3, 4], y), loss).Note;

        NoteOn(new PoissonLoss(), 0, 0, 0, 0).Should().Contain("the loss has no minimum, and the intercept decreases");
        NoteOn(new PoissonLoss(), 0, 0, 1, 0).Should().BeNull();
        NoteOn(new PoissonLoss(), 1e-8, 1e-8, 2e-8, 1e-8).Should().BeNull();
        NoteOn(new MeanSquaredError(), 0, 0, 1, 0).Should().BeNull();
        NoteOn(new MeanSquaredError(), -1e6, -2e6, -1e6, -3e6).Should().BeNull();
        NoteOn(new MeanSquaredError(), 1e300, 2e300, 3e300, 8e307).Should().BeNull("the best score is the mean");
        NoteOn(new MeanSquaredError(), -1e300, -2e300, -3e300, -8e307).Should().BeNull();
        NoteOn(new MeanAbsoluteError(), 1e301, 2e301, 3e301, 4e301).Should().BeNull("the best score is the median");
        NoteOn(new HuberLoss(), -1e301, -2e301, -3e301, -4e301).Should().BeNull();
        NoteOn(new HuberLoss(), 50, 60, 70, 90).Should().BeNull();
        NoteOn(new HingeLoss(), 0, 1, 0, 1).Should().BeNull();
        NoteOn(new SquaredHingeLoss(), 0, 0, 0, 0).Should().BeNull("a score of −1 is enough");
        NoteOn(new BinaryCrossEntropy(), 1, 1, 1, 1).Should().Contain("the intercept increases");
    }

    private sealed class SmallThenLarge : ISchedule
    {
        public double FactorAt(TrainingClock clock) => clock.Step == 0 ? 1 : 10.0 / 3;
    }

    private static string? DiagnosisOf(IObjective objective, double start) =>
        new Trainer(new BatchGD(0.1)).Minimize(objective, [start]).Diagnosis;

    [Fact]
    public void Kink_AroundWhichTheRunJumps_IsNotCalledADescentWithoutEnd()
    {
        // |x| from 3: the gradient is ±1 everywhere. After 30 steps of 0.1 the run jumps over 0 and back.
        IObjective kink = Objective.From(p => Math.Abs(p[0]), (p, g) => g[0] = Math.Sign(p[0]));
        IObjective peak = Objective.From(p => -Math.Abs(p[0]), (p, g) => g[0] = -Math.Sign(p[0]));
        var trainer = new Trainer(new BatchGD(0.1), new TrainingOptions { MaxSteps = 2000 });

        foreach (TrainingResult result in new[] { trainer.Minimize(kink, [3.05]), trainer.Maximize(peak, [3.05]) })
        {
            result.Reason.Should().Be(StopReason.MaxSteps);
            result.Diagnosis.Should().Contain("The loss has not become lower since step ").And.NotContain("if this goes on");
        }
    }

    [Fact]
    public void StepOutOfTheDomain_SaysWhatMayHelp()
    {
        // √x falls to 0, and the step after the last one inside leads below it.
        TrainingResult result = new Trainer(new BatchGD(0.1)).Minimize(
            Objective.From(p => Math.Sqrt(p[0]), (p, g) => g[0] = 0.5 / Math.Sqrt(p[0])), [1]);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Diagnosis.Should().EndWith("left the domain, where value and gradient are finite: use a smaller rate, or another start.");
    }

    [Fact]
    public void OverflowOfAnOptimizer_OnAFunction_DoesNotSpeakOfFeatures()
    {
        // −eˣ has no minimum. From x = 355 the square of its gradient is above 1.8E+308.
        TrainingResult endless = new Trainer(new Adam(0.1), new TrainingOptions { MaxSteps = 2000 }).Minimize(
            Objective.From(p => -Math.Exp(p[0]), (p, g) => g[0] = -Math.Exp(p[0])), [350]);
        TrainingResult steep = new Trainer(new Adam(0.1), new TrainingOptions { MaxSteps = 2000 }).Minimize(
            Objective.From(p => 1e160 * p[0] * p[0], (p, g) => g[0] = 2e160 * p[0]), [3]);

        endless.Diagnosis.Should().Contain("'mean square' of parameter 0 is not finite")
            .And.EndWith("if this goes on, there is no minimum.");
        steep.Diagnosis.Should().EndWith("steps there are 0. Scale the function, or clip the gradient.");
    }
}
