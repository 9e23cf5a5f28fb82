using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class AdanFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("Adan", () => Twin(0.98, 0.92, 0.99, 1e-8, 0), "last gradient, mean, mean change, mean square",
            $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}, beta3 power, beta3 power (low part)", 0.02, 1000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("Adan, decay 0.5", () => (new Adan(0.01, 0.9, 0.8, 0.95, 1e-4, 0.5), Twin(0.9, 0.8, 0.95, 1e-4, 0.5))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("beta3", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
        ("weightDecay", OptimizerArgumentTests.NonNegative),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new Adan(
        settings["lr"], settings["betas", 0], settings["betas", 1], settings["betas", 2], settings["eps"], settings["weight_decay"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint beta3, FixedPoint epsilon, FixedPoint decay)
    {
        FixedPoint power3 = FixedPoint.One;
        return new ExactTwin(
            (c, p, g, rate, run) =>
            {
                FixedPoint change = run.T == 1 ? FixedPoint.Zero : g - c.D, ahead = g + beta2 * change;
                c.A = ExactTwin.Mean(beta1, c.A, g);
                c.B = ExactTwin.Mean(beta2, c.B, change);
                c.C = ExactTwin.Mean(beta3, c.C, ahead * ahead);
                c.D = g;
                FixedPoint mean = c.A / (FixedPoint.One - run.Power1), meanChange = c.B / (FixedPoint.One - run.Power2);
                FixedPoint divisor = FixedPoint.Sqrt(c.C / (FixedPoint.One - power3)) + epsilon;
                return (p - rate * (mean + beta2 * meanChange) / divisor) / (FixedPoint.One + rate * decay);
            },
            run =>
            {
                ExactTwin.Powers(beta1, beta2)(run);
                power3 *= beta3;
            });
    }
}
