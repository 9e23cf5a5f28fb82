#:project ../src/GradientDescent.Reporting/GradientDescent.Reporting.csproj
#:property PublishAot=false

// Draws the pictures of the pages, except for the one that samples/race.cs draws: dotnet run docs/pictures.cs -- docs/images
using GradientDescent;
using GradientDescent.Reporting;

string data = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "../src/GradientDescent.Tool/Data/diabetes.csv");
var diabetes = Dataset.FromCsv(data, target: "target");
Save("ravine", Ravine());
Save("schedules", Schedules());
Save("line-fit", LineFit());
Save("loss", Loss(diabetes));
Save("rates", Rates(diabetes));
LinearFit fit = LinearRegression.Fit(diabetes);
double[] targets = [.. Enumerable.Range(0, diabetes.SampleCount).Select(i => diabetes.Targets(i)[0])];
double[] predictions = [.. Enumerable.Range(0, diabetes.SampleCount).Select(i => fit.Predict(diabetes.Features(i)))];
Save("residuals", Charts.Residuals(predictions, targets));
Save("quantiles", Charts.ResidualQuantiles(predictions, targets));

void Save(string name, Chart chart) => chart.SaveSvg(Path.Combine(args[0], $"{name}.svg"));

// ½(a² + 30b²), with a and b along the directions (1, 1) and (−1, 1)/√2.
static Chart Ravine()
{
    IObjective ravine = Objective.From((p, gradient) =>
    {
        double a = (p[0] + p[1]) / Math.Sqrt(2), b = (p[1] - p[0]) / Math.Sqrt(2);
        if (!gradient.IsEmpty)
            (gradient[0], gradient[1]) = ((a - 30 * b) / Math.Sqrt(2), (a + 30 * b) / Math.Sqrt(2));
        return (a * a + 30 * b * b) / 2;
    });
    return Charts.Contours(
        "A ravine across the axes, 60 updates", ravine, ("first parameter", -2, 1), ("second parameter", -2, 1),
        Path("BatchGD", new BatchGD(0.06)), Path("Momentum", new Momentum(0.02)), Path("Adam", new Adam(0.1)),
            Path("AdaGrad", new AdaGrad(0.3)));

    Trajectory Path(string name, IOptimizer optimizer) =>
        Trajectory.From(name, new Trainer(optimizer, new TrainingOptions { MaxSteps = 60 }).CreateRun(ravine, [-1.8, -1.2]));
}

static Chart Schedules()
{
    Horizon all = Horizon.Fraction(1), fifth = Horizon.Fraction(0.2), tenth = Horizon.Steps(20), epoch = Horizon.Epochs(1);
    return Charts.Schedules(
        plannedSteps: 200, stepsPerEpoch: 20,
        ("Constant", new ConstantSchedule(0.5)),
        ("StepDecay", new StepDecay(Horizon.Epochs(3), 0.5)),
        ("MultiStepDecay", new MultiStepDecay([Horizon.Epochs(2), Horizon.Epochs(7)], 0.3)),
        ("ExponentialDecay", new ExponentialDecay(epoch, 0.8)),
        ("InverseTimeDecay", new InverseTimeDecay(epoch, 1)),
        ("InversePowerDecay", new InversePowerDecay(epoch, 0.5)),
        ("PolynomialDecay", new PolynomialDecay(all, power: 2)),
        ("LinearRamp", new LinearRamp(all, 0.2, 1)),
        ("CosineDecay", new CosineDecay(all)),
        ("CosineWarmRestarts", new CosineWarmRestarts(tenth, 2)),
        ("OneCycle", new OneCycleSchedule(all)),
        ("Cyclic (Triangular2)", CyclicSchedule.Triangular2(tenth)),
        ("WarmUp", new WarmUp(fifth)),
        ("WarmUpStableDecay", new WarmUpStableDecay(all, fifth, fifth)),
        ("WarmUp, then CosineDecay", new WarmUp(fifth).Then(new CosineDecay(all))));
}

static Chart LineFit()
{
    TestFunction line = TestFunctions.LineFit;
    return Charts.Contours(line, Path("BatchGD", new BatchGD(0.03)), Path("Nesterov", new Nesterov(0.02)), Path("Adam", new Adam(0.1)));

    Trajectory Path(string name, IOptimizer optimizer) =>
        Trajectory.From(name, new Trainer(optimizer, new TrainingOptions { MaxSteps = 100 }).CreateRun(line, [line.Start.X, line.Start.Y]));
}

static Chart Loss(Dataset data)
{
    var options = new TrainingOptions { MaxEpochs = 30, Schedule = new CosineDecay(Horizon.Fraction(1)) };
    var fitOptions = new FitOptions { Validation = Validation.HoldOut(0.2) };
    return Charts.Loss(Run("MiniBatchSGD", new MiniBatchSGD(0.01)), Run("Adam", new Adam(0.5)));

    ReportRun Run(string name, IOptimizer optimizer) =>
        new(name, new Trainer(optimizer, options).Fit(new LinearRegression(), data, options: fitOptions));
}

static Chart Rates(Dataset data)
{
    return Charts.LearningRateRange(Test(new MiniBatchSGD()), Test(new Momentum()), Test(new Adam()), Test(new AdaGrad()));

    (string, LearningRateRange) Test(IOptimizer optimizer) => (optimizer.GetType().Name,
        LearningRateRange.Run(optimizer, new LinearRegression(), data, options: new() { Min = 1e-5, Max = 10, Steps = 200 }));
}
