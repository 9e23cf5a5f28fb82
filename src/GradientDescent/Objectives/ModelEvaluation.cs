using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>How well a regression predicts; weighted where the data is, over all targets alike.</summary>
/// <param name="MeanSquaredError">Mean of (ŷ − y)².</param>
/// <param name="RootMeanSquaredError">√(mean of (ŷ − y)²): in the target's unit.</param>
/// <param name="MeanAbsoluteError">Mean of |ŷ − y|.</param>
/// <param name="RSquared">1 − Σ(ŷ − y)²/Σ(y − ȳ)², with a mean ȳ for each target; NaN where the targets do not vary.</param>
public sealed record RegressionMetrics(double MeanSquaredError, double RootMeanSquaredError, double MeanAbsoluteError, double RSquared)
{
    /// <summary>All four figures.</summary>
    public override string ToString() =>
        Format.Text($"MSE {MeanSquaredError:G6}, RMSE {RootMeanSquaredError:G6}, MAE {MeanAbsoluteError:G6}, R² {RSquared:G6}");
}

/// <summary>How well a classifier predicts; weighted where the data is.</summary>
/// <param name="Accuracy">Share of samples whose class is predicted.</param>
/// <param name="LogLoss">Mean cross-entropy, in nats.</param>
public sealed record ClassificationMetrics(double Accuracy, double LogLoss)
{
    /// <summary>Both figures.</summary>
    public override string ToString() => Format.Text($"accuracy {Accuracy:P2}, log loss {LogLoss:G6}");
}

/// <summary>Evaluating fitted models on data, called as <c>model.Evaluate(data)</c>.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// (Dataset training, Dataset test) = data.Split(0.75);
/// RegressionMetrics metrics = LinearRegression.Fit(training).Model.Evaluate(test);
/// Console.WriteLine($"R² {metrics.RSquared:F2}");   // R² 0.53
/// </code></example>
public static class ModelEvaluation
{
    private const int TileRows = 256;

    /// <summary>Squared and absolute errors of the predictions.</summary>
    /// <param name="model">A fitted model.</param>
    /// <param name="data">Samples with as many features and targets as the fit had.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public static RegressionMetrics Evaluate(this LinearRegression model, Dataset data)
    {
        double[] scores = AllScores(model, data, new MeanSquaredError(), out double meanSquaredError);
        return Errors(data, scores) with { MeanSquaredError = meanSquaredError };
    }

    /// <summary>Accuracy and log loss of the predictions.</summary>
    /// <inheritdoc cref="Evaluate(LinearRegression, Dataset)"/>
    public static ClassificationMetrics Evaluate(this LogisticRegression model, Dataset data)
    {
        double[] scores = AllScores(model, data, new BinaryCrossEntropy(), out double logLoss);
        return new ClassificationMetrics(Accuracy(data, scores, model.OutputCount), logLoss);
    }

    /// <inheritdoc cref="Evaluate(LogisticRegression, Dataset)"/>
    public static ClassificationMetrics Evaluate(this SoftmaxRegression model, Dataset data)
    {
        double[] scores = AllScores(model, data, new CategoricalCrossEntropy(), out double logLoss);
        return new ClassificationMetrics(Accuracy(data, scores, model.OutputCount), logLoss);
    }

    /// <summary>The scores of all samples, and the mean loss.</summary>
    private static double[] AllScores(LinearModel model, Dataset data, ILoss loss, out double meanLoss)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ReadOnlySpan<double> parameters = model.Parameters.AsSpan();
        if (model.FeatureCount != data.FeatureCount)
            throw Guard.Invalid(nameof(data), $"The data has {data.FeatureCount} features: the model was fitted with another number.");
        meanLoss = Objective.Full(new EmpiricalRisk(model, loss, data)).Evaluate(parameters, []);
        double[] scores = new double[data.SampleCount * model.OutputCount];
        Score(model, parameters, data, scores);
        return scores;
    }

    /// <summary>Writes the scores of all samples.</summary>
    internal static void Score(IModel model, ReadOnlySpan<double> parameters, Dataset data, Span<double> scores)
    {
        int[] all = [.. Enumerable.Range(0, data.SampleCount)];
        double[] scratch = new double[model.ScratchLength(TileRows)];
        var tile = new RowBuffer(TileRows, data.FeatureCount);
        for (int start = 0; start < all.Length; start += TileRows)
        {
            ReadOnlySpan<int> samples = all.AsSpan(start, Math.Min(TileRows, all.Length - start));
            model.Predict(parameters, data.View(samples, [], tile), scores.Slice(start * model.OutputCount, samples.Length * model.OutputCount), scratch);
        }
    }

    /// <summary>Errors of one score for each target.</summary>
    internal static RegressionMetrics Errors(Dataset data, ReadOnlySpan<double> scores)
    {
        int k = data.TargetCount;
        double[] centers = ColumnStatistics.From(data, k, data.Targets, centered: true).Centers; // exact for a target that does not vary
        double[] errors = new double[scores.Length], deviations = new double[scores.Length];
        double weightSum = 0, absolute = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double weight = data.Weight(i);
            if (weight == 0)
                continue;
            weightSum += weight;
            for (int j = 0; j < k; j++)
            {
                double error = scores[i * k + j] - data.Targets(i)[j];
                absolute += weight * Math.Abs(error);
                errors[i * k + j] = Math.Sqrt(weight) * error;
                deviations[i * k + j] = Math.Sqrt(weight) * (data.Targets(i)[j] - centers[j]);
            }
        }

        // Norms, because they do not overflow where the squares do.
        double errorNorm = Reductions.Norm(errors), deviationNorm = Reductions.Norm(deviations), count = weightSum * k;
        double unexplained = errorNorm / deviationNorm, root = errorNorm / Math.Sqrt(count);
        return new RegressionMetrics(root * root, root, absolute / count, deviationNorm == 0 ? double.NaN : 1 - unexplained * unexplained);
    }

    /// <summary>Share of samples whose class is the one of the largest score; with one score, class 1 where it is at least 0.</summary>
    internal static double Accuracy(Dataset data, ReadOnlySpan<double> scores, int outputCount)
    {
        double right = 0, total = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            ReadOnlySpan<double> own = scores.Slice(i * outputCount, outputCount);
            int predicted = outputCount > 1 ? Reductions.IndexOfMax(own) : own[0] >= 0 ? 1 : 0;
            total += data.Weight(i);
            if (predicted == data.Targets(i)[0])
                right += data.Weight(i);
        }

        return right / total;
    }
}
