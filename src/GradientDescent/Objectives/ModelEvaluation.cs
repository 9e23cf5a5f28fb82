using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Scores and metrics of models on data.</summary>
internal static class ModelEvaluation
{
    private const int MostRowsOfTile = 256;

    /// <summary>Squared and absolute errors of the predictions of a fitted model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples.</param>
    /// <param name="knownLoss">The mean squared error, if it is known.</param>
    public static RegressionMetrics Regression(ParametricModel model, Dataset data, double? knownLoss = null)
    {
        double meanSquaredError = knownLoss ?? MeanLoss(model, data, new MeanSquaredError());
        return Errors(data, Scores(model, data)) with { MeanSquaredError = meanSquaredError };
    }

    /// <summary>Accuracy and mean loss of the predictions of a fitted model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="knownLoss">The mean loss, if it is known.</param>
    public static ClassificationMetrics Classification(ParametricModel model, Dataset data, ILoss loss, double? knownLoss = null) => new()
    {
        LogLoss = knownLoss ?? MeanLoss(model, data, loss),
        Accuracy = Accuracy(data, Scores(model, data), model.OutputCount),
    };

    /// <summary>Returns the scores of all samples by a fitted model: one for each output, sample after sample.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data has another number of features.</exception>
    public static double[] Scores(ParametricModel model, Dataset data)
    {
        RequireFeatures(model, data);
        double[] scores = new double[data.SampleCount * model.OutputCount];
        Score(model, model.Parameters.AsSpan(), data, scores);
        return scores;
    }

    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data has another number of features.</exception>
    public static void RequireFeatures(ParametricModel model, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.FeatureCount != model.FeatureCount)
        {
            string features = Format.Count(data.FeatureCount, "feature");
            throw Guard.Invalid(nameof(data), $"The data has {features}: the model was fitted with {model.FeatureCount}.");
        }
    }

    /// <summary>Writes the scores of adjacent samples: one for each output, sample after sample.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="data">The samples.</param>
    /// <param name="scores">The memory for the scores; its length determines the number of samples.</param>
    /// <param name="first">The index of the first sample.</param>
    public static void Score(IModel model, ReadOnlySpan<double> parameters, Dataset data, Span<double> scores, int first = 0)
    {
        if (data is { RowSharding: { } sharding })
        {
            (int start, int count) = sharding.Among(sharding.Collective.Rank, first, scores.Length / model.OutputCount);
            Span<double> ofOwn = count == 0 ? [] : scores.Slice((start - first) * model.OutputCount, count * model.OutputCount);
            Score(model, parameters, data.Own, ofOwn, start - data.Own.FirstSample);
            sharding.Gather(scores, model.OutputCount, first);
            return;
        }

        int[] all = [.. Enumerable.Range(first, scores.Length / model.OutputCount)];
        int tileRows = model.BatchRows(data.FeatureCount) is > 0 and var wanted
            ? wanted : BlockWorker.TileRowsFor(data.NumbersPerRow, MostRowsOfTile);
        double[] scratch = new double[model.ScratchLength(tileRows, data.FeatureCount)];
        var tile = new RowBuffer(tileRows, data.FeatureCount);
        for (int start = 0; start < all.Length; start += tileRows)
        {
            ReadOnlySpan<int> samples = all.AsSpan(start, Math.Min(tileRows, all.Length - start));
            Span<double> scoresOfTile = scores.Slice(start * model.OutputCount, samples.Length * model.OutputCount);
            ReadOnlySpan<int> upcoming = all.AsSpan(start + samples.Length);
            data.View(samples, upcoming[..Math.Min(upcoming.Length, samples.Length)], isReadOnce: true, tile, out FeatureRows rows);
            model.Predict(parameters, in rows, scoresOfTile, scratch);
        }
    }

    /// <summary>Errors of predictions: one score for each target, sample after sample.</summary>
    public static RegressionMetrics Errors(Dataset data, ReadOnlySpan<double> scores)
    {
        int k = data.TargetCount;
        // A centre is exact for a target that does not vary.
        double[] centers = ColumnStatistics.From(data, k, data.TargetReader(), centered: true).Centers;
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

        // Norms do not overflow where the squares do.
        double errorNorm = Reductions.Norm(errors), deviationNorm = Reductions.Norm(deviations), count = weightSum * k;
        double unexplained = errorNorm / deviationNorm, root = errorNorm / Math.Sqrt(count);
        return new()
        {
            MeanSquaredError = root * root,
            RootMeanSquaredError = root,
            MeanAbsoluteError = absolute / count,
            RSquared = deviationNorm == 0 ? double.NaN : 1 - unexplained * unexplained,
        };
    }

    /// <summary>Returns the class of each sample by a fitted model.</summary>
    /// <inheritdoc cref="Scores" path="/exception"/>
    public static ImmutableArray<int> Classes(ParametricModel model, Dataset data)
    {
        double[] scores = Scores(model, data);
        int[] classes = new int[data.SampleCount];
        for (int i = 0; i < classes.Length; i++)
            classes[i] = ClassOf(scores.AsSpan(i * model.OutputCount, model.OutputCount));
        return ImmutableCollectionsMarshal.AsImmutableArray(classes);
    }

    /// <summary>The class with the largest score; with one score, class 1 if it is at least 0.</summary>
    public static int ClassOf(ReadOnlySpan<double> scores) => scores.Length > 1 ? Reductions.IndexOfMax(scores) : scores[0] >= 0 ? 1 : 0;

    /// <summary>The share of samples whose class is <see cref="ClassOf"/> of their scores.</summary>
    public static double Accuracy(Dataset data, ReadOnlySpan<double> scores, int outputCount)
    {
        double right = 0, total = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            ReadOnlySpan<double> own = scores.Slice(i * outputCount, outputCount);
            total += data.Weight(i);
            if (ClassOf(own) == data.Targets(i)[0])
                right += data.Weight(i);
        }

        return right / total;
    }

    private static double MeanLoss(ParametricModel model, Dataset data, ILoss loss)
    {
        RequireFeatures(model, data);
        return Objective.Full(new EmpiricalRisk(model, loss, data)).Evaluate(model.Parameters.AsSpan(), []);
    }
}
