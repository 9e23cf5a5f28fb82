using System.Collections.Immutable;
using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Checkpoints;

/// <summary>An interruption cannot be seen in the result.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 60).Select(i => Enumerable.Range(0, 4).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 60).Select(i => i % 3.0)]);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Resume_AtAnyUpdate_EqualsNoInterruption(string name)
    {
        bool fullOnly = AllOptimizers.ByName[name]().Batching.IsFull;
        Gen<(int At, WeightAveraging? Averages, FitOptions Fit, TrainingOptions Options)> runs =
            from at in Gen.Choose(0, 70)
            from full in Gen.Elements(true, fullOnly)
            from averages in Gen.Elements<WeightAveraging?>(null, WeightAveraging.Polyak(Horizon.Epochs(1)),
                WeightAveraging.Exponential(0.9))
            from validates in Gen.Elements(true, false)
            from schedule in Gen.Elements<ISchedule>(
                new ConstantSchedule(), new CosineDecay(Horizon.Fraction(1)), new ReduceOnPlateau(patience: 1),
                    new WarmUp(Horizon.Samples(100)).Then(new ReduceOnPlateau(patience: 1)))
            from order in Gen.Elements(SampleOrder.Shuffled, SampleOrder.WithReplacement)
            from parts in Gen.Elements(1, 3)
            from drop in Gen.Elements(true, false)
            from transforms in Gen.Elements<ImmutableArray<IGradientTransform>>(
                [], [GradientClipping.ByNorm(0.1), GradientClipping.ByValue(0.05)], [new GradientNoise(), new AdaptiveGradientClipping()])
            from rate in Gen.Elements(1.0, 1.0, 1e4)
            select (at, averages, new FitOptions { Validation = validates ? Validation.HoldOut(0.2) : null }, new TrainingOptions
            {
                MaxEpochs = full ? 70 : 12,
                Batching = full ? Batching.Full : Batching.Mini(7),
                AccumulationSteps = full ? 1 : parts,
                DropLastBatch = drop,
                GradientTransforms = transforms,
                MaxLossGrowth = 20,
                Order = order,
                Schedule = rate == 1 ? schedule : new ConstantSchedule(rate),
                LossTolerance = 1e-9,
                ParameterTolerance = 1e-12,
                EarlyStopping = new(8),
                RelativeGradientTolerance = full ? 1e-8 : null,
                Recovery = new(),
                Seed = at,
            });
        Prop.ForAll(runs.ToArbitrary(), run =>
        {
            System.IO.File.Delete(File);
            TrainingResult whole = Trainer(run.Options).Fit(new SoftmaxRegression(3), _data, options: run.Fit);

            foreach (TrainingReport report in Trainer(run.Options with { CheckpointFile = File })
                .CreateRun(new SoftmaxRegression(3), _data, options: run.Fit).RunSteps())
            {
                if (report.Step == run.At)
                    break;
            }

            if (!System.IO.File.Exists(File))
            {
                whole.Reason.Should().Be(StopReason.Diverged); // before the first checkpoint was due: there is nothing to continue
                return;
            }

            TrainingResult resumed = Trainer(run.Options with { ResumeFrom = File }).Fit(new SoftmaxRegression(3), _data, options: run.Fit);
            ResultHash.Of(resumed).Should().Be(ResultHash.Of(whole), "interrupted at {0}: {1}", run.At, run.Options);

            Trainer Trainer(TrainingOptions options)
            {
                Optimizer plain = AllOptimizers.ByName[name]();
                return new(run.Averages is null ? plain : new AveragedOptimizer(plain, run.Averages), options);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithReplay(5, 7));
    }

    [Fact]
    public void Resume_OfARecoveringRun_RemembersWhereToGoBackAndHowOftenItDid()
    {
        IObjective bowl = Objective.From(p => p[0] * p[0] / 2, (p, g) => g[0] = p[0]);
        var options = new TrainingOptions { MaxLossGrowth = 10, GradientTolerance = 1e-9, Recovery = new(maxAttempts: 2, rateFactor: 0.7) };
        TrainingResult whole = new Trainer(new Momentum(9), options).Minimize(bowl, [1.0]);
        whole.Recoveries.Should().HaveCount(2);

        for (int at = 1; at < whole.Steps; at++)
        {
            TrainingRun run = new Trainer(new Momentum(9), options with { CheckpointFile = File }).CreateRun(bowl, [1.0]);
            _ = run.RunSteps().Take(at).Count();

            ResultHash.Of(new Trainer(new Momentum(9), options with { ResumeFrom = File }).Minimize(bowl, [1.0])).Should()
                .Be(ResultHash.Of(whole), "interrupted at {0}", at);
        }
    }

    [Fact]
    public void Resume_AfterTheLimit_GoesOnWithALargerOne()
    {
        var options = new TrainingOptions { CheckpointFile = File, CheckpointEvery = Horizon.Steps(1000) };
        TrainingResult whole = new Trainer(new Adam(), new() { MaxEpochs = 9 }).Fit(new SoftmaxRegression(3), _data);

        new Trainer(new Adam(), options with { MaxEpochs = 4 }).Fit(new SoftmaxRegression(3), _data);
        TrainingResult resumed = new Trainer(new Adam(), options with { MaxEpochs = 9, ResumeFrom = File })
            .Fit(new SoftmaxRegression(3), _data);

        ResultHash.Of(resumed).Should().Be(ResultHash.Of(whole));
    }

    [Fact]
    public void AJob_KilledFiftyTimes_EndsWithTheBitsOfOneThatWasNot()
    {
        string expected = RunProbe(Path.Combine(_folder, "other.checkpoint"), killAfter: null)!;
        var random = new Random(7);

        for (int kills = 0; kills < 50;)
        {
            string? hash = RunProbe(File, killAfter: random.Next(100, 400));
            if (hash is null)
            {
                kills++;
                continue;
            }

            hash.Should().Be(expected);
            System.IO.File.Delete(File);
        }

        RunProbe(File, killAfter: null).Should().Be(expected);
    }

    /// <summary>What the job prints, or nothing if it was killed before.</summary>
    private static string? RunProbe(string checkpoint, int? killAfter)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "KillProbe.dll"), checkpoint])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (killAfter is { } milliseconds && !process.WaitForExit(milliseconds))
        {
            process.Kill(); // SIGKILL where there are signals
            process.WaitForExit();
            return null;
        }

        process.WaitForExit();
        process.ExitCode.Should().Be(0, error.Result);
        return output.Result.Trim();
    }

    [Fact]
    public void ResumeFrom_AMissingFile_Throws() =>
        FluentActions.Invoking(() => Fit(new() { ResumeFrom = File })).Should().Throw<FileNotFoundException>();

    [Fact]
    public void ResumeIfPresent_WithoutAFile_StartsFromTheBeginning() =>
        Fit(new() { ResumeIfPresent = File, MaxSteps = 3 }).Steps.Should().Be(3);

    [Fact]
    public void ResumeFrom_AndResumeIfPresent_AreNotBothAllowed() =>
        FluentActions.Invoking(() => Fit(new() { ResumeIfPresent = File, ResumeFrom = File })).Should().Throw<ArgumentException>()
            .WithParameterName("ResumeIfPresent");

    public static TheoryData<string, string, Func<TrainingOptions, string, TrainingResult>> Strangers => new()
    {
        { "optimizer", "it has optimizer 'Adam', this run has 'SGD'", (o, f) =>
            new Trainer(new SGD(), o).Fit(new SoftmaxRegression(3), _data) },
        { "seed", "it has batches '32, Shuffled, seed 0', this run has '32, Shuffled, seed 1'", (o, f) =>
            new Trainer(new Adam(), o with { Seed = 1 }).Fit(new SoftmaxRegression(3), _data) },
        { "batch", "it has batches '32, Shuffled, seed 0', this run has '8, Shuffled, seed 0'", (o, f) =>
            new Trainer(new Adam(), o with { Batching = Batching.Mini(8) }).Fit(new SoftmaxRegression(3), _data) },
        { "model", "it has number of parameters '15', this run has '5'", (o, f) =>
            new Trainer(new Adam(), o).Fit(new LinearRegression(), _data) },
        { "scaling", "it has scaling 'Standardize', this run has 'None'", (o, f) =>
            new Trainer(new Adam(), o).Fit(new SoftmaxRegression(3), _data, options: new() { Scaling = FeatureScaling.None }) },
        { "data", "it has data '", (o, f) =>
            new Trainer(new Adam(), o).Fit(new SoftmaxRegression(3), _data.Select([.. Enumerable.Range(0, 60).Reverse()])) },
        { "validation", "it has validation data 'none', this run has '", (o, f) =>
            new Trainer(new Adam(), o).Fit(new SoftmaxRegression(3), _data, options: new() { Validation = Validation.HoldOut(0.5) }) },
        { "averaging", "it has optimizer 'Adam', this run has 'AveragedOptimizer", (o, f) =>
            new Trainer(new AveragedOptimizer(new Adam()), o).Fit(new SoftmaxRegression(3), _data) },
        { "parts", "it has batches '32, Shuffled, seed 0', this run has '32, Shuffled, seed 0, in parts of 16'", (o, f) =>
            new Trainer(new Adam(), o with { Batching = Batching.Mini(16), AccumulationSteps = 2 }).Fit(new SoftmaxRegression(3), _data) },
        { "objective", "it has number of parameters '15', this run has '1'", (o, f) =>
            new Trainer(new Adam(), o).Minimize(Objective.From(p => p[0]), [1.0]) },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void ResumeFrom_AnotherRun_IsRefusedByName(string what, string expected, Func<TrainingOptions, string, TrainingResult> run)
    {
        Fit(new() { MaxSteps = 3, CheckpointFile = File });

        FluentActions.Invoking(() => run(new() { ResumeFrom = File }, File))
            .Should().Throw<InvalidOperationException>(what).Which.Message.Should().Contain(expected);
    }

    [Fact]
    public void ResumeFrom_ARunThatDiffersInTheLastDetail_ShowsIt()
    {
        TrainingOptions Options(int part) =>
            new() { Seed = 12345678901234567, Batching = Batching.Mini(part), AccumulationSteps = 32 / part };
        Fit(Options(16) with { MaxSteps = 3, CheckpointFile = File });

        FluentActions.Invoking(() => Fit(Options(8) with { ResumeFrom = File }))
            .Should().Throw<InvalidOperationException>()
                .WithMessage("*seed 12345678901234567, in parts of 16', this run has '*, in parts of 8'.*");
    }

    [Fact]
    public void ResumeFrom_AMinimisationOnOtherData_IsRefusedByName()
    {
        EmpiricalRisk Risk(Dataset data) => new(new SoftmaxRegression(3), new CategoricalCrossEntropy(), data);
        double[] start = new double[15];
        new Trainer(new Adam(), new() { MaxSteps = 3, CheckpointFile = File }).Minimize(Risk(_data), start);

        FluentActions.Invoking(() =>
            new Trainer(new Adam(), new() { ResumeFrom = File })
            .Minimize(Risk(_data.Select([.. Enumerable.Range(0, 60).Reverse()])), start))
            .Should().Throw<InvalidOperationException>().WithMessage("*it has data '*");
    }

    [Fact]
    public void CheckpointFile_WhereNoFileCanBe_IsRefusedBeforeTheWork()
    {
        FluentActions.Invoking(() => Fit(new() { CheckpointFile = Path.Combine(_folder, "none", "x") })).Should().Throw<ArgumentException>()
            .WithMessage("*its folder does not exist*");
        FluentActions.Invoking(() => Fit(new() { CheckpointFile = _folder })).Should().Throw<ArgumentException>()
            .WithMessage("*this is a directory*");
    }

    [Fact]
    public void AnOptimizerStateThatIsNotFinite_IsNotWrittenAndSaidSo()
    {
        // The square of 1e200 overflows, the step does not: m̂/∞ = 0.
        IObjective steep = Objective.From(p => 0, (p, g) => g[0] = 1e200);

        TrainingResult result = new Trainer(new Adam(), new() { MaxSteps = 3, CheckpointFile = File }).Minimize(steep, [1.0]);

        result.Note.Should().Contain("'optimizer.vector.mean square' holds Infinity");
        System.IO.File.Exists(File).Should().BeFalse();
    }

    [Fact]
    public void ResumeFrom_ARunWithOtherMemory_IsRefusedByName()
    {
        Fit(new() { MaxSteps = 3, CheckpointFile = File, Schedule = new ReduceOnPlateau() });

        FluentActions.Invoking(() => Fit(new() { ResumeFrom = File })).Should().Throw<CheckpointFormatException>()
            .WithMessage("*'schedule.*");
        FluentActions.Invoking(() => Fit(new() { ResumeFrom = File, Schedule = new ReduceOnPlateau(), Recovery = new() }))
            .Should().Throw<CheckpointFormatException>().WithMessage("*'recovery.parameters'*");
    }

    [Fact]
    public void ADivergedRun_LeavesACheckpointFromBefore()
    {
        var options = new TrainingOptions
        {
            CheckpointFile = File,
            CheckpointEvery = Horizon.Steps(1),
            MaxLossGrowth = 1.5,
            Schedule = new WarmUp(Horizon.Steps(30)).Then(new ConstantSchedule(1e6))
        };

        Fit(options, new SGD()).Reason.Should().Be(StopReason.Diverged);

        Fit(options with
        {
            Schedule = new ConstantSchedule(),
            ResumeFrom = File,
            CheckpointFile = null,
            MaxLossGrowth = null,
            MaxEpochs = 60
        }, new SGD()).Reason.Should().Be(StopReason.MaxEpochs);
    }

    private static TrainingResult Fit(TrainingOptions options, IOptimizer? optimizer = null) =>
        new Trainer(optimizer ?? new Adam(), options).Fit(new SoftmaxRegression(3), _data);
}
