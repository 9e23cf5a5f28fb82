using System.Text.Json.Nodes;
using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Selection;

namespace GradientDescent.Tests.Paths;

/// <summary>Paths and choices of scikit-learn; Paths/references.py made the file.</summary>
public class PathGoldenTests
{
    // The gaps of the reference are 1e-15 of the loss at best. A gap g of a loss with curvature h leaves an error of up to √(2g/h).
    private const double Tolerance = 3e-6;

    private static readonly JsonNode _golden = GoldenFile.Load("selection.json");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Linear_AtEachStrength_HasTheCoefficientsOfScikitLearn(int index)
    {
        JsonNode expected = _golden["linear"]![index]!;
        Dataset data = SelectionData.Named((string)expected["name"]!, (int)expected["rows"]!);
        PathOptions options = OptionsOf(expected);

        RegularizationPath<LinearRegression> path = RegularizationPath.Linear(data, options);

        path.IsConverged.Should().BeTrue();
        for (int k = 0; k < path.Points.Length; k++)
        {
            ShouldBeNear(SelectionData.StandardizedWeights(path.Points[k].Model, data), expected["coefficients"]![k].Numbers());
            SelectionData.CentredIntercept(path.Points[k].Model, data).Should().BeApproximately((double)expected["intercept"]!, 1e-9);
        }

        if (expected["largest"] is { } largest)
            RegularizationPath.Linear(data, new() { L1Ratio = options.L1Ratio }).Points[0].Strength.Should().BeApproximately(
                (double)largest, 1e-12 * (double)largest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Logistic_AtEachStrength_HasTheCoefficientsOfScikitLearn(int index)
    {
        JsonNode expected = _golden["logistic"]![index]!;
        Dataset data = SelectionData.BreastCancer;

        RegularizationPath<LogisticRegression> path = RegularizationPath.Logistic(data, OptionsOf(expected));

        path.IsConverged.Should().BeTrue();
        for (int k = 0; k < path.Points.Length; k++)
        {
            LogisticRegression model = path.Points[k].Model;
            ShouldBeNear(SelectionData.StandardizedWeights(model, data), expected["coefficients"]![k].Numbers());
            SelectionData.CentredIntercept(model, data).Should().BeApproximately((double)expected["intercepts"]![k]!, Tolerance * 3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Selection_OnGivenFolds_HasTheErrorsAndTheChoiceOfScikitLearn(int index)
    {
        JsonNode expected = _golden["chosen"]![index]!;
        Dataset data = SelectionData.Diabetes;

        // KFold of scikit-learn gives the larger folds first: 442 = 89 + 89 + 88 + 88 + 88.
        int[] starts = [0, 89, 178, 266, 354, 442];
        Fold[] folds = [.. Enumerable.Range(0, 5).Select(k => new Fold(
            [.. Enumerable.Range(0, 442).Where(i => i < starts[k] || i >= starts[k + 1])],
            [.. Enumerable.Range(starts[k], starts[k + 1] - starts[k])]))];

        PathSelection<LinearRegression> selection = PathSelection.Linear(data, folds, OptionsOf(expected) with { Standardize = false });

        for (int k = 0; k < selection.FoldScores.Length; k++)
            ShouldBeNear(selection.FoldScores[k], expected["foldErrors"]![k].Numbers());
        selection.Best.Strength.Should().BeApproximately((double)expected["best"]!, 1e-12);
        ShouldBeNear(selection.Best.Model.Weights, expected["coefficients"].Numbers());
        selection.Best.Model.Intercept.Should().BeApproximately((double)expected["intercept"]!, 1e-3);
    }

    private static PathOptions OptionsOf(JsonNode expected) => new()
    {
        L1Ratio = (double)expected["l1Ratio"]!,
        Strengths = [.. expected["strengths"].Numbers()],
        GapTolerance = 1e-14,
    };

    private static void ShouldBeNear(IEnumerable<double> actual, double[] expected)
    {
        double size = expected.Max(Math.Abs);
        actual.Should().Equal(expected, (a, e) => Math.Abs(a - e) <= Tolerance * size);
    }
}
