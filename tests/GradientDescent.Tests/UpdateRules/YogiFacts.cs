using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class YogiFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("Yogi", () => Twin(0.9, 0.999, 1e-3, 1e-6), "mean, mean square",
            $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}", 0.05, 500),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("Yogi, accumulator", () => (new Yogi(0.01, 0.8, 0.95, 1e-2, 0.5), Twin(0.8, 0.95, 1e-2, 0.5))),
        new("Yogi, m from the accumulator", () => (new Yogi(0.01, 0.8, 0.95, 1e-2, 0.5, true), Twin(0.8, 0.95, 1e-2, 0.5, 0.5))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
        ("initialAccumulator", OptimizerArgumentTests.NonNegative),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) =>
        new Yogi(settings["lr"], settings["betas", 0], settings["betas", 1], settings["eps"], settings["initial_accumulator"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon, double start, double mean = 0) => new(
        (c, p, g, rate, run) =>
        {
            c.A = ExactTwin.Mean(beta1, c.A, g);
            c.B -= (FixedPoint.One - beta2) * (c.B - g * g).Sign * (g * g);
            return p - rate * c.A / (FixedPoint.One - run.Power1) / (FixedPoint.Sqrt(c.B / (FixedPoint.One - run.Power2)) + epsilon);
        },
        ExactTwin.Powers(beta1, beta2),
        startOfA: mean,
        startOfB: start);
}
