#:project ../src/GradientDescent.Reporting/GradientDescent.Reporting.csproj
#:property PublishAot=false

// Six optimizers race on Rosenbrock's valley, 300 updates each, on a page in the temporary folder or where you say:
// dotnet run samples/race.cs -- race.html
using GradientDescent;
using GradientDescent.Reporting;

TestFunction valley = TestFunctions.Rosenbrock;
IOptimizer[] optimizers =
[
    new BatchGD(0.0008), new Momentum(0.0002), new Nesterov(0.0004), new RMSProp(0.02), new Adam(0.1), new AdaGrad(0.3),
];
var paths = new List<Trajectory>();
var report = new Report("Six optimizers on Rosenbrock's valley");
foreach (IOptimizer optimizer in optimizers)
{
    var log = new TrainingLog();
    var options = new TrainingOptions { MaxSteps = 300, Observers = [log] };
    string name = optimizer.GetType().Name;
    TrainingRun run = new Trainer(optimizer, options).CreateRun(valley, [-0.5, 2.5]);
    paths.Add(Trajectory.From(name, run));
    report.Add(new ReportRun(name, run.Result)
    {
        Settings = FormattableString.Invariant($"rate {optimizer.LearningRate}, {options}"),
        Reports = log.Reports,
    });
    Console.WriteLine(FormattableString.Invariant($"{name}: {run.Result.Reason} at loss {run.Result.Loss:G6}"));
}

report.Add("The race", Charts.Race(valley, paths), Charts.Surface(valley, paths));
report.SaveHtml(args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "race.html"));

// Prints:
// BatchGD: MaxSteps at loss 4.93582
// Momentum: MaxSteps at loss 0.128284
// Nesterov: MaxSteps at loss 0.170856
// RMSProp: MaxSteps at loss 3.62741
// Adam: MaxSteps at loss 3.78873
// AdaGrad: MaxSteps at loss 5.14034
