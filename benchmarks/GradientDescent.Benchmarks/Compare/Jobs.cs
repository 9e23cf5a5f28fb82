namespace GradientDescent.Benchmarks.Compare;

/// <summary>The jobs of this library, by name; benchmarks/peers/jobs.py has those of Python.</summary>
internal static class Jobs
{
    public const string
        Linear = "fit/linear",
        TallLinear = "fit/tall-linear",
        LinearStatistics = "fit/linear-statistics",
        Logistic = "fit/logistic",
        Softmax = "fit/softmax",
        CorrelatedSoftmax = "fit/softmax-correlated",
        SoftmaxEpoch = "fit/softmax-epoch",
        FloatSoftmaxEpoch = "fit/softmax-epoch-float",
        OnePass = "fit/sgd-pass",
        ReadCsv = "csv/read";

    public const int Rows = Problems.RegressionSamples, Columns = Problems.RegressionFeatures, TallRows = 1_000_000, TallColumns = 10;

    private const int Images = Problems.ImageSamples, Pixels = Problems.ImagePixels;

    /// <param name="name">The name of the job.</param>
    /// <param name="folder">Where files are written.</param>
    public static Job Find(string name, string folder) => name switch
    {
        Linear => new Job(Rows, Columns, FitLinear),
        TallLinear => new Job(TallRows, TallColumns, FitLinear),
        LinearStatistics => new Job(Rows, Columns, FitLinearWithStatistics),
        Logistic => new Job(Rows, Columns, FitLogistic),
        Softmax => new Job(Images, Pixels, (rows, columns) => FitSoftmax(rows, columns, correlated: false)),
        CorrelatedSoftmax => new Job(Images, Pixels, (rows, columns) => FitSoftmax(rows, columns, correlated: true)),
        SoftmaxEpoch => new Job(Images, Pixels, (rows, columns) => TrainSoftmax(rows, columns, NumericPrecision.Double)),
        FloatSoftmaxEpoch => new Job(Images, Pixels, (rows, columns) => TrainSoftmax(rows, columns, NumericPrecision.Single)),
        OnePass => new Job(Rows, Columns, PassOnce),
        ReadCsv => new Job(TallRows, TallColumns, (rows, columns) => Read(CsvFile.In(folder, rows, columns))),
        _ => throw new ArgumentException($"There is no job '{name}'.", nameof(name)),
    };

    private static Work FitLinear(int rows, int columns)
    {
        Dataset data = Table(rows, columns, HashedNumbers.Score);
        return () => Loss(LinearRegression.Fit(data).Result);
    }

    private static Work FitLinearWithStatistics(int rows, int columns)
    {
        Dataset data = Table(rows, columns, HashedNumbers.Score);
        return () =>
        {
            LinearFit fit = LinearRegression.Fit(data);
            GC.KeepAlive(fit.Statistics); // computed now
            return Loss(fit.Result);
        };
    }

    private static Work FitLogistic(int rows, int columns)
    {
        Dataset data = Table(rows, columns, HashedNumbers.Sign);
        return () => Loss(LogisticRegression.Fit(data).Result);
    }

    private static Work FitSoftmax(int rows, int columns, bool correlated)
    {
        Dataset data = Table(rows, columns, HashedNumbers.Class, correlated);
        return () => Loss(SoftmaxRegression.Fit(data).Result);
    }

    /// <summary>One epoch of Adam with batches of 128, with the defaults of everything else.</summary>
    private static Work TrainSoftmax(int rows, int columns, NumericPrecision precision)
    {
        Dataset data = Table(rows, columns, HashedNumbers.Class).WithPrecision(precision);
        var trainer = new Trainer(new Adam(), new TrainingOptions { Batching = Batching.Mini(128), MaxEpochs = 1 });
        var raw = new FitOptions { Scaling = FeatureScaling.None };
        return () =>
        {
            var model = new SoftmaxRegression(Problems.ImageClasses);
            trainer.Fit(model, data, options: raw);
            return () => model.Evaluate(data).LogLoss;
        };
    }

    /// <summary>One epoch of single samples as they are, from arrays to the fitted model.</summary>
    private static Work PassOnce(int rows, int columns)
    {
        (double[] features, double[] targets) = HashedNumbers.Arrays(rows, columns, HashedNumbers.Score);
        var trainer = new Trainer(new SGD(0.0001), new TrainingOptions { MaxEpochs = 1 });
        var raw = new FitOptions { Scaling = FeatureScaling.None };
        return () =>
        {
            var model = new LinearRegression();
            trainer.Fit(model, Dataset.From(features, columns, targets, copy: false), options: raw);
            return () => Losses.Squared(features, targets, [.. model.Weights], model.Intercept);
        };
    }

    private static Work Read(string path) => () =>
    {
        GC.KeepAlive(Dataset.FromCsv(path, target: CsvFile.Target));
        return null;
    };

    private static Func<double> Loss(TrainingResult result) => result.Reason == StopReason.Converged
        ? () => result.Loss
        : throw new InvalidOperationException($"The fit has not converged: {result}");

    private static Dataset Table(int rows, int columns, Func<int, int, double> target, bool correlated = false)
    {
        (double[] features, double[] targets) = HashedNumbers.Arrays(rows, columns, target);
        if (correlated)
            HashedNumbers.Correlate(features, columns);
        return Dataset.From(features, columns, targets);
    }
}
