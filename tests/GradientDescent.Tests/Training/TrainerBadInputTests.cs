using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Training;

/// <summary>Each refused before the first update: the model stays unfitted, the start unchanged.</summary>
public sealed class TrainerBadInputTests
{
    private static readonly Dataset _data = Dataset.From([1.0, 2, 3], [2, 4, 7]);

    private static readonly IObjective _bowl = Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]);

    private static Trainer With(TrainingOptions options) => new(new Adam(), options);

    public static TheoryData<string, string, Action> BadOptions => new()
    {
        { "MaxSteps", "MaxSteps is -1: it must be at least 0.", () => With(new() { MaxSteps = -1 }) },
        { "MaxEpochs", "MaxEpochs is -5: it must be at least 0.", () => With(new() { MaxEpochs = -5 }) },
        { "GradientTolerance", "GradientTolerance is -0.1: it must be a finite number of at least 0.", () =>
            With(new() { GradientTolerance = -0.1 }) },
        { "GradientTolerance", "GradientTolerance is NaN: it must be a finite number of at least 0.", () =>
            With(new() { GradientTolerance = double.NaN }) },
        { "GradientTolerance", "GradientTolerance is Infinity: it must be a finite number of at least 0.",
            () => With(new() { GradientTolerance = double.PositiveInfinity }) },
        { "Start", "Start[1] is NaN: every number must be finite.", () => _ = new FitOptions { Start = [1, double.NaN] } },
        { "Start", "Start[0] is Infinity: every number must be finite.", () => _ = new FitOptions { Start = [double.PositiveInfinity] } },
        { "Schedule", "Value cannot be null.", () => With(new() { Schedule = null! }) },
        { "Order", "Order is 7: it must be one of Shuffled, WithReplacement, Sequential, BlockShuffled.",
            () => With(new() { Order = (SampleOrder)7 }) },
        { "Scaling", "Scaling is 7: it must be one of Standardize, None, Decorrelate, LargestMagnitude.", () =>
            _ = new FitOptions { Scaling = (FeatureScaling)7 } },
        { "MaxSamples", "MaxSamples is -1: it must be at least 0.", () => With(new() { MaxSamples = -1 }) },
        { "MaxTime", "MaxTime is 00:00:00: it must be greater than 00:00:00.", () => With(new() { MaxTime = TimeSpan.Zero }) },
        { "RelativeGradientTolerance", "RelativeGradientTolerance is NaN: it must be a finite number of at least 0.", () =>
            With(new() { RelativeGradientTolerance = double.NaN }) },
        { "ParameterTolerance", "ParameterTolerance is -1: it must be a finite number of at least 0.", () =>
            With(new() { ParameterTolerance = -1 }) },
        { "LossTolerance", "LossTolerance is -1: it must be a finite number of at least 0.", () => With(new() { LossTolerance = -1 }) },
        { "LossWindow", "LossWindow is 0: it must be from 1 to 1000000.", () => With(new() { LossWindow = 0 }) },
        { "TargetLoss", "TargetLoss is NaN: it must be a finite number.", () => With(new() { TargetLoss = double.NaN }) },
        { "MaxLossGrowth", "MaxLossGrowth is 1: it must be greater than 1.", () => With(new() { MaxLossGrowth = 1 }) },
        { "AccumulationSteps", "AccumulationSteps is 0: it must be at least 1.", () => With(new() { AccumulationSteps = 0 }) },
        { "CheckpointFile", "CheckpointFile is empty: it must be a file's name.", () => With(new() { CheckpointFile = "" }) },
        { "ResumeFrom", "ResumeFrom is empty: it must be a file's name.", () => With(new() { ResumeFrom = "" }) },
        { "patience", "patience is 0: it must be at least 1.", () => With(new() { EarlyStopping = new(0) }) },
        { "minImprovement", "minImprovement is NaN: it must be a finite number of at least 0.", () =>
            With(new() { EarlyStopping = new(1, double.NaN) }) },
        { "maxAttempts", "maxAttempts is 0: it must be from 1 to 1000.", () => With(new() { Recovery = new(0) }) },
        { "rateFactor", "rateFactor is 1: it must be greater than 0 and less than 1.", () => With(new() { Recovery = new(1, 1) }) },
        { "share", "share is 1: it must be greater than 0 and less than 1.", () => _ = Validation.HoldOut(1) },
        { "max", "max is 0: it must be a finite number greater than 0.", () =>
            With(new() { GradientTransforms = [GradientClipping.ByNorm(0)] }) },
        { "max", "max is NaN: it must be a finite number greater than 0.", () =>
            With(new() { GradientTransforms = [GradientClipping.ByValue(double.NaN)] }) },
        { "Observers", "Observers holds null: each must be an observer.", () => With(new() { Observers = [null!] }) },
        { "MaxSamples", "MaxSamples is set: it does not apply to an objective of this kind.", () =>
            With(new() { MaxSamples = 5 }).Minimize(_bowl, [1.0]) },
        { "AccumulationSteps", "AccumulationSteps is set: it does not apply", () =>
            With(new() { AccumulationSteps = 5 }).Minimize(_bowl, [1.0]) },
        { "decay", "decay is 1: it must be greater than 0 and less than 1.", () => _ = WeightAveraging.Exponential(1) },
        { "capacity", "capacity is 3: it must be even and from 2 to 1048576.", () => With(new() { Observers = [new TrainingLog(3)] }) },
        { "share", "0.1 of 3 samples is 0: both parts need at least one sample.", () =>
            With(new()).Fit(new LinearRegression(), _data, options: new() { Validation = Validation.HoldOut(0.1) }) },
        { "optimizer", "Value cannot be null.", () => _ = new Trainer((IOptimizer)null!) },
        { "Batching", "Batching is 16: BatchGD uses full batches only; use MiniBatchSGD or another optimizer for mini-batches.",
            () => _ = new Trainer(new BatchGD(), new() { Batching = Batching.Mini(16) }) },
        { "Batching", "Batching is 1: Rprop uses full batches only; use MiniBatchSGD or another optimizer for mini-batches.",
            () => _ = new Trainer(new Rprop(), new() { Batching = Batching.Mini(1) }) },
        { "start", "start[1] is NaN: every number must be finite.", () => With(new()).Minimize(_bowl, [1, double.NaN]) },
        { "start", "start[0] is -Infinity: every number must be finite.", () => With(new()).Maximize(_bowl, [double.NegativeInfinity]) },
        { "start.Length", "start.Length is 0: it must be at least 1.", () => With(new()).Minimize(_bowl, []) },
        { "start", "start has 1 numbers: the objective has 2 parameters.",
            () => With(new()).Minimize(new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), _data), [1]) },
        { "objective", "Value cannot be null.", () => With(new()).Minimize((IObjective)null!, [1]) },
        { "model", "Value cannot be null.", () => With(new()).Fit(null!, _data) },
        { "data", "Value cannot be null.", () => With(new()).Fit(new LinearRegression(), null!) },
        { "data", "There are 2 targets per sample: Fit takes one;", () => LinearRegression.Fit(Dataset.From([[1.0]], [[1.0, 2]])) },
        { "data", "All samples that are trained on have the label 1: a classifier needs at least two classes.", () =>
            With(new()).Fit(new LogisticRegression(), Dataset.From([1.0, 2], [1, 1])) },
        { "data", "No sample that is trained on is of class 1: each of the 3 classes needs one. The labels seen are 0, 2.",
            () => With(new()).Fit(new SoftmaxRegression(3), Dataset.From([1.0, 2, 3, 4], [0, 2, 1, 0], [1, 1, 0, 1])) },
        { "data", "No sample that is trained on is of class 1: each of the 3 classes needs one. The labels seen are 0, 2.",
            () => With(new()).Fit(new SoftmaxRegression(3), Dataset.From([1.0, 2], [0, 2]),
                new WatchedLoss(new CategoricalCrossEntropy(), new Meeting())) },
        { "targets", "There are 2 targets for 3 rows of features: the counts must be equal.", () =>
            LinearRegression.Fit([1.0, 2, 3], [1.0, 2]) },
        { "features", "There are no samples: at least one is needed.", () => LinearRegression.Fit(Array.Empty<double>(), []) },
        { "features", "Row 1, column 0 ('x') of features is NaN: it must be finite.", () =>
            LinearRegression.Fit([1.0, double.NaN], [1.0, 2]) },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Trainer_BadInput_NamesWhatIsWrongInEveryCulture(string argument, string expected, Action act)
    {
        act.Should().Throw<ArgumentException>().Which.ParamName.Should().Be(argument);
        Cultures.MessageInEveryCulture(act).Should().StartWith(expected);
    }

    public static TheoryData<string, FitOptions, string> BadFits => new()
    {
        { "too short a start", new() { Start = [1] }, "Start has 1 numbers: the model has 2 parameters." },
        { "too long a start", new() { Start = [1, 2, 3], Scaling = FeatureScaling.None },
            "Start has 3 numbers: the model has 2 parameters." },
    };

    [Theory]
    [MemberData(nameof(BadFits))]
    public void Fit_OptionsThatDoNotFit_LeavesTheModelAlone(string what, FitOptions options, string expected)
    {
        var model = new LinearRegression();
        model.SetParameters([5, 6], 1);

        Exception? thrown = Record.Exception(() => With(new()).Fit(model, _data, options: options));

        thrown.Should().NotBeNull(what);
        thrown!.Message.Should().StartWith(expected);
        model.Parameters.Should().Equal(5, 6);
    }

    // An allowed override: Full for an optimizer that would take mini-batches, and Full again for one that must.
    [Fact]
    public void Trainer_FullBatching_IsAcceptedByAll()
    {
        ((Action)(() => _ = new Trainer(new BatchGD(), new() { Batching = Batching.Full }))).Should().NotThrow();
        ((Action)(() => _ = new Trainer(new SGD(), new() { Batching = Batching.Full }))).Should().NotThrow();
    }
}
