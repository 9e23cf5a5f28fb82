using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class ADOPTFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("ADOPT", () => Twin(0.9, 0.9999, 1e-6), "mean, mean square", "", 0.01, 1000),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) =>
        new ADOPT(settings["lr"], settings["betas", 0], settings["betas", 1], settings["eps"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon) => new((c, p, g, rate, run) =>
    {
        FixedPoint square = g * g;
        if (run.T == 1)
        {
            c.B = square;
            return p;
        }

        FixedPoint limit = FixedPoint.Sqrt(FixedPoint.Sqrt(run.T - 1));
        FixedPoint scaled = g / FixedPoint.Max(FixedPoint.Sqrt(c.B), epsilon);
        c.A = ExactTwin.Mean(beta1, c.A, FixedPoint.Max(FixedPoint.Min(scaled, limit), FixedPoint.Zero - limit));
        c.B = ExactTwin.Mean(beta2, c.B, square);
        return p - rate * c.A;
    });
}
