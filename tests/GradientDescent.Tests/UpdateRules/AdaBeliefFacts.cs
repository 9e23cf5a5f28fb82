using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class AdaBeliefFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("AdaBelief", () => Twin(0.9, 0.999, 1e-16), "mean, mean squared deviation",
            $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}", 0.02, 1000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("AdaBelief, ε 1e-8", () => (new AdaBelief(0.01, 0.9, 0.98, 1e-8), Twin(0.9, 0.98, 1e-8))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) =>
        new AdaBelief(settings["lr"], settings["betas", 0], settings["betas", 1], settings["eps"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon) => new(
        (c, p, g, rate, run) =>
        {
            c.A = ExactTwin.Mean(beta1, c.A, g);
            c.B = ExactTwin.Mean(beta2, c.B, (g - c.A) * (g - c.A)) + epsilon;
            FixedPoint mean = c.A / (FixedPoint.One - run.Power1);
            return p - rate * mean / (FixedPoint.Sqrt(c.B / (FixedPoint.One - run.Power2)) + epsilon);
        },
        ExactTwin.Powers(beta1, beta2));
}
