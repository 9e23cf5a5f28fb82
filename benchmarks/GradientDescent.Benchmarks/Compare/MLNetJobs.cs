using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>Fits by ML.NET, whose features are floats: from objects in memory to the model.</summary>
internal static class MLNetJobs
{
    public static Job Find(string name) => name switch
    {
        Jobs.OnePass => new Job(Jobs.Rows, Jobs.Columns, PassOnce),
        Jobs.Logistic => new Job(Jobs.Rows, Jobs.Columns, FitLogistic),
        _ => throw new ArgumentException($"There is no job '{name}'.", nameof(name)),
    };

    private static Work PassOnce(int rows, int columns)
    {
        (double[] features, double[] targets) = HashedNumbers.Arrays(rows, columns, HashedNumbers.Score);
        Row[] samples = Samples(features, targets);
        return () =>
        {
            var context = new MLContext(seed: 1);
            LinearRegressionModelParameters model =
                context.Regression.Trainers.OnlineGradientDescent().Fit(View(context, samples, columns)).Model;
            return () => Losses.Squared(features, targets, Wide(model.Weights), model.Bias);
        };
    }

    /// <summary>Without a penalty, as the fits beside it.</summary>
    private static Work FitLogistic(int rows, int columns)
    {
        (double[] features, double[] targets) = HashedNumbers.Arrays(rows, columns, HashedNumbers.Sign);
        Row[] samples = Samples(features, targets);
        return () =>
        {
            var context = new MLContext(seed: 1);
            LbfgsLogisticRegressionBinaryTrainer trainer = context.BinaryClassification.Trainers.LbfgsLogisticRegression(
                nameof(Row.IsPositive), l1Regularization: 0, l2Regularization: 0);
            CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> model =
                trainer.Fit(context.Data.Cache(View(context, samples, columns))).Model;
            return () => Losses.Logistic(features, targets, Wide(model.SubModel.Weights), model.SubModel.Bias);
        };
    }

    private static IDataView View(MLContext context, Row[] samples, int columns)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        return context.Data.LoadFromEnumerable(samples, schema);
    }

    private static Row[] Samples(double[] features, double[] targets)
    {
        int columns = features.Length / targets.Length;
        return [.. targets.Select((target, i) => new Row
        {
            Features = Array.ConvertAll(features[(i * columns)..((i + 1) * columns)], x => (float)x),
            Label = (float)target,
            IsPositive = target > 0,
        })];
    }

    private static double[] Wide(IReadOnlyList<float> weights) => [.. weights.Select(weight => (double)weight)];

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public float Label { get; init; }

        public bool IsPositive { get; init; }
    }
}
