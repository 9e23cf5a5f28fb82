using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class AggMoFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("AggMo", () => Twin(0, 0.9, 0.99), "velocity 1, velocity 2, velocity 3", "", 0.05, 500),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("AggMo, one velocity", () => (new AggMo(0.01, 1), Twin(0))),
        new("AggMo, two velocities", () => (new AggMo(0.01, 2, 0.25), Twin(0, 0.75))),
        new("AggMo, four velocities", () => (new AggMo(0.001, 4, 0.25), Twin(0, 0.75, 0.9375, 0.984375))),
        new("AggMo, five velocities", () => (new AggMo(0.001, 5, 0.5), Twin(0, 0.5, 0.75, 0.875, 0.9375))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("scale", OptimizerArgumentTests.Inside),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new AggMo(settings["lr"]);

    private static ExactTwin Twin(params double[] betas) => new((c, p, g, rate, _) =>
    {
        FixedPoint[] velocities = [c.A, c.B, c.C, c.D, c.E];
        FixedPoint sum = FixedPoint.Zero;
        for (int k = 0; k < betas.Length; k++)
            sum += velocities[k] = betas[k] * velocities[k] + g;
        (c.A, c.B, c.C, c.D, c.E) = (velocities[0], velocities[1], velocities[2], velocities[3], velocities[4]);
        return p - rate * sum / betas.Length;
    });
}
