#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// A job that is killed and started again ends with the bits of one that ran through.
using System.Diagnostics;
using GradientDescent;

var data = Dataset.From(
    [.. Enumerable.Range(0, 200).Select(i => new[] { i % 7.0, i % 11 })],
    [
        .. Enumerable.Range(0, 200).Select(i => i % 7 + 2.0 * (i % 11) + i % 3),
    ]);
var options = new TrainingOptions { MaxEpochs = 50 };

// As a job this program trains with a checkpoint; the first time it kills itself in the middle.
if (args is [string file])
{
    bool isFirst = !File.Exists(file);
    TrainingOptions job = options with { CheckpointFile = file, CheckpointEvery = Horizon.Steps(50), ResumeIfPresent = file };
    foreach (TrainingReport report in new Trainer(new Adam(0.05), job).CreateRun(new LinearRegression(), data).RunSteps())
    {
        if (isFirst && report.Step == 180)
            Process.GetCurrentProcess().Kill();
    }

    return;
}

string checkpoint = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.checkpoint");
for (int i = 1; i <= 2; i++)
{
    using Process job = Process.Start(Environment.ProcessPath!, checkpoint);
    job.WaitForExit();
    Console.WriteLine($"start {i}: {(job.ExitCode == 0 ? "finished" : "killed")}");
}

TrainingResult resumed = new Trainer(new Adam(0.05), options with { ResumeFrom = checkpoint }).Fit(new LinearRegression(), data);
TrainingResult whole = new Trainer(new Adam(0.05), options).Fit(new LinearRegression(), data);
Console.WriteLine($"the same bits: {resumed.Parameters.SequenceEqual(whole.Parameters)}");
File.Delete(checkpoint);

// Prints:
// start 1: killed
// start 2: finished
// the same bits: True
