using GradientDescent;
using GradientDescent.Tests.Mpi;

/// <summary>Training on the ranks of a job: what rank 0 prints is what all ranks have found.</summary>
internal static class Training
{
    /// <summary>Runs all jobs; resumes those whose checkpoints are in the folder, and writes checkpoints for others to resume.</summary>
    public static int Run(string folder)
    {
        using var mpi = MpiCollective.Start();
        foreach ((string name, Func<ICollective?, string> run) in TrainingJobs.All)
            Report(mpi, name, run(mpi));
        foreach ((string name, Func<ICollective?, TrainingOptions, TrainingResult> run) in TrainingJobs.Long)
        {
            string of = Path.Combine(folder, name);
            TrainingResult resumed = run(mpi, new() { MaxSteps = TrainingJobs.Steps, ResumeFrom = of + ".before" });
            Report(mpi, name + ", resumed", GradientDescent.Tests.Support.ResultHash.Of(resumed));
            run(mpi, new() { MaxSteps = TrainingJobs.StepsToCheckpoint, CheckpointFile = of + ".after" });
        }

        return 0;
    }

    /// <summary>Runs the job that is killed. Each rank writes its process number to a file of the folder after some steps.</summary>
    public static int RunUntilKilled(string folder)
    {
        using var mpi = MpiCollective.Start();
        var observer = new Observing(step =>
        {
            if (step % 2 == 0)
                Thread.Sleep(1);
            if (step != 40)
                return;
            string file = Path.Combine(folder, $"process of rank {mpi.Rank}");
            File.WriteAllText(file + ".new", $"{Environment.ProcessId}");
            File.Move(file + ".new", file, overwrite: true);
        });
        Report(mpi, "whole", TrainingJobs.Killed(mpi, Path.Combine(folder, "run.checkpoint"), observer));
        return 0;
    }

    /// <summary>Runs that end early on all ranks because of something on rank 1, or that lose their checkpoint file.</summary>
    public static int RunInterrupted(string folder)
    {
        using var mpi = MpiCollective.Start();
        using var source = new CancellationTokenSource();
        var cancelling = new Observing(step =>
        {
            if (mpi.Rank == 1 && step == 100)
                source.Cancel();
        });
        ReportStop("cancelled, full batches", Fit(Batching.Full, new() { MaxEpochs = 1_000_000, Observers = [cancelling] }));
        ReportStop("cancelled, mini-batches", Fit(Batching.Mini(32), new() { MaxEpochs = 1_000_000, Observers = [cancelling] }));
        ReportStop("time", Fit(Batching.Full, new() { MaxTime = TimeSpan.FromSeconds(0.1) }));

        string place = Path.Combine(folder, "place");
        if (mpi.Rank == 0)
            Directory.CreateDirectory(place);
        mpi.Sum([0]);
        var removing = new Observing(step =>
        {
            if (mpi.Rank == 0 && step == 30)
                Directory.Delete(place, recursive: true);
        });
        TrainingResult unwritten = Fit(Batching.Full, new()
        {
            MaxSteps = 50,
            Observers = [removing],
            CheckpointFile = Path.Combine(place, "run"),
            CheckpointEvery = Horizon.Steps(10),
        });
        ReportStop("unwritten checkpoint", unwritten);
        if (mpi.Rank == 0)
            Console.WriteLine(unwritten.Note);
        return 0;

        TrainingResult Fit(Batching batching, TrainingOptions options) =>
            new Trainer(new Momentum(1e-6), options with { Batching = batching, GradientTolerance = 0 }).Fit(
                new LinearRegression(), TrainingJobs.Sharded(TrainingJobs.Numbers(2000), mpi),
                cancellationToken: options.MaxEpochs is null ? default : source.Token);

        void ReportStop(string what, TrainingResult result) =>
            Report(mpi, what, $"{result.Stop.Reason} at the same step", $"{result.Stop.Reason} {result.Steps}");
    }

    /// <summary>Ends rank 1, or all ranks because of it, and prints when.</summary>
    public static int Fail(string how)
    {
        using var mpi = MpiCollective.Start();
        Dataset data = TrainingJobs.Sharded(TrainingJobs.Numbers(2000, seed: how == "data" ? mpi.Rank : 0), mpi);
        var observer = new Observing(step =>
        {
            if (mpi.Rank != 1 || step != 100 || how != "observer")
                return;
            Console.WriteLine(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            throw new IOException("The disk is full.");
        });
        new Trainer(new Momentum(how == "optimizer" && mpi.Rank == 1 ? 1e-5 : 1e-6), new()
        {
            Batching = Batching.Full,
            GradientTolerance = 0,
            MaxEpochs = how == "options" ? 1000 + mpi.Rank : 1_000_000,
            Observers = [observer],
        }).Fit(new LinearRegression(), data);
        return 0;
    }

    private static void Report(MpiCollective mpi, string what, string found, string? compared = null)
    {
        double[] characters = [.. (compared ?? found).Select(c => (double)c)], first = [.. characters];
        mpi.Broadcast(first, 0);
        double[] equal = [first.SequenceEqual(characters) ? 1 : 0];
        mpi.Sum(equal);
        if (mpi.Rank == 0)
            Console.WriteLine($"{what}: {found} on {equal[0]} of {mpi.Size}");
    }

    /// <summary>Calls an action after each step.</summary>
    private sealed class Observing(Action<long> action) : ITrainingObserver
    {
        public void Observe(in TrainingReport report) => action(report.Step);
    }
}
