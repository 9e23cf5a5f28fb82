using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class QHMFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("QHM", () => Twin(0.999, 0.7), "mean", "", 0.1, 3000),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("momentum", OptimizerArgumentTests.Share),
        ("nu", OptimizerArgumentTests.Whole),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new QHM(settings["lr"], settings["momentum"], settings["nu"]);

    private static ExactTwin Twin(FixedPoint momentum, FixedPoint nu) => new((c, p, g, rate, _) =>
    {
        c.A = ExactTwin.Mean(momentum, c.A, g);
        return p - rate * ExactTwin.Mean(nu, c.A, g);
    });
}
