using System.Text.Json;
using System.Text.Json.Nodes;
using GradientDescent.Tests.Golden;

namespace GradientDescent.Tests.Tool;

/// <summary>The statistics that <c>gd fit</c> prints and writes.</summary>
public sealed class FitStatisticsTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_LinearModel_HasTheStatisticsOfR()
    {
        JsonNode expected = GoldenFile.Load("regression.json")["plain"]!;

        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target");
        using var json = JsonDocument.Parse(ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--json").Output);

        gd.Output.ReplaceLineEndings(" ").Should().Contain(
            "residual standard deviation 54.1542, adjusted R2 0.506559, F 46.2724 on 10 and 431 (p 3.83E-62), AIC 4795.99, BIC 4845.08, "
            + "Durbin-Watson 2.029");
        JsonElement statistics = json.RootElement.GetProperty("statistics");
        foreach (string name in (string[])["logLikelihood", "aic", "bic", "durbinWatson", "adjustedRSquared"])
        {
            double number = (double)expected[name]!;
            statistics.GetProperty(name).GetDouble().Should().BeApproximately(number, 1e-11 * Math.Abs(number));
        }

        double[] inflation = [.. json.RootElement.GetProperty("coefficients").EnumerateArray().Skip(1)
            .Select(one => one.GetProperty("vif").GetDouble())];
        inflation.Zip(expected["inflation"].Numbers()).Should().OnlyContain(pair => Math.Abs(pair.First / pair.Second - 1) < 1e-11);
    }

    [Fact]
    public void Fit_TwoLabels_HaveStandardErrors()
    {
        string file = _folder.Write("exam.csv", "hours,passed\n1,no\n2,no\n3,yes\n4,no\n5,yes\n6,yes\n");
        LogisticFit fit = LogisticRegression.Fit([[1.0], [2], [3], [4], [5], [6]], [false, false, true, false, true, true]);

        string[] lines = ToolProcess.Run("fit", file, "--target", "passed").Output.Split('\n');
        using var json = JsonDocument.Parse(ToolProcess.Run("fit", file, "--target", "passed", "--json").Output);

        lines.Should().Contain(line => line.StartsWith("coefficient", StringComparison.Ordinal) && line.EndsWith('p'));
        JsonElement hours = json.RootElement.GetProperty("coefficients")[1];
        LogisticCoefficient expected = fit.Statistics.Coefficients[0];
        hours.GetProperty("standardError").GetDouble().Should().BeApproximately(expected.StandardError, 1e-9);
        hours.GetProperty("z").GetDouble().Should().BeApproximately(expected.ZStatistic, 1e-9);
        hours.GetProperty("p").GetDouble().Should().BeApproximately(expected.PValue, 1e-9);
        hours.GetProperty("lower").GetDouble().Should().BeApproximately(expected.ConfidenceInterval().Lower, 1e-9);
        hours.TryGetProperty("vif", out _).Should().BeFalse();
        json.RootElement.GetProperty("statistics").GetProperty("deviance").GetDouble().Should()
            .BeApproximately(fit.Statistics.Deviance, 1e-9);
    }

    // With two classes, softmax is logistic regression: the same coefficients and tests, found by another fit.
    [Fact]
    public void Fit_SoftmaxOfTwoClasses_HasTheTestsOfTheLogisticModel()
    {
        string file = _folder.Write("exam.csv", "hours,passed\n1,no\n2,no\n3,yes\n4,no\n5,yes\n6,yes\n");
        JsonElement logistic = JsonOutput.Root(ToolProcess.Run("fit", file, "--target", "passed", "--json").Output);

        JsonElement softmax = JsonOutput.Root(ToolProcess.Run("fit", file, "--target", "passed", "--model", "softmax", "--json").Output);
        string[] lines = ToolProcess.Run("fit", file, "--target", "passed", "--model", "softmax").Output.Split('\n');

        softmax.GetProperty("contrasts").GetProperty("against").GetString().Should().Be("no");
        JsonElement contrasts = softmax.GetProperty("contrasts").GetProperty("coefficients");
        JsonElement expected = logistic.GetProperty("coefficients");
        foreach ((JsonElement contrast, JsonElement one) in contrasts.EnumerateArray().Zip(expected.EnumerateArray()))
        {
            contrast.GetProperty("label").GetString().Should().Be("yes");
            contrast.GetProperty("name").GetString().Should().Be(one.GetProperty("name").GetString());
            foreach (string number in (string[])["estimate", "standardError", "z", "p", "lower", "upper"])
                contrast.GetProperty(number).GetDouble().Should().BeApproximately(one.GetProperty(number).GetDouble(), 1e-6);
        }

        foreach (string number in (string[])["nullDeviance", "deviance", "aic", "pseudoRSquared"])
        {
            softmax.GetProperty("statistics").GetProperty(number).GetDouble().Should()
                .BeApproximately(logistic.GetProperty("statistics").GetProperty(number).GetDouble(), 1e-9);
        }

        int header = Array.FindIndex(lines, line => line.StartsWith("against no", StringComparison.Ordinal));
        lines[header].Split(' ', StringSplitOptions.RemoveEmptyEntries).Should()
            .Equal("against", "no", "coefficient", "estimate", "std.", "error", "z", "p");
        lines[header + 1].Should().StartWith("yes ");
        lines[header + 3].Should().BeEmpty("there are two coefficients");
    }

    [Fact]
    public void Fit_PenalizedTwoLabels_HaveNoStandardErrors()
    {
        string file = _folder.Write("exam.csv", "hours,passed\n1,no\n2,no\n3,yes\n4,no\n5,yes\n6,yes\n");

        var gd = ToolProcess.Run("fit", file, "--target", "passed", "--penalty", "l2=0.1");

        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Output.Should().NotContain("std. error").And.Contain("penalty");
    }
}
