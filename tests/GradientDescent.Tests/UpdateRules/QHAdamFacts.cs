using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class QHAdamFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("QHAdam", () => Twin(0.995, 0.999, 0.7, 1, 1e-8), "mean, mean square",
            $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}", 0.02, 1000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("QHAdam, ν₂ 0.5", () => (new QHAdam(0.01, 0.9, 0.99, 0.8, 0.5, 1e-4), Twin(0.9, 0.99, 0.8, 0.5, 1e-4))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("nu1", OptimizerArgumentTests.Whole),
        ("nu2", OptimizerArgumentTests.Whole),
        ("epsilon", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new QHAdam(
        settings["lr"], settings["betas", 0], settings["betas", 1], settings["nus", 0], settings["nus", 1], settings["eps"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint nu1, FixedPoint nu2, FixedPoint epsilon) => new(
        (c, p, g, rate, run) =>
        {
            c.A = ExactTwin.Mean(beta1, c.A, g);
            c.B = ExactTwin.Mean(beta2, c.B, g * g);
            FixedPoint mean = ExactTwin.Mean(nu1, c.A / (FixedPoint.One - run.Power1), g);
            FixedPoint square = ExactTwin.Mean(nu2, c.B / (FixedPoint.One - run.Power2), g * g);
            return p - rate * mean / (FixedPoint.Sqrt(square) + epsilon);
        },
        ExactTwin.Powers(beta1, beta2));
}
