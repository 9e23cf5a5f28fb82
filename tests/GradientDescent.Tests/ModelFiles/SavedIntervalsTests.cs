using System.Text;
using GradientDescent.Tests.Tool;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>The intervals of predictions in a model file: those of the fit that was saved.</summary>
public sealed class SavedIntervalsTests : ModelFileFixture
{
    private static readonly Dataset _diabetes = Dataset.FromCsv(ToolFolder.Diabetes, "target");

    public static TheoryData<string> Fits => ["plain", "weights", "no intercept", "constant", "tiny", "huge", "wide range", "exact"];

    [Theory]
    [MemberData(nameof(Fits))]
    public void AFit_ThatIsSavedWithIntervals_GivesThemBitForBit(string name)
    {
        LinearFit fit = FitOf(name);
        double[] row = [.. Enumerable.Range(0, fit.FeatureNames.Length).Select(j => _diabetes.Features(5)[j] * UnitOf(name))];

        fit.Save(Path, intervals: true);

        var file = ModelFile.Load(Path);
        file.HasIntervals.Should().BeTrue();
        foreach (double level in (double[])[0.5, 0.95, 0.5])
        {
            RegressionPrediction expected = fit.PredictInterval(row, level), actual = file.PredictInterval(row, level);
            actual.Value.Should().Be(expected.Value);
            actual.StandardError.Should().Be(expected.StandardError).And.BeGreaterThanOrEqualTo(0);
            actual.ConfidenceInterval.Should().Be(expected.ConfidenceInterval);
            actual.PredictionInterval.Should().Be(expected.PredictionInterval);
        }

        SavedModels.Bytes(file.Save).Should().Equal(File.ReadAllBytes(Path), "a loaded file is written again as it was");
    }

    // A mean of n targets with one feature: s² = σ²(1/n + (x − x̄)²/Σ(xᵢ − x̄)²). For x = 0, 1, 2 and y = 0, 1, 5, σ² = 3/2.
    [Fact]
    public void TheStandardError_IsThatOfTheTextbook()
    {
        LinearRegression.Fit([0, 1, 2], [0, 1, 5]).Save(Path, intervals: true);

        ModelFile.Load(Path).PredictInterval([4]).StandardError.Should().BeApproximately(Math.Sqrt(1.5 * (1.0 / 3 + 9.0 / 2)), 1e-14);
    }

    // A unit of 2^±700 makes the variance of a feature overflow or underflow, and changes no bit of the standard error.
    [Theory]
    [InlineData("tiny")]
    [InlineData("huge")]
    public void TheUnitOfTheFeatures_DoesNotMatter(string name)
    {
        double[] row = _diabetes.Features(5).ToArray();

        double error = FitOf(name).PredictInterval(Array.ConvertAll(row, feature => feature * UnitOf(name))).StandardError;

        error.Should().Be(FitOf("plain").PredictInterval(row).StandardError);
    }

    [Fact]
    public void AFitWithoutStandardErrors_IsSavedWithoutIntervals()
    {
        LinearRegression.Fit([[0, 0], [1, 2], [2, 4], [3, 6]], [0.0, 1, 5, 2]).Save(Path, intervals: true);

        var file = ModelFile.Load(Path);

        file.HasIntervals.Should().BeFalse();
        FluentActions.Invoking(() => file.PredictInterval([1, 2])).Should().Throw<InvalidOperationException>()
            .WithMessage("*no intervals*");
    }

    [Fact]
    public void AFit_ThatIsSavedWithoutIntervals_HasNone()
    {
        FitOf("plain").Save(Path);

        ModelFile.Load(Path).HasIntervals.Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void AWrongLevel_IsRefused(double level)
    {
        FitOf("plain").Save(Path, intervals: true);

        FluentActions.Invoking(() => ModelFile.Load(Path).PredictInterval(_diabetes.Features(0), level))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(level));
    }

    [Theory]
    [InlineData("\"degreesOfFreedom\": 1", "\"degreesOfFreedom\": 0", "'intervals.degreesOfFreedom' is 0: it must be at least 1.")]
    [InlineData("\"residualDeviation\": ", "\"residualDeviation\": -", "'intervals.residualDeviation' is -1.22*: it must be at least 0.")]
    [InlineData("\"residualDeviation\": ", "\"residualDeviation\": 1e999, \"Deviation\": ", "*Deviation*")]
    [InlineData("\"exponents\": [", "\"exponents\": [ 1,", "'intervals.exponents' has 2 entries: it must have 1.")]
    [InlineData("\"exponents\": [", "\"exponents\": [ 0.5,", "*exponents*")]
    [InlineData("\"centers\": [", "\"centers\": [ 1,", "'intervals.centers' has 2 entries: it must have 1.")]
    [InlineData("\"root\": [", "\"root\": [ null,", "'intervals.root[0]' is null: it must be an array.")]
    [InlineData("\"root\": [", "\"root\": [ [1, 2, 3],", "'intervals.root[0]' has 3 entries: it must have at most 2.")]
    [InlineData("\"root\": [", "\"root\": [ [1, 1e999],", "'intervals.root[0][1]' is Infinity: every number must be finite.")]
    [InlineData("\"kind\": \"LinearRegression\"", "\"kind\": \"LogisticRegression\"", "'intervals' is not null: only a LinearRegression*")]
    public void AForgedFile_IsRefusedByTheMember(string from, string to, string message)
    {
        LinearFit fit = LinearRegression.Fit([0, 1, 2], [0, 1, 5]);
        string whole = Encoding.UTF8.GetString(SavedModels.Bytes(stream => fit.Save(stream, intervals: true)));
        whole.Should().Contain(from);

        byte[] forged = SavedModels.Resealed(whole.Replace(from, to));

        FluentActions.Invoking(() => SavedModels.Load(forged)).Should().Throw<ModelFormatException>().WithMessage(message);
    }

    private static double UnitOf(string name) => name switch
    {
        "tiny" => Math.ScaleB(1, -700),
        "huge" => Math.ScaleB(1, 700),
        _ => 1,
    };

    private static LinearFit FitOf(string name)
    {
        double[][] rows = [.. Enumerable.Range(0, 60).Select(i => _diabetes.Features(i).ToArray())];
        double[] targets = [.. Enumerable.Range(0, 60).Select(i => _diabetes.Targets(i)[0])];
        rows = name switch
        {
            "constant" => [.. rows.Select(row => (double[])[.. row[..3], 7, .. row[4..]])],
            "wide range" => [.. rows.Select(row => (double[])[row[0] + 1e9, row[2] * 1e-6])],
            _ => [.. rows.Select(row => Array.ConvertAll(row, feature => feature * UnitOf(name)))],
        };
        if (name == "exact")
            targets = [.. rows.Select(row => 2 * row[0] + 1)];
        var data = Dataset.From(rows, targets);
        if (name == "weights")
            data = data.WithWeights([.. Enumerable.Range(0, 60).Select(i => 1 + i % 3.0)]);
        return LinearRegression.Fit(data, intercept: name != "no intercept");
    }
}
