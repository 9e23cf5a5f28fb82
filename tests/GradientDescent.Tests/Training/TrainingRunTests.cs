using System.Diagnostics;

namespace GradientDescent.Tests.Training;

/// <summary>Advancing a run step by step: its reports, its result, and exceptions thrown by the caller's code.</summary>
public class TrainingRunTests
{
    private static readonly Dataset _line = Dataset.From(
        [.. Enumerable.Range(0, 100).Select(i => i / 10.0)], [.. Enumerable.Range(0, 100).Select(i => 3 * (i / 10.0) + 1 + i % 2)]);

    private static readonly IObjective _bowl = Objective.From(p => p[0] * p[0] / 2, (p, g) => g[0] = p[0]);

    [Fact]
    public void Steps_ToTheEnd_EqualFit()
    {
        var options = new TrainingOptions { MaxEpochs = 7 };
        TrainingResult fitted = new Trainer(new Adam(), options).Fit(new LinearRegression(), _line);

        TrainingRun run = new Trainer(new Adam(), options).CreateRun(new LinearRegression(), _line);
        TrainingReport[] reports = [.. run.RunSteps()];

        run.Result.Parameters.Should().Equal(fitted.Parameters);
        run.Result.History.Should().Equal(fitted.History);
        run.HasEnded.Should().BeTrue();
        reports.Select(r => r.Step).Should().Equal(Enumerable.Range(1, 28).Select(i => (long)i)); // four batches of up to 32 of 100
        reports.Where(r => r.EndsEpoch).Select(r => r.Step).Should().Equal(4, 8, 12, 16, 20, 24, 28);
        reports.Where(r => r.EndsEpoch).Select(r => r.EpochLoss).Should().Equal(fitted.History.Select(h => h.Loss));
        reports[^1].Should().Match<TrainingReport>(r =>
            r.Epoch == 7 && r.Samples == 700 && r.PlannedSteps == 28 && double.IsNaN(r.ValidationLoss));
    }

    [Fact]
    public void Steps_LeftEarly_HaveAResultAndGoOnWhereTheyStopped()
    {
        var model = new LinearRegression();
        TrainingRun run = new Trainer(new Adam(0.1), new() { MaxSteps = 50 }).CreateRun(model, _line);

        foreach (TrainingReport report in run.RunSteps())
        {
            if (report.Step == 20)
                break;
        }

        run.Result.Reason.Should().Be(StopReason.Paused);
        run.Result.Steps.Should().Be(20);
        run.HasEnded.Should().BeFalse();
        model.Parameters.Should().Equal(run.Result.Parameters);

        run.RunSteps().Select(r => r.Step).First().Should().Be(21);
        run.Complete().Parameters.Should()
            .Equal(new Trainer(new Adam(0.1), new() { MaxSteps = 50 }).Fit(new LinearRegression(), _line).Parameters);
        run.RunSteps().Should().BeEmpty();
    }

    [Fact]
    public void Steps_NotBegun_StandAtTheStart()
    {
        TrainingRun run = new Trainer(new BatchGD(0.5)).CreateRun(_bowl, [1.0]);

        run.Parameters.Should().Equal(1);
        run.Result.Should().Match<TrainingResult>(r => r.Reason == StopReason.Paused && r.Steps == 0 && r.Loss == 0.5);
    }

    [Fact]
    public void Parameters_AreLiveAndReportsSayWhatWasMet()
    {
        TrainingRun run = new Trainer(new BatchGD(0.5), new() { MaxSteps = 3 }).CreateRun(_bowl, [1.0]);
        var seen = new List<(double Parameter, double Loss, double Norm, double Rate)>();

        foreach (TrainingReport report in run.RunSteps())
            seen.Add((run.Parameters[0], report.Loss, report.GradientNorm, report.LearningRate));

        seen.Should().Equal((0.5, 0.5, 1, 0.5), (0.25, 0.125, 0.5, 0.5), (0.125, 0.03125, 0.25, 0.5));
    }

    [Fact]
    public void GradientNorm_InAReport_IsTheOneBeforeClipping()
    {
        TrainingRun run = new Trainer(new BatchGD(0.5), new() { MaxSteps = 1, GradientTransforms = [GradientClipping.ByNorm(0.5)] })
            .CreateRun(_bowl, [1.0]);

        run.RunSteps().Single().GradientNorm.Should().Be(1);
        run.Parameters.Should().Equal(0.75);
    }

