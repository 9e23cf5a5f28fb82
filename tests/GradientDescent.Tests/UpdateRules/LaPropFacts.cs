using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class LaPropFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("LaProp", () => Twin(0.9, 0.999, 1e-15), "mean, mean square", $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}", 0.01, 1000),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) =>
        new LaProp(settings["lr"], settings["betas", 0], settings["betas", 1], settings["eps"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon) => new(
        (c, p, g, rate, run) =>
        {
            c.B = ExactTwin.Mean(beta2, c.B, g * g);
            c.A = ExactTwin.Mean(beta1, c.A, g / (FixedPoint.Sqrt(c.B / (FixedPoint.One - run.Power2)) + epsilon));
            return p - rate * c.A / (FixedPoint.One - run.Power1);
        },
        ExactTwin.Powers(beta1, beta2));
}
