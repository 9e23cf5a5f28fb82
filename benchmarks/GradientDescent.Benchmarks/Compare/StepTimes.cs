using System.Collections.Immutable;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// Nanoseconds of CPU time of a step of one sample, in order, with all samples in the cache: of <see cref="LinearRegression"/>, and of the
/// same model behind the interface, for which the trainer has no short way.
/// </summary>
internal static class StepTimes
{
    public const string Direct = "step/direct", General = "step/general";

    private const int Numbers = 40_000; // 320 kB
    private const int Steps = 400_000;

    public static void Print(int samples)
    {
        foreach (int columns in new[] { 10, 100 })
        {
            Print(Direct, columns, samples, new LinearRegression());
            Print(General, columns, samples, new Model(new LinearRegression()));
        }
    }

    /// <summary>From the difference between two runs, one three times as long as the other: it holds no set-up.</summary>
    private static void Print(string name, int columns, int samples, IModel model)
    {
        int rows = Numbers / columns, epochs = Steps / rows;
        (double[] features, double[] targets) = HashedNumbers.Arrays(rows, columns, HashedNumbers.Score);
        var risk = new EmpiricalRisk(model, new MeanSquaredError(), Dataset.From(features, columns, targets));
        var options = new TrainingOptions { Order = SampleOrder.Sequential };
        Stopclock.WarmUp(TrainOften);
        double each = Stopclock.Median(samples, () => (CpuSeconds(3 * epochs) - CpuSeconds(epochs)) / (2 * Steps));
        Stopclock.Print(name, columns, 1e9 * each);

        void TrainOften()
        {
            for (int i = 0; i < 30; i++)
                CpuSeconds(2);
        }

        double CpuSeconds(int count) => Stopclock.CpuSeconds(() => Problems.Train(risk, new SGD(0.001), options, count));
    }

    private sealed class Model(IModel model) : IModel
    {
        public ModelTask Task => model.Task;

        public int OutputCount => model.OutputCount;

        public ParameterLayout Layout(int columnCount) => model.Layout(columnCount);

        public int ScratchLength(int rowCount, int columnCount) => model.ScratchLength(rowCount, columnCount);

        public void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch) =>
            model.Predict(parameters, rows, scores, scratch);

        public void AddGradient(ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives,
            Span<double> gradient, Span<double> scratch) =>
            model.AddGradient(parameters, rows, derivatives, gradient, scratch);

        public void SetParameters(ImmutableArray<double> parameters, int columnCount) => model.SetParameters(parameters, columnCount);
    }
}
