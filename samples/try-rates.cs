#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// Twelve optimizers at thirteen rates each, twenty epochs on two problems: the table of docs/choosing-an-optimizer.md.
// Run it in this folder: the files are found from here.
using GradientDescent;

Func<double, IOptimizer>[] optimizers =
[
    rate => new SGD(rate), rate => new MiniBatchSGD(rate), rate => new Momentum(rate), rate => new Nesterov(rate),
        rate => new AdaGrad(rate), rate => new RMSProp(rate),
    rate => new Adam(rate), rate => new AdamW(rate), rate => new NAdam(rate), rate => new RAdam(rate), rate => new AdaMax(rate),
        rate => new AdaDelta(rate),
];
double[] rates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];
var options = new TrainingOptions { MaxEpochs = 20, Schedule = new CosineDecay(Horizon.Fraction(1)) };

// Digits divided in five ways: the rate is chosen on a part that is neither trained on nor reported.
var all = Dataset.FromCsv("../tests/GradientDescent.Tests/Files/digits.csv", target: "target");
(Dataset Training, Dataset Held, Dataset Test)[] digits = [.. Enumerable.Range(1, 5).Select(seed =>
{
    (Dataset known, Dataset test) = all.SplitByClass(0.75, seed);
    (Dataset training, Dataset held) = known.SplitByClass(0.8, seed);
    return (training, held, test);
})];
var diabetes = Dataset.FromCsv("../src/GradientDescent.Tool/Data/diabetes.csv", target: "target");

Console.WriteLine("| optimizer | digits | good rates | diabetes | good rates |");
Console.WriteLine("|---|---|---|---|---|");
foreach (Func<double, IOptimizer> optimizer in optimizers)
{
    (double[] Held, double[] Test)[] runs = [.. rates.AsParallel().AsOrdered().Select(rate => OnDigits(optimizer(rate)))];
    double[] held = [.. runs.Select(run => run.Held.Average())], test = runs[Array.IndexOf(held, held.Min())].Test;
    double deviation = Math.Sqrt(test.Sum(loss => Math.Pow(loss - test.Average(), 2)) / (test.Length - 1));
    double[] losses =
    [
        .. rates.AsParallel().AsOrdered().Select(rate => new Trainer(optimizer(rate), options).Fit(new LinearRegression(), diabetes).Loss),
    ];
    Console.WriteLine(
        $"| `{optimizer(1).GetType().Name}` | {test.Average():F3} ± {deviation:F3} | {Good(held, 1.1)} | {losses.Min():F1} | " +
        $"{Good(losses, 1.01)} |");
}

(double[] Held, double[] Test) OnDigits(IOptimizer optimizer)
{
    SoftmaxRegression[] models = [.. digits.Select(part =>
    {
        var model = new SoftmaxRegression(classCount: 10);
        new Trainer(optimizer, options).Fit(model, part.Training);
        return model;
    })];
    return (
        [.. models.Zip(digits, (model, part) => model.Evaluate(part.Held).LogLoss)],
        [.. models.Zip(digits, (model, part) => model.Evaluate(part.Test).LogLoss)]);
}

// The rates that end within a factor of the best; "to" skips none.
string Good(double[] losses, double factor)
{
    double[] good = [.. rates.Where((_, i) => losses[i] <= factor * losses.Min())];
    bool inOneRow = good.Length == Array.IndexOf(rates, good[^1]) - Array.IndexOf(rates, good[0]) + 1;
    return !inOneRow ? string.Join(", ", good) : good.Length == 1 ? $"{good[0]}" : $"{good[0]} to {good[^1]}";
}

// Prints:
// | optimizer | digits | good rates | diabetes | good rates |
// |---|---|---|---|---|
// | `SGD` | 0.141 ± 0.008 | 0.01 to 0.03 | 2863.9 | 0.0003 to 0.03 |
// | `MiniBatchSGD` | 0.154 ± 0.010 | 0.3 to 1 | 2873.6 | 0.01 to 0.1 |
// | `Momentum` | 0.146 ± 0.017 | 0.1 | 2864.6 | 0.001 to 0.1 |
// | `Nesterov` | 0.144 ± 0.017 | 0.1 | 2865.1 | 0.001 to 0.1 |
// | `AdaGrad` | 0.150 ± 0.031 | 0.1 to 0.3 | 2871.2 | 0.03 to 10 |
// | `RMSProp` | 0.127 ± 0.020 | 0.01 | 2868.4 | 0.01 to 3 |
// | `Adam` | 0.141 ± 0.018 | 0.03 | 2867.5 | 0.01 to 10 |
// | `AdamW` | 0.137 ± 0.017 | 0.03 | 2868.1 | 0.01 to 30 |
// | `NAdam` | 0.129 ± 0.021 | 0.03 | 2864.4 | 0.01 to 3 |
// | `RAdam` | 0.122 ± 0.017 | 0.1 to 0.3 | 2876.8 | 0.03 to 0.3 |
// | `AdaMax` | 0.147 ± 0.019 | 0.1 | 2872.0 | 0.03 to 3 |
// | `AdaDelta` | 0.122 ± 0.016 | 10 | 2869.3 | 3 to 100 |
