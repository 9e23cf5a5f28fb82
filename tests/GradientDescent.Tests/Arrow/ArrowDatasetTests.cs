using GradientDescent.Arrow;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Arrow;

/// <summary>A mapped file gives the bits of the same data in memory.</summary>
public sealed class ArrowDatasetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(_folder, "data.arrow");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 1, 1, false, NumericPrecision.Double)]
    [InlineData(500, 8, 1, true, NumericPrecision.Double)]
    [InlineData(500, 13, 3, false, NumericPrecision.Single)]
    [InlineData(90_000, 64, 1, true, NumericPrecision.Double)] // 46 MB: three batches
    [InlineData(90_000, 70, 2, false, NumericPrecision.Single)]
    public void Open_OfAWrittenFile_HasTheSameData(int count, int width, int targets, bool weighted, NumericPrecision precision)
    {
        Dataset data = TableOf(count, width, targets, weighted).WithPrecision(precision);
        ArrowDataset.Write(data, File);

        using var file = ArrowDataset.Open(File);

        file.Data.IsMapped.Should().BeTrue();
        file.Data.Fingerprint().Should().Be(data.Fingerprint());
        file.Data.FeatureNames.Should().Equal(data.FeatureNames);
        file.Data.TargetNames.Should().Equal(data.TargetNames);
        $"{file}".Should().Be($"{File}: {data}");
    }

    public static TheoryData<string, SampleOrder, NumericPrecision, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, SampleOrder, NumericPrecision, int>();
            foreach (NumericPrecision precision in Enum.GetValues<NumericPrecision>())
            {
                foreach (int threads in new[] { 1, 2 })
                {
                    foreach (SampleOrder order in Enum.GetValues<SampleOrder>())
                    {
                        runs.Add("sgd", order, precision, threads);
                        runs.Add("adam", order, precision, threads);
                    }

                    runs.Add("lbfgs", SampleOrder.Sequential, precision, threads);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Fit_OfAMappedFile_HasTheBitsOfMemory(string optimizer, SampleOrder order, NumericPrecision precision, int threads)
    {
        foreach (int width in new[] { 5, 16 })
        {
            Dataset data = TableOf(3_000, width, 1, weighted: true).WithPrecision(precision);
            ArrowDataset.Write(data, File);
            using var file = ArrowDataset.Open(File);

            foreach (FeatureScaling scaling in new[] { FeatureScaling.None, FeatureScaling.Standardize })
                ResultHash.Of(Train(file.Data, scaling)).Should().Be(ResultHash.Of(Train(data, scaling)));
        }

        TrainingResult Train(Dataset samples, FeatureScaling scaling)
        {
            var options = new TrainingOptions
            {
                MaxEpochs = 3,
                Batching = optimizer == "lbfgs" ? null : Batching.Mini(50),
                Order = order,
                ShuffleWindow = 200,
                MaxDegreeOfParallelism = threads,
                ParallelThreshold = 0,
            };
            IOptimizer rule = optimizer switch { "sgd" => new MiniBatchSGD(0.01), "adam" => new Adam(0.01), _ => new LBFGS() };
            return new Trainer(rule, options).Fit(
                new LinearRegression(), samples, options: new FitOptions { Scaling = scaling });
        }
    }

    [Fact]
    public void Fit_OfClasses_HasTheBitsOfMemory()
    {
        Dataset data = Dataset.FromCsv(IrisOfNumbers(), "species");
        ArrowDataset.Write(data, File);
        using var file = ArrowDataset.Open(File);

        new Trainer().Fit(new SoftmaxRegression(3), file.Data).Parameters.Should()
            .Equal(new Trainer().Fit(new SoftmaxRegression(3), data).Parameters);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(60)]
    public void Checkpoint_OfAMappedFile_ContinuesWithTheSameBits(int stop)
    {
        ArrowDataset.Write(TableOf(700, 9, 1, weighted: false), File);
        string checkpoint = Path.Combine(_folder, "run.checkpoint");
        var options = new TrainingOptions
        {
            MaxEpochs = 3,
            Batching = Batching.Mini(32),
            Order = SampleOrder.BlockShuffled,
            ShuffleWindow = 128,
        };
        TrainingResult whole = Fit(options);

        Fit(options with { MaxSteps = stop, CheckpointFile = checkpoint });
        TrainingResult continued = Fit(options with { ResumeFrom = checkpoint });

        ResultHash.Of(continued).Should().Be(ResultHash.Of(whole));

        TrainingResult Fit(TrainingOptions of)
        {
            using var file = ArrowDataset.Open(File); // mapped anew, as after the end of a process
            return new Trainer(new Adam(0.02), of).Fit(new LinearRegression(), file.Data);
        }
    }

    [Fact]
    public void Data_AfterDispose_ThrowsInsteadOfReading()
    {
        ArrowDataset.Write(TableOf(50, 8, 1, weighted: false), File);
        var file = ArrowDataset.Open(File);
        file.Dispose();
        file.Dispose();

        Action read = () => _ = file.Data.Features(0), fit = () => new Trainer().Fit(new LinearRegression(), file.Data);

        read.Should().Throw<ObjectDisposedException>();
        fit.Should().Throw<ObjectDisposedException>();
    }

    internal static Dataset TableOf(int count, int width, int targets, bool weighted) => Dataset.From(
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, width).Select(j => (i * 37 + j * 11) % 101 - 40.5 + j).ToArray())],
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, targets).Select(k => (double)((i * 13 + k) % 29)).ToArray())],
        weighted ? [.. Enumerable.Range(0, count).Select(i => i % 4.0)] : null,
        featureNames: [.. Enumerable.Range(0, width).Select(j => $"größe \"{j}\"")]);

    private string IrisOfNumbers()
    {
        string path = Path.Combine(_folder, "iris.csv");
        System.IO.File.WriteAllLines(path, ["a,b,species", .. Enumerable.Range(0, 150).Select(i => $"{i % 7},{i * 3 % 11},{i % 3}")]);
        return path;
    }
}
