// Softmax regressions of the words of messages. Argument: the folder in which messages.py has written train.csv and test.csv. Prints for
// each fit the share of correct test predictions, the mean log loss, and seconds of the clock and of the processor.
using System.Collections.Immutable;
using System.Diagnostics;
using GradientDescent;

(CsvTable train, CsvTable test) = Timed("reading", () => (Read("train.csv"), Read("test.csv")));
Console.WriteLine();
var encoding = new FeatureEncoding([new HashedColumn("body")]);
ImmutableArray<string> labels = [.. train.Column("kind").Distinct().Order(StringComparer.Ordinal)];
(Dataset data, Dataset testData) = Timed("hashing", () => (Encoded(train), Encoded(test)));
Console.WriteLine($"; {data}");

foreach (double c in new[] { 10.0, 50 }) // scikit-learn's C
{
    var penalty = new L2Penalty(1 / (c * data.SampleCount));
    ClassifierFit<string> fit = Timed($"SoftmaxRegression.Fit, C {c}", () => SoftmaxRegression.Fit(data, labels, penalty: penalty));
    Report(fit.Model, fit.Result);
}

foreach ((string name, Func<IOptimizer> optimizer, SparseUpdates updates) in new (string, Func<IOptimizer>, SparseUpdates)[]
    {
        ("AdaGrad(0.5)", () => new AdaGrad(0.5), SparseUpdates.Exact),
        ("AdaGrad(0.2)", () => new AdaGrad(0.2), SparseUpdates.Exact),
        ("SGD(1)", () => new SGD(1), SparseUpdates.Exact),
        ("Adam(0.01), touched", () => new Adam(0.01), SparseUpdates.Touched),
    })
{
    foreach (int epochs in new[] { 3, 10 })
    {
        var model = new SoftmaxRegression(labels.Length);
        var options = new TrainingOptions { MaxEpochs = epochs, Batching = Batching.Mini(1), SparseUpdates = updates, Seed = 1 };
        TrainingResult result = Timed($"{name}, {epochs} epochs", () => new Trainer(optimizer(), options).Fit(model, data));
        Report(model, result);
    }
}

CsvTable Read(string name) => CsvTable.Read(Path.Combine(args[0], name));

Dataset Encoded(CsvTable table) =>
    Dataset.From(table, encoding, "kind", [.. table.Column("kind").Select(kind => (double)labels.IndexOf(kind))]);

void Report(SoftmaxRegression model, TrainingResult result)
{
    var watch = Stopwatch.StartNew();
    ClassificationMetrics metrics = model.Evaluate(testData);
    Console.WriteLine($", {result.Steps} steps, loss {result.Loss:F7}; accuracy {metrics.Accuracy:F4}, log loss {metrics.LogLoss:F4}; " +
        $"test {watch.Elapsed.TotalSeconds:F3} s");
}

static T Timed<T>(string name, Func<T> work)
{
    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
    var watch = Stopwatch.StartNew();
    T result = work();
    TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime - before;
    Console.Write($"{name}: {watch.Elapsed.TotalSeconds:F2} s, CPU {cpu.TotalSeconds:F2} s");
    return result;
}
