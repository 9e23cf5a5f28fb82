using System.Globalization;
using System.Text.Json.Nodes;
using GradientDescent.Tests.UpdateRules;

namespace GradientDescent.Tests.Golden;

/// <summary>
/// Trajectories of the papers' formulas in float64. Where the field <c>agreement</c> of a case is a number, an independent library gives
/// the same path with that relative difference; where it is null, the library differs from the paper, and the paper's formula counts.
/// </summary>
public class RuleGoldenTests
{
    private static readonly JsonNode _file = GoldenFile.Load("rules.json");

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            JsonArray all = _file["cases"]!.AsArray();
            for (int i = 0; i < all.Count; i++)
                cases.Add(i, $"{(string)all[i]!["optimizer"]!} {all[i]!["settings"]!.ToJsonString()}");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Update_FedFixedGradients_FollowsThePaper(int index, string label)
    {
        JsonNode golden = _file["cases"]![index]!;
        string name = (string)golden["optimizer"]!;
        Optimizer optimizer = RuleFacts.All.Single(rule => rule.Name == name).FromGolden(new GoldenSettings(golden["settings"]!));
        double[][] gradients = [.. _file["gradients"]!.AsArray().Select(g => g.Numbers())];
        double[] start = _file["initial"].Numbers(), parameters = [.. start], solution = new double[start.Length];
        JsonObject marks = golden["expected"]!.AsObject();
        // A distance that is estimated from a cancelling difference keeps fewer digits in the stored values.
        double relative = name is "Prodigy" or "DAdaptSGD" ? 1e-9 : 1e-12;

        for (int t = 1; t <= gradients.Length; t++)
        {
            optimizer.Update(parameters, gradients[t - 1]);
            string mark = t.ToString(CultureInfo.InvariantCulture);
            if (marks[mark] is not { } expected)
                continue;
            ShouldBe(parameters, expected.Numbers(), relative, $"{label} after update {t}");
            ShouldHaveMoved(start, parameters, expected.Numbers(), $"{label} after update {t}");
            if (golden["evaluation"] is not { } averaged)
                continue;
            ((IOptimizer)optimizer).CopySolution(parameters, solution).Should().BeTrue();
            ShouldBe(solution, averaged[mark].Numbers(), relative, $"solution of {label} after update {t}");
        }
    }

    /// <summary>The way from the start, to 1e-7 of its largest entry: a move of 1e-6 would pass a comparison of the parameters.</summary>
    private static void ShouldHaveMoved(double[] start, double[] actual, double[] expected, string label)
    {
        double largest = start.Zip(expected).Max(pair => Math.Abs(pair.Second - pair.First));
        for (int i = 0; i < start.Length; i++)
            (actual[i] - start[i]).Should().BeApproximately(expected[i] - start[i], 1e-7 * largest, "{0}: move of {1}", label, i);
    }

    private static void ShouldBe(double[] actual, double[] expected, double relative, string label)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            double tolerance = relative * Math.Max(Math.Abs(expected[i]), 1e-3);
            actual[i].Should().BeApproximately(expected[i], tolerance, "{0}: coordinate {1}", label, i);
        }
    }
}
