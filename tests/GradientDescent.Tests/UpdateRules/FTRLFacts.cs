using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class FTRLFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("FTRL", () => Twin(0.1, 1, 0, 0), "solution slope, sum of squares", "", 0.5, 500),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("FTRL, penalties", () => (new FTRL(0.2, 1, 0.05, 0.01), Twin(0.2, 1, 0.05, 0.01))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta", OptimizerArgumentTests.Positive),
        ("l1Strength", OptimizerArgumentTests.NonNegative),
        ("l2Strength", OptimizerArgumentTests.NonNegative),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new FTRL(
        settings["lr"], settings["beta"], settings["lambda_1"], settings["lambda_2"]);

    private static ExactTwin Twin(double baseRate, FixedPoint beta, FixedPoint l1, FixedPoint l2) => new((c, p, g, rate, run) =>
    {
        if (run.T == 1)
        {
            c.C = beta / baseRate;
            c.B = FixedPoint.Zero - p * (c.C + l2) - p.Sign * l1;
        }

        c.A += g * g;
        FixedPoint strength = (beta + FixedPoint.Sqrt(c.A)) / rate;
        c.B += g - (strength - c.C) * p;
        c.C = strength;
        FixedPoint beyond = FixedPoint.Abs(c.B) - l1;
        return beyond.Sign <= 0 ? FixedPoint.Zero : FixedPoint.Zero - c.B.Sign * beyond / (strength + l2);
    });
}
