using System.Globalization;
using System.Text.Json.Nodes;

namespace GradientDescent.Tests.Golden;

/// <summary>
/// PyTorch 1.13's trajectories (its optimizers' forms, float64). Coupled weight decay and maximisation are no settings here: the test adds
/// the one to the gradient and negates it for the other, as PyTorch does.
/// </summary>
public class OptimizerGoldenTests
{
    private static readonly JsonNode _fixed = GoldenFile.Load("optimizers.json");
    private static readonly JsonNode _rosenbrock = GoldenFile.Load("rosenbrock.json");

    public static TheoryData<int, string> FixedCases => CasesOf(_fixed);

    public static TheoryData<int, string> RosenbrockCases => CasesOf(_rosenbrock);

    [Theory]
    [MemberData(nameof(FixedCases))]
    public void Update_FedFixedGradients_FollowsPyTorch(int index, string label)
    {
        JsonNode golden = _fixed["cases"]![index]!;
        double[][] gradients = [.. _fixed["gradients"]!.AsArray().Select(g => g.Numbers())];
        double[] parameters = _fixed["initial"].Numbers();

        Follow(golden, parameters, (t, _) => gradients[t], label, relative: 1e-12, floor: 1e-3);
    }

    [Theory]
    [MemberData(nameof(RosenbrockCases))]
    public void Update_OnRosenbrocksFunction_FollowsPyTorch(int index, string label)
    {
        JsonNode golden = _rosenbrock["cases"]![index]!;
        double[] parameters = golden["initial"].Numbers();

        Follow(golden, parameters, (_, p) => Rosenbrock(p), label, relative: 1e-9, floor: 0);
    }

    private static void Follow(JsonNode golden, double[] parameters, Func<int, double[], double[]> gradientAt, string label,
        double relative, double floor)
    {
        JsonNode settings = golden["settings"]!;
        IOptimizer optimizer = Create((string)golden["optimizer"]!, settings);
        bool decayed = (string)golden["optimizer"]! != "AdamW";
        double decay = decayed ? Setting(settings, "weight_decay", 0) : 0;
        double sign = settings["maximize"] is { } maximize && (bool)maximize ? -1 : 1;
        Dictionary<int, double[]> marks = golden["expected"]!.AsObject().ToDictionary(
            mark => int.Parse(mark.Key, CultureInfo.InvariantCulture),
            mark => (mark.Value is JsonObject inner ? inner["parameters"] : mark.Value).Numbers());
        marks.Should().NotBeEmpty();

        for (int t = 0; t < marks.Keys.Max(); t++)
        {
            double[] gradient = [.. gradientAt(t, parameters).Zip(parameters, (g, p) => sign * g + decay * p)];
            optimizer.Update(parameters, gradient);
            if (!marks.TryGetValue(t + 1, out double[]? expected))
                continue;
            for (int i = 0; i < parameters.Length; i++)
                parameters[i].Should().BeApproximately(
                    expected[i], relative * Math.Max(Math.Abs(expected[i]), floor), "{0}: coordinate {1} after update {2}", label, i,
                        t + 1);
        }
    }

    private static IOptimizer Create(string name, JsonNode settings)
    {
        double rate = Setting(settings, "lr", double.NaN), epsilon = Setting(settings, "eps", double.NaN);
        double beta1 = Pair(settings, "betas", 0), beta2 = Pair(settings, "betas", 1);
        bool amsGrad = settings["amsgrad"] is { } value && (bool)value;
        return name switch
        {
            "GD" => new BatchGD(rate),
            "Momentum" => new Momentum(
                rate, Setting(settings, "momentum", double.NaN), Setting(settings, "dampening", 0)),
            "Nesterov" => new Nesterov(rate, Setting(settings, "momentum", double.NaN)),
            "AdaGrad" => new AdaGrad(rate, epsilon, Setting(settings, "initial_accumulator_value", 0)),
            "RMSProp" => new RMSProp(
                rate, Setting(settings, "alpha", double.NaN), epsilon, Setting(settings, "momentum", 0),
                    settings["centered"] is { } centered && (bool)centered),
            "Adam" => new Adam(rate, beta1, beta2, epsilon, amsGrad),
            "AdamW" => new AdamW(rate, beta1, beta2, epsilon, Setting(settings, "weight_decay", double.NaN), amsGrad),
            "AdaMax" => new AdaMax(rate, beta1, beta2, epsilon),
            "NAdam" => new NAdam(rate, beta1, beta2, epsilon, Setting(settings, "momentum_decay", double.NaN)),
            "RAdam" => new RAdam(rate, beta1, beta2, epsilon),
            "AdaDelta" => new AdaDelta(rate, Setting(settings, "rho", double.NaN), epsilon),
            "Rprop" => new Rprop(rate, Pair(settings, "etas", 0), Pair(settings, "etas", 1), Pair(settings, "step_sizes", 0),
                Pair(settings, "step_sizes", 1)),
            _ => throw new ArgumentException($"No optimizer for golden case '{name}'."),
        };
    }

    private static double Setting(JsonNode settings, string name, double otherwise) =>
        settings[name] is { } value ? (double)value : otherwise;

    private static double Pair(JsonNode settings, string name, int index) => settings[name] is { } pair ? (double)pair[index]! : double.NaN;

    /// <summary>f(x) = Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)².</summary>
    private static double[] Rosenbrock(double[] x)
    {
        double[] gradient = new double[x.Length];
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double valley = x[i + 1] - x[i] * x[i];
            gradient[i] += -400 * x[i] * valley - 2 * (1 - x[i]);
            gradient[i + 1] += 200 * valley;
        }

        return gradient;
    }

    private static TheoryData<int, string> CasesOf(JsonNode file)
    {
        var cases = new TheoryData<int, string>();
        JsonArray all = file["cases"]!.AsArray();
        for (int i = 0; i < all.Count; i++)
            cases.Add(i, $"{(string)all[i]!["optimizer"]!} {all[i]!["settings"]!.ToJsonString()}");

        return cases;
    }
}
