using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Selection;

/// <summary>The data sets of these tests, and plain arithmetic on them.</summary>
internal static class SelectionData
{
    public static Dataset Diabetes { get; } =
        Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");

    public static Dataset BreastCancer { get; } =
        Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "Files", "breast_cancer.csv"), "target");

    public static Dataset Named(string name, int rows)
    {
        Dataset data = name == "diabetes" ? Diabetes : BreastCancer;
        return data.Select([.. Enumerable.Range(0, rows)]);
    }

    /// <summary>The columns, centred and divided by their population standard deviation.</summary>
    public static double[][] Standardized(Dataset data) => [.. Enumerable.Range(0, data.FeatureCount).Select(j =>
    {
        double[] column = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i)[j])];
        double mean = column.Average(), scale = Math.Sqrt(column.Average(x => (x - mean) * (x - mean)));
        return column.Select(x => scale == 0 ? 0 : (x - mean) / scale).ToArray();
    })];

    public static double[] Targets(Dataset data) => [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])];

    /// <summary>The population standard deviation of each feature.</summary>
    public static double[] Scales(Dataset data) => [.. Enumerable.Range(0, data.FeatureCount).Select(j =>
    {
        double[] column = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i)[j])];
        double mean = column.Average();
        return Math.Sqrt(column.Average(x => (x - mean) * (x - mean)));
    })];

    /// <summary>The weights of the standardised columns.</summary>
    public static double[] StandardizedWeights(LinearModel model, Dataset data) =>
        [.. model.Weights.Zip(Scales(data), (weight, scale) => weight * scale)];

    /// <summary>The score at the mean of all features: the intercept of the standardised columns.</summary>
    public static double CentredIntercept(LinearModel model, Dataset data) => model.Scores([.. Enumerable.Range(0, data.FeatureCount)
        .Select(j => Enumerable.Range(0, data.SampleCount).Average(i => data.Features(i)[j]))])[0];

    public static double Dot(IEnumerable<double> x, IEnumerable<double> y) => x.Zip(y, (a, b) => a * b).Sum();
}
