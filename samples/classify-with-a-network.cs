#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// The digits of classify-digits.cs by a network with a hidden layer and dropout. Run it in this folder: the file is found from here.
using GradientDescent;

var digits = Dataset.FromCsv("../tests/GradientDescent.Tests/Files/digits.csv", target: "target");
(Dataset train, Dataset test) = digits.SplitByClass(0.75, seed: 1);

var network = new FeedForwardNetwork(
    ModelTask.Classification,
    new DenseLayer(64, Activation.ReLU) { Dropout = 0.2 },
    new DenseLayer(10)); // a score for each digit
var options = new TrainingOptions
{
    MaxEpochs = 100,
    Batching = Batching.Mini(32),
    EarlyStopping = new(patience: 15),
    Schedule = new CosineDecay(Horizon.Fraction(1)),
};
var fitOptions = new FitOptions { Validation = Validation.HoldOut(0.1) };
TrainingResult result = new Trainer(new Adam(0.002), options)
    .Fit(network, train.WithPrecision(NumericPrecision.Single), options: fitOptions); // in float: the products take half the time

Console.WriteLine(network);
Console.WriteLine($"{result.Reason} after {result.Epochs} epochs");

network.Save("digits-network.json", train);
FeedForwardNetwork loaded = FeedForwardNetwork.Load("digits-network.json");
File.Delete("digits-network.json");
int right = Enumerable.Range(0, test.SampleCount).Count(i => loaded.PredictClass(test.Features(i)) == test.Targets(i)[0]);
Console.WriteLine($"accuracy {(double)right / test.SampleCount:P1}");

// Prints:
// FeedForwardNetwork, Classification, 64 ReLU, dropout 0.2 → 10 Identity, 64 features
// NoImprovement after 49 epochs
// accuracy 96.9 %
