using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class SignSGDFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("SignSGD", () => Twin(0.9), "mean", "", 0.002, 1000),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("momentum", OptimizerArgumentTests.Share),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new SignSGD(settings["lr"], settings["momentum"]);

    private static ExactTwin Twin(FixedPoint momentum) => new((c, p, g, rate, _) =>
    {
        c.A = ExactTwin.Mean(momentum, c.A, g);
        return p - rate * c.A.Sign;
    });
}
