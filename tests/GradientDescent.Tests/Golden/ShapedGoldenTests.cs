using System.Globalization;
using System.Text.Json.Nodes;

namespace GradientDescent.Tests.Golden;

/// <summary>Trajectories of a 6 × 4 matrix and a vector by the papers' formulas in float64.</summary>
public class ShapedGoldenTests
{
    private static readonly JsonNode _file = GoldenFile.Load("shaped.json");

    public static TheoryData<int, string> Cases =>
        [.. _file["cases"]!.AsArray().Select((one, i) => (i, $"{(string)one!["optimizer"]!} {one["settings"]!.ToJsonString()}"))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Update_FedFixedGradients_FollowsThePaper(int index, string label)
    {
        JsonNode golden = _file["cases"]![index]!;
        string name = (string)golden["optimizer"]!;
        IOptimizer optimizer = Create(name, new GoldenSettings(golden["settings"]!));
        optimizer.Bind(new ParameterLayout([.. _file["layout"]!.AsArray().Select(
            block => new ParameterBlock((string)block!["name"]!, (int)block["rows"]!, (int)block["columns"]!))]));
        double[][] gradients = [.. _file["gradients"]!.AsArray().Select(g => g.Numbers())];
        double[] parameters = _file["initial"].Numbers();
        JsonObject marks = golden["expected"]!.AsObject();
        double relative = name == "Shampoo" ? 1e-10 : 1e-12; // a root of a matrix loses digits to its condition

        for (int t = 1; t <= gradients.Length; t++)
        {
            optimizer.Update(parameters, gradients[t - 1], optimizer.LearningRate);
            if (marks[t.ToString(CultureInfo.InvariantCulture)] is not { } expected)
                continue;
            double[] values = expected.Numbers();
            for (int i = 0; i < values.Length; i++)
                parameters[i].Should().BeApproximately(
                    values[i], relative * Math.Max(Math.Abs(values[i]), 1e-3), "{0}, update {1}, {2}", label, t, i);
        }
    }

    private static BlockOptimizer Create(string name, GoldenSettings s) => name switch
    {
        "LAMB" => new LAMB(s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"]),
        "LARS" => new LARS(s["lr"], s["momentum"], s["trust_coefficient"], s["weight_decay"]),
        "NovoGrad" => new NovoGrad(s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"]),
        "Adafactor" => new Adafactor(
            s["lr"], s["decay_exponent"], s["epsilon1"], s["epsilon2"], s["clip"], s.Flag("scale_parameter")),
        "Muon" => new Muon(
            s["lr"], s["momentum"], s.Flag("nesterov"), (int)s["newton_schulz_steps"], s["weight_decay"],
            new AdamW(s["adam_lr"], s["adam_betas", 0], s["adam_betas", 1], s["adam_eps"], s["weight_decay"])), // the decay of both
        "Shampoo" => new Shampoo(s["lr"], s["epsilon"]),
        _ => throw new NotSupportedException(name),
    };
}
