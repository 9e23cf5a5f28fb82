using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class DiffGradFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("DiffGrad", () => Twin(0.9, 0.999, 1e-8), "last gradient, mean, mean square",
            $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}", 0.05, 500),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) =>
        new DiffGrad(settings["lr"], settings["betas", 0], settings["betas", 1], settings["eps"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon) => new(
        (c, p, g, rate, run) =>
        {
            c.A = ExactTwin.Mean(beta1, c.A, g);
            c.B = ExactTwin.Mean(beta2, c.B, g * g);
            FixedPoint falling = FixedPoint.Of(Dyadic.Exp((FixedPoint.Zero - FixedPoint.Abs(c.C - g)).ToDyadic()));
            c.C = g;
            FixedPoint mean = c.A / (FixedPoint.One - run.Power1);
            return p - rate * mean / (FixedPoint.One + falling) / (FixedPoint.Sqrt(c.B / (FixedPoint.One - run.Power2)) + epsilon);
        },
        ExactTwin.Powers(beta1, beta2));
}