    [Fact]
    public void Losses_InReports_AreInTheUsersUnits()
    {
        var model = new LinearRegression();
        TrainingRun run = new Trainer(new BatchGD(0.1), new() { MaxSteps = 1 }).CreateRun(model, _line);

        // Zero weights predict the mean, also after standardisation.
        double variance = Enumerable.Range(0, 100).Select(i => _line.Targets(i)[0])
            .ToArray() is var y ? y.Sum(v => (v - y.Average()) * (v - y.Average())) / 100 : 0;
        run.RunSteps().Single().Loss.Should().BeApproximately(variance, 1e-12 * variance);
    }

    [Fact]
    public void AnExceptionOfTheUsersFunction_PassesThroughAndEndsTheRun()
    {
        int calls = 0;
        IObjective failing = Objective.From(p => p[0], (p, g) => g[0] = ++calls == 3 ? throw new TimeoutException("mine") : 1);
        TrainingRun run = new Trainer(new BatchGD()).CreateRun(failing, [1.0]);

        run.Invoking(r => r.RunSteps().Count()).Should().Throw<TimeoutException>().WithMessage("mine");

        calls.Should().Be(3);
        run.Invoking(r => r.RunSteps().Count()).Should().Throw<InvalidOperationException>().WithMessage("An exception ended this run*");
    }

    [Fact]
    public void AnExceptionOfAnObserver_PassesThroughAndLeavesARunThatGoesOn()
    {
        TrainingRun run = new Trainer(new BatchGD(0.5), new() { MaxSteps = 5, Observers = [new Failing(at: 2)] }).CreateRun(_bowl, [1.0]);
        _ = run.Result;

        run.Invoking(r => r.Complete()).Should().Throw<TimeoutException>();

        run.Result.Steps.Should().Be(2);
        run.Complete().Steps.Should().Be(5);
    }

    [Fact]
    public void Elapsed_CountsTheWorkOnly()
    {
        var all = Stopwatch.StartNew();
        TrainingRun run = new Trainer(new BatchGD(0.5), new() { MaxSteps = 5, Observers = [new Failing(at: 2)] }).CreateRun(_bowl, [1.0]);
        run.Invoking(r => r.Complete()).Should().Throw<TimeoutException>();
        var idle = Stopwatch.StartNew();
        Thread.Sleep(300);
        idle.Stop();

        TimeSpan atWork = run.Complete().Elapsed;

        // Whatever else the machine does meanwhile: work and idling are both within all.
        (atWork + idle.Elapsed).Should().BeLessThanOrEqualTo(all.Elapsed);
    }

    [Fact]
    public void ReadingTheResult_DoesNotFitTheModel()
    {
        var model = new LinearRegression();
        TrainingRun run = new Trainer(new Adam()).CreateRun(model, _line);

        _ = run.Result;

        model.IsFitted.Should().BeFalse();
    }

    private sealed class Failing(long at) : ITrainingObserver
    {
        public void Observe(in TrainingReport report)
        {
            if (report.Step == at)
                throw new TimeoutException();
        }
    }

    [Fact]
    public void ParametersBefore_IsThePointOfTheReportedLoss()
    {
        IObjective square = Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]);
        TrainingRun run = new Trainer(new BatchGD(0.1), new() { MaxSteps = 5 }).CreateRun(square, [3]);
        Action early = () => _ = run.ParametersBefore;
        early.Should().Throw<InvalidOperationException>();
        while (run.Advance())
            run.Report.Loss.Should().Be(run.ParametersBefore[0] * run.ParametersBefore[0]);
        run.Report.Loss.Should().Be(run.ParametersBefore[0] * run.ParametersBefore[0], "the last report stays as it is");

        // In the user's units, with mini-batches of all samples: the loss of the batch is that of the model.
        var data = Dataset.From([1.0, 2, 4], [3.0, 5, 8]);
        TrainingRun fit = new Trainer(new SGD(0.1), new() { Batching = Batching.Mini(3), MaxSteps = 4 })
            .CreateRun(new LinearRegression(), data);
        while (fit.Advance())
        {
            double[] at = [.. fit.ParametersBefore];
            double mean = Enumerable.Range(0, 3).Average(i => Math.Pow(at[0] * data.Features(i)[0] + at[1] - data.Targets(i)[0], 2));
            fit.Report.Loss.Should().BeApproximately(mean, 1e-14 * mean);
        }
    }
}
