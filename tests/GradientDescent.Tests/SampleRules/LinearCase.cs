using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests.SampleRules;

/// <summary>
/// A strongly convex fit of a linear model with integer weights, and its gradient in plain loops over the rows, each repeated as often as
/// its weight says. Features are sixteenths, which are the same in float.
/// </summary>
internal sealed class LinearCase
{
    public const double Strength = 0.1;

    private const int SampleCount = 60, FeatureCount = 3;

    private readonly double[][] _rows;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly int _outputs;
    private readonly string _kind;
    private readonly bool _intercept;

    public LinearCase(string kind, bool intercept, bool weighted = true, NumericPrecision precision = NumericPrecision.Double)
    {
        (_kind, _intercept, _outputs) = (kind, intercept, kind == "softmax" ? 3 : 1);
        _rows = [.. Enumerable.Range(0, SampleCount).Select(i => Enumerable.Range(0, FeatureCount)
            .Select(j => Math.Round(16 * HashedWork.Wave(7 * i + 5 * j + 3)) / 16).ToArray())];
        _targets = [.. Enumerable.Range(0, SampleCount)
            .Select(i => kind switch { "linear" => HashedWork.Wave(3 * i), "logistic" => i % 2, _ => i % 3.0 })];
        _weights = [.. Enumerable.Range(0, SampleCount).Select(i => weighted ? 1.0 + i % 3 : 1)];
        IModel model = kind switch
        {
            "linear" => new LinearRegression(intercept: intercept),
            "logistic" => new LogisticRegression(intercept: intercept),
            _ => new SoftmaxRegression(_outputs, intercept: intercept),
        };
        ILoss loss = kind switch
        {
            "linear" => new MeanSquaredError(),
            "logistic" => new BinaryCrossEntropy(),
            _ => new CategoricalCrossEntropy(),
        };
        Data = Dataset.From(_rows, _targets, weighted ? _weights : null).WithPrecision(precision);
        Risk = new EmpiricalRisk(model, loss, Data, new L2Penalty(Strength, onIntercepts: true));
        Start = [.. Enumerable.Range(0, Risk.ParameterCount).Select(i => 0.5 - i % 3)];
    }

    public Dataset Data { get; }

    public EmpiricalRisk Risk { get; }

    public double[] Start { get; }

    /// <summary>A rate at which single samples are stable: the curvature of one is at most 2, 1/4 or 1/2 times about 13.</summary>
    public double Rate => _kind == "linear" ? 0.004 : 0.03;

    public int Samples => SampleCount;

    /// <summary>The norm of the gradient over all rows. The distance to the optimum is at most this over the strength.</summary>
    public double GradientNorm(IReadOnlyList<double> parameters)
    {
        double[] sum = new double[parameters.Count];
        int count = 0;
        for (int i = 0; i < SampleCount; i++)
        {
            for (int copy = 0; copy < _weights[i]; copy++, count++)
                Add(i, parameters, sum);
        }

        return Math.Sqrt(sum.Select((g, j) => Math.Pow(g / count + Strength * parameters[j], 2)).Sum());
    }

    /// <summary>Adds the gradient of one row of weight 1, and returns the derivatives by its scores.</summary>
    public double[] Add(int i, IReadOnlyList<double> parameters, double[] sum)
    {
        double[] derivatives = Derivatives(i, parameters);
        AddRow(i, derivatives, sum);
        return derivatives;
    }

    public double Weight(int i) => _weights[i];

    public double[] Derivatives(int i, IReadOnlyList<double> parameters)
    {
        double[] scores = [.. Enumerable.Range(0, _outputs).Select(k => (_intercept ? parameters[_outputs * FeatureCount + k] : 0)
            + Enumerable.Range(0, FeatureCount).Sum(j => parameters[k * FeatureCount + j] * _rows[i][j]))];
        if (_kind == "linear")
            return [2 * (scores[0] - _targets[i])];
        if (_kind == "logistic")
            return [1 / (1 + Math.Exp(-scores[0])) - _targets[i]];
        double total = scores.Sum(Math.Exp);
        return [.. scores.Select((score, k) => Math.Exp(score) / total - (_targets[i] == k ? 1 : 0))];
    }

    public void AddRow(int i, double[] factors, double[] sum)
    {
        for (int k = 0; k < _outputs; k++)
        {
            for (int j = 0; j < FeatureCount; j++)
                sum[k * FeatureCount + j] += factors[k] * _rows[i][j];
            if (_intercept)
                sum[_outputs * FeatureCount + k] += factors[k];
        }
    }
}
