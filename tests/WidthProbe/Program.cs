using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using GradientDescent;
using GradientDescent.Tests.Contracts;

// Prints the widest vector in use, a hash of what the system's libm returns, then a hash of each computation's bits. Tests start it with
// narrower vectors, another libm and another number of threads, and compare.
int threads = int.Parse(args[0], CultureInfo.InvariantCulture);
int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
Console.WriteLine($"width {width}");
double[] ofTheSystem = [.. Enumerable.Range(1, 10_000)
    .SelectMany(i => (double[])[Math.Exp(HashedWork.Wave(i)), Math.Sin(i), Math.Log(i)])];
Console.WriteLine($"libm {HashedWork.Hash<double>(ofTheSystem)}");
foreach ((string name, Func<Optimizer> create) in AllOptimizers.ByName)
{
    Console.WriteLine($"{name}, double: {Updates<double>(create, x => x, (o, p, g, rate) => o.Update(p, g, rate))}");
    Console.WriteLine($"{name}, float: {Updates<float>(create, x => (float)x, (o, p, g, rate) => o.Update(p, g, rate))}");
    foreach (NumericPrecision precision in Enum.GetValues<NumericPrecision>())
    {
        Console.WriteLine($"{name}, long vector, {precision}: {HashedWork.Updates(name, precision, threads)}");
        foreach ((string cut, HashedWork.Cut how) in HashedWork.Cuts.Where(cut => HashedWork.Fits(name, cut.Value)))
            Console.WriteLine($"{name}, {cut}, features in {precision}: {HashedWork.Training(name, how, precision, threads)}");
    }
}

foreach (string name in AllBlockOptimizers.ByName.Keys)
{
    double[] parameters = AllBlockOptimizers.Start();
    AllBlockOptimizers.Updates(AllBlockOptimizers.Bound(name), parameters, 0, 20);
    Console.WriteLine($"{name}, blocks: {HashedWork.Hash<double>(parameters)}");
}

foreach (IModel model in (IModel[])[new LinearRegression(), new LinearRegression(outputCount: 3), new LogisticRegression(),
    new SoftmaxRegression(3), Network(ModelTask.Regression, 2), Network(ModelTask.BinaryClassification, 1),
    Network(ModelTask.Classification, 3)])
{
    foreach (Batching batching in (Batching[])[Batching.Full, Batching.Mini(1), Batching.Mini(32)])
    {
        foreach (NumericPrecision precision in Enum.GetValues<NumericPrecision>())
            Console.WriteLine($"{model.GetType().Name} of {model.OutputCount}, batches {batching}, {precision}: " +
                $"{Training(model, batching, precision, threads)}");
    }
}

Console.WriteLine($"decorrelated features: {Decorrelated(threads)}");

// More units than a tile has columns, in float and in double.
static FeedForwardNetwork Network(ModelTask task, int outputs) => new(task,
    new DenseLayer(37, Activation.ReLU) { Dropout = 0.25 }, new DenseLayer(5, Activation.Tanh), new DenseLayer(7, Activation.Sigmoid),
    new DenseLayer(outputs));

static string Updates<T>(Func<Optimizer> create, Func<double, T> convert, Action<Optimizer, T[], T[], double> update)
    where T : unmanaged
{
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    for (int length = 0; length <= 67; length++)
    {
        Optimizer optimizer = create();
        T[] parameters = [.. Enumerable.Range(0, length).Select(i => convert(HashedWork.Wave(i)))];
        for (int t = 0; t < 20; t++)
            update(optimizer, parameters, [.. Enumerable.Range(0, length).Select(i => convert(HashedWork.Wave(31 * i + 17 * t)))],
                0.01 / (1 + t % 3));
        hash.AppendData(MemoryMarshal.AsBytes(parameters.AsSpan()));
    }

    return Convert.ToHexString(hash.GetHashAndReset());
}

static string Training(IModel model, Batching batching, NumericPrecision precision, int threads)
{
    const int SampleCount = 203, FeatureCount = 13; // neither a multiple of a vector
    double[][] features =
        [.. Enumerable.Range(0, SampleCount)
        .Select(i => Enumerable.Range(0, FeatureCount).Select(j => 100 * HashedWork.Wave(7 * i + 5 * j)).ToArray())];
    int targetCount = model.Task == ModelTask.Regression ? model.OutputCount : 1;
    double[][] targets = [.. Enumerable.Range(0, SampleCount)
        .Select(i => Enumerable.Range(0, targetCount).Select(k => Target(model, i, k)).ToArray())];
    var options = new TrainingOptions
    {
        MaxEpochs = 5,
        Batching = batching,
        Schedule = new CosineDecay(Horizon.Epochs(5), end: 0.1),
        MaxDegreeOfParallelism = threads,
        ParallelThreshold = 0,
    };
    TrainingResult result = new Trainer(new Adam(0.01), options).Fit(model, Dataset.From(features, targets).WithPrecision(precision));
    return HashedWork.Hash<double>([.. result.Parameters, result.Loss]);
}

static string Decorrelated(int threads)
{
    const int SampleCount = 3001, FeatureCount = 37; // enough for the inner products of columns
    double[][] features =
        [.. Enumerable.Range(0, SampleCount)
        .Select(i => Enumerable.Range(0, FeatureCount).Select(j => HashedWork.Wave(7 * i + 5 * j * j)).ToArray())];
    var data = Dataset.From(features, [.. Enumerable.Range(0, SampleCount).Select(i => HashedWork.Wave(3 * i))]);
    var options = new TrainingOptions { MaxSteps = 5, MaxDegreeOfParallelism = threads, ParallelThreshold = 0 };
    TrainingResult result = new Trainer(new BatchGD(0.3), options)
        .Fit(new LinearRegression(), data, options: new FitOptions { Scaling = FeatureScaling.Decorrelate });
    return HashedWork.Hash<double>([.. result.Parameters, result.Loss]);
}

static double Target(IModel model, int sample, int output) => model.Task switch
{
    ModelTask.Regression => HashedWork.Wave(3 * sample + output),
    ModelTask.BinaryClassification => sample % 2,
    _ => sample % model.OutputCount,
};
