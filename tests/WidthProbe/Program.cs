using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using GradientDescent;
using GradientDescent.Tests.Contracts;

// Prints the widest vector in use, then a hash of each computation's bits. Tests start it with narrower vectors switched on and compare.
Console.WriteLine($"width {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0)}");
foreach ((string name, Func<Optimizer> create) in AllOptimizers.ByName)
{
    Console.WriteLine($"{name}, double: {Updates<double>(create, x => x, (o, p, g, rate) => o.Update(p, g, rate))}");
    Console.WriteLine($"{name}, float: {Updates<float>(create, x => (float)x, (o, p, g, rate) => o.Update(p, g, rate))}");
}

foreach (IModel model in (IModel[])[new LinearRegression(), new LinearRegression(outputCount: 3), new LogisticRegression(), new SoftmaxRegression(3)])
{
    foreach (Batching batching in (Batching[])[Batching.Full, Batching.Of(1), Batching.Of(32)])
    {
        foreach (Precision precision in Enum.GetValues<Precision>())
            Console.WriteLine($"{model.GetType().Name} of {model.OutputCount}, batches {batching}, {precision}: {Training(model, batching, precision)}");
    }
}

static string Updates<T>(Func<Optimizer> create, Func<double, T> convert, Action<IOptimizer, T[], T[], double> update)
    where T : unmanaged
{
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    for (int length = 0; length <= 67; length++)
    {
        IOptimizer optimizer = create();
        T[] parameters = [.. Enumerable.Range(0, length).Select(i => convert(Wave(i)))];
        for (int t = 0; t < 20; t++)
            update(optimizer, parameters, [.. Enumerable.Range(0, length).Select(i => convert(Wave(31 * i + 17 * t)))], 0.01 / (1 + t % 3));
        hash.AppendData(MemoryMarshal.AsBytes(parameters.AsSpan()));
    }

    return Convert.ToHexString(hash.GetHashAndReset());
}

static string Training(IModel model, Batching batching, Precision precision)
{
    const int SampleCount = 203, FeatureCount = 13; // neither a multiple of a vector
    double[][] features = [.. Enumerable.Range(0, SampleCount).Select(i => Enumerable.Range(0, FeatureCount).Select(j => 100 * Wave(7 * i + 5 * j)).ToArray())];
    int targetCount = model.Task == ModelTask.Regression ? model.OutputCount : 1;
    double[][] targets = [.. Enumerable.Range(0, SampleCount).Select(i => Enumerable.Range(0, targetCount).Select(k => Target(model, i, k)).ToArray())];
    var options = new TrainingOptions { MaxEpochs = 5, Batching = batching, Schedule = CosineDecay.Over(Horizon.Epochs(5), end: 0.1), MaxDegreeOfParallelism = 3 };
    TrainingResult result = new Trainer(new Adam(0.01), options).Fit(model, Dataset.From(features, targets).WithFeaturesIn(precision));
    byte[] bits = [.. MemoryMarshal.AsBytes(result.Parameters.AsSpan()), .. BitConverter.GetBytes(result.Loss)];
    return Convert.ToHexString(SHA256.HashData(bits));
}

static double Target(IModel model, int sample, int output) => model.Task switch
{
    ModelTask.Regression => Wave(3 * sample + output),
    ModelTask.BinaryClassification => sample % 2,
    _ => sample % model.OutputCount,
};

// Anything irregular that is the same on every machine: no sine, which comes from the system's library.
static double Wave(int i) => ((long)i * i * 2654435761 % 1000003 - 500001) / 250000.0;
