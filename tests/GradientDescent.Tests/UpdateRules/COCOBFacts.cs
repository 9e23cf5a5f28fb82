using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class COCOBFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("COCOB", () => Twin(100), "largest gradient, reward, start, sum of magnitudes, sum of negative gradients", "", 1, 2000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("COCOB, α 10", () => (new COCOB(0.5, 10), Twin(10))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("alpha", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) =>
        throw new NotSupportedException("The stored trajectories have none of COCOB.");

    private static ExactTwin Twin(FixedPoint alpha) => new((c, p, g, rate, _) =>
    {
        c.A = FixedPoint.Max(c.A, FixedPoint.Abs(g));
        c.B += FixedPoint.Abs(g);
        c.C = FixedPoint.Max(c.C - g * (p - c.Start), FixedPoint.Zero);
        c.D -= g;
        if (c.A.Sign == 0)
            return p;
        FixedPoint point = c.Start + c.D * (c.A + c.C) / (c.A * FixedPoint.Max(c.B + c.A, alpha * c.A));
        return p + rate * (point - p);
    });
}
