using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class MADGRADFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("MADGRAD", () => Twin(0.9, 1e-6), "start, sum, sum of squares", "", 0.05, 1000),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("momentum", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new MADGRAD(settings["lr"], settings["momentum"], settings["eps"]);

    private static ExactTwin Twin(FixedPoint momentum, FixedPoint epsilon) => new((c, p, g, rate, run) =>
    {
        FixedPoint weight = rate * FixedPoint.Sqrt(run.T);
        c.A += weight * g;
        c.B += weight * g * g;
        return ExactTwin.Mean(momentum, p, c.Start - c.A / (FixedPoint.Cbrt(c.B) + epsilon));
    });
}
