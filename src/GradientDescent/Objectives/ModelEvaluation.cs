namespace GradientDescent;

/// <summary>How well a regression predicts; weighted where the data is, over all targets alike.</summary>
/// <param name="MeanSquaredError">Mean of (ŷ − y)².</param>
/// <param name="MeanAbsoluteError">Mean of |ŷ − y|.</param>
/// <param name="RSquared">1 − Σ(ŷ − y)²/Σ(y − ȳ)², with a mean ȳ for each target; NaN where the targets do not vary.</param>
public sealed record RegressionMetrics(double MeanSquaredError, double MeanAbsoluteError, double RSquared)
{
    /// <summary>√(mean of (ŷ − y)²): in the target's unit.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>All four figures.</summary>
    public override string ToString() =>
        Guard.Text($"MSE {MeanSquaredError:G6}, RMSE {RootMeanSquaredError:G6}, MAE {MeanAbsoluteError:G6}, R² {RSquared:G6}");
}

/// <summary>How well a classifier predicts; weighted where the data is.</summary>
/// <param name="Accuracy">Share of samples whose class is predicted.</param>
/// <param name="LogLoss">Mean cross-entropy, in nats.</param>
public sealed record ClassificationMetrics(double Accuracy, double LogLoss)
{
    /// <summary>Both figures.</summary>
    public override string ToString() => Guard.Text($"accuracy {Accuracy:P2}, log loss {LogLoss:G6}");
}

/// <summary>Evaluating fitted models on data, called as <c>model.Evaluate(data)</c>.</summary>
public static class ModelEvaluation
{
    /// <summary>Squared and absolute errors of the predictions.</summary>
    /// <param name="model">A fitted model.</param>
    /// <param name="data">Samples with as many features and targets as the fit had.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public static RegressionMetrics Evaluate(this LinearRegression model, Dataset data)
    {
        double[] scores = AllScores(model, data, new MeanSquaredError(), out double meanSquaredError);
        int k = data.TargetCount;
        double weightSum = 0, absolute = 0, squared = 0;
        double[] means = ColumnStatistics.Of(data, k, data.Targets, centered: true).Centers; // exact for a target that does not vary
        for (int i = 0; i < data.SampleCount; i++)
        {
            double weight = data.Weight(i);
            weightSum += weight;
            for (int j = 0; j < k; j++)
            {
                double deviation = data.Targets(i)[j] - means[j];
                absolute += weight * Math.Abs(scores[i * k + j] - data.Targets(i)[j]);
                squared += weight * (deviation * deviation);
            }
        }

        double rSquared = squared == 0 ? double.NaN : 1 - meanSquaredError * weightSum * k / squared;
        return new RegressionMetrics(meanSquaredError, absolute / (weightSum * k), rSquared);
    }

    /// <summary>Accuracy and log loss of the predictions.</summary>
    /// <inheritdoc cref="Evaluate(LinearRegression, Dataset)"/>
    public static ClassificationMetrics Evaluate(this LogisticRegression model, Dataset data)
    {
        double[] scores = AllScores(model, data, new BinaryCrossEntropy(), out double logLoss);
        return new ClassificationMetrics(Accuracy(data, i => scores[i] >= 0 ? 1 : 0), logLoss);
    }

    /// <inheritdoc cref="Evaluate(LogisticRegression, Dataset)"/>
    public static ClassificationMetrics Evaluate(this SoftmaxRegression model, Dataset data)
    {
        double[] scores = AllScores(model, data, new CategoricalCrossEntropy(), out double logLoss);
        int k = model.OutputCount;
        return new ClassificationMetrics(Accuracy(data, i => IndexOfMax(scores.AsSpan(i * k, k))), logLoss);
    }

    /// <summary>The scores of all samples, and the mean loss.</summary>
    private static double[] AllScores(LinearModel model, Dataset data, ILoss loss, out double meanLoss)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ReadOnlySpan<double> parameters = model.Parameters.AsSpan();
        if (model.ParameterCount(data.FeatureCount) != parameters.Length)
            throw Guard.Invalid(nameof(data), $"The data has {data.FeatureCount} features: the model was fitted with another number.");
        int[] all = [.. Enumerable.Range(0, data.SampleCount)];
        meanLoss = new EmpiricalRisk(model, loss, data).Add(parameters, all, []).Mean;
        double[] scores = new double[data.SampleCount * model.OutputCount];
        model.Predict(parameters, new RowBlock(data.Rows(all)), scores, []);
        return scores;
    }

    private static double Accuracy(Dataset data, Func<int, int> predict)
    {
        if (data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"There are {data.TargetCount} targets per sample: a classifier's class is one.");
        double right = 0, total = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            total += data.Weight(i);
            if (predict(i) == data.Targets(i)[0])
                right += data.Weight(i);
        }

        return right / total;
    }

    private static int IndexOfMax(ReadOnlySpan<double> values)
    {
        int index = 0;
        for (int j = 1; j < values.Length; j++)
        {
            if (values[j] > values[index])
                index = j;
        }

        return index;
    }
}
