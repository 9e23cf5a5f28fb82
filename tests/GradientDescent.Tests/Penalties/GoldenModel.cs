using System.Text.Json;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Penalties;

/// <summary>An optimum of another library: scikit-learn's for linear models, Newton's for classifiers.</summary>
internal sealed class GoldenModel
{
    private GoldenModel(JsonElement golden)
    {
        (Kind, DataName) = (golden.GetProperty("model").GetString()!, golden.GetProperty("data").GetString()!);
        Weights = golden.GetProperty("coef").Numbers();
        Intercepts = golden.GetProperty("intercept") is { ValueKind: JsonValueKind.Array } several ? several.Numbers()
            : [golden.GetProperty("intercept").GetDouble()];
        double alpha = golden.TryGetProperty("alpha", out JsonElement given) ? given.GetDouble() : 0;
        // Its ridge adds α‖w‖² to our mean squared error: λ = 2α. Its lasso and elastic net halve the error: λ = 2α. The classifiers'
        // penalty is ours.
        double strength = Kind == "linear" ? 2 * alpha : alpha;
        Penalty = golden.GetProperty("penalty").GetString() switch
        {
            "none" => null,
            "l1" => new L1Penalty(strength),
            "l2" => new L2Penalty(strength),
            _ => new ElasticNetPenalty(strength, golden.GetProperty("l1_ratio").GetDouble()),
        };
    }

    public string Kind { get; }

    public string DataName { get; }

    public IPenalty? Penalty { get; }

    public double[] Weights { get; }

    public double[] Intercepts { get; }

    public static GoldenModel[] All() => [.. TestData.Golden("models.json").Select(golden => new GoldenModel(golden))];

    public LinearModel NewModel() =>
        Kind switch
        {
            "linear" => new LinearRegression(),
            "logistic" => new LogisticRegression(),
            _ =>
        new SoftmaxRegression(Intercepts.Length)
        };

    /// <summary>To 1e-6 of the largest weight, and with the same zeros where there is an absolute penalty.</summary>
    public void ShouldBeMetBy(LinearModel model)
    {
        double largest = Weights.Max(Math.Abs);
        model.Weights.Should()
            .Equal(Weights, (w, e) => Math.Abs(w - e) <= 1e-6 * largest && (Penalty is null or L2Penalty || (w == 0) == (e == 0)));
        model.Intercepts.Should().Equal(Intercepts, (b, e) => Math.Abs(b - e) <= 1e-6 * Math.Max(largest, Math.Abs(e)));
    }

    public Dataset Data()
    {
        string path = DataName == "diabetes" ? Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv")
            : TestData.PathOf(DataName + ".csv");
        var data = Dataset.FromCsv(path, "target");
        return DataName == "digits" ? data.Map(data.FeatureCount, (i, from, features, targets) =>
        {
            for (int j = 0; j < features.Length; j++)
                features[j] = from[j] / 16;
            data.Targets(i).CopyTo(targets);
        }) : Standardized(data);
    }

    /// <summary>Mean 0 and, dividing by n, standard deviation 1, as the golden file has it.</summary>
    public static Dataset Standardized(Dataset data)
    {
        ColumnStatistics statistics = ColumnStatistics.OfFeatures(data, centered: true);
        return data.Map(data.FeatureCount, (i, from, features, targets) =>
        {
            for (int j = 0; j < features.Length; j++)
                features[j] = (from[j] - statistics.Centers[j]) / statistics.Scales[j];
            data.Targets(i).CopyTo(targets);
        });
    }
}
