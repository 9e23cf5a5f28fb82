using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class LionFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("Lion", () => Twin(0.9, 0.99, 0), "mean", "", 0.0005, 4000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("Lion, decay 0.5", () => (new Lion(0.01, 0.8, 0.95, 0.5), Twin(0.8, 0.95, 0.5))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("weightDecay", OptimizerArgumentTests.NonNegative),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) =>
        new Lion(settings["lr"], settings["betas", 0], settings["betas", 1], settings["weight_decay"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint decay) => new((c, p, g, rate, _) =>
    {
        FixedPoint direction = ExactTwin.Mean(beta1, c.A, g).Sign;
        c.A = ExactTwin.Mean(beta2, c.A, g);
        return p * (FixedPoint.One - rate * decay) - rate * direction;
    });
}
