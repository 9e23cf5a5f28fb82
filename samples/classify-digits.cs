#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// Ten classes: handwritten digits of 8 by 8 pixels. Run it in this folder: the file is found from here.
using GradientDescent;

var digits = Dataset.FromCsv("../tests/GradientDescent.Tests/Files/digits.csv", target: "target");
(Dataset train, Dataset test) = digits.SplitByClass(0.75, seed: 1);

var options = new TrainingOptions
{
    MaxEpochs = 60,
    EarlyStopping = new(patience: 10),
    Schedule = new WarmUp(Horizon.Epochs(1)).Then(new CosineDecay(Horizon.Fraction(1))),
};
var fitOptions = new FitOptions { Penalty = new L2Penalty(0.001), Validation = Validation.HoldOut(0.1) };
var model = new SoftmaxRegression(classCount: 10);
TrainingResult result = new Trainer(new Adam(0.01), options).Fit(model, train, options: fitOptions);

Console.WriteLine($"{train.SampleCount} digits to learn from, {test.SampleCount} to be judged by");
Console.WriteLine($"{result.Reason} after {result.Epochs} epochs");
Console.WriteLine($"accuracy {model.Evaluate(test).Accuracy:P1}");

// Prints:
// 1348 digits to learn from, 449 to be judged by
// NoImprovement after 32 epochs
// accuracy 96.2 %
