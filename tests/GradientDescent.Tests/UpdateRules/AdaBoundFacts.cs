using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class AdaBoundFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("AdaBound", () => Twin(0.001, 0.1, 0.9, 0.999, 1e-3, 1e-8, false), "mean, mean square",
            $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}", 0.01, 1000),
        new("AdaBound amsBound", () => Twin(0.001, 0.1, 0.9, 0.999, 1e-3, 1e-8, true), "largest mean square, mean, mean square",
            $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}", 0.01, 1000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("AdaBound, near bounds",
            () => (new AdaBound(0.01, 0.05, 0.9, 0.99, 0.01, 1e-8, true), Twin(0.01, 0.05, 0.9, 0.99, 0.01, 1e-8, true))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("finalRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("gamma", OptimizerArgumentTests.Inside),
        ("epsilon", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new AdaBound(
        settings["lr"], settings["final_lr"], settings["betas", 0], settings["betas", 1], settings["gamma"], settings["eps"],
        settings.Flag("ams_bound"));

    private static ExactTwin Twin(
        double baseRate, double finalRate, FixedPoint beta1, FixedPoint beta2, double gamma, FixedPoint epsilon, bool amsBound) => new(
        (c, p, g, rate, run) =>
        {
            c.A = ExactTwin.Mean(beta1, c.A, g);
            c.B = ExactTwin.Mean(beta2, c.B, g * g);
            c.C = amsBound ? FixedPoint.Max(c.C, c.B) : c.B;
            FixedPoint end = finalRate * rate / baseRate;
            FixedPoint lowest = end * (FixedPoint.One - FixedPoint.One / ((FixedPoint)gamma * run.T + FixedPoint.One));
            FixedPoint highest = end * (FixedPoint.One + FixedPoint.One / ((FixedPoint)gamma * run.T));
            FixedPoint corrected = rate * FixedPoint.Sqrt(FixedPoint.One - run.Power2) / (FixedPoint.One - run.Power1);
            FixedPoint free = corrected / (FixedPoint.Sqrt(c.C) + epsilon);
            return p - FixedPoint.Max(lowest, FixedPoint.Min(highest, free)) * c.A;
        },
        ExactTwin.Powers(beta1, beta2));
}
