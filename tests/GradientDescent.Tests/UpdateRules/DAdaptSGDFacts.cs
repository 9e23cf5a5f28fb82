using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class DAdaptSGDFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("DAdaptSGD", () => Twin(0, 1e-6), "start, sum", "distance, first norm, numerator", 1, 2000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("DAdaptSGD, momentum", () => (new DAdaptSGD(0.5, 0.9, 0.01), Twin(0.9, 0.01))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("momentum", OptimizerArgumentTests.Share),
        ("initialDistance", OptimizerArgumentTests.Positive),
    ];

    public override string WhyGlobal => "the distance is estimated from norms of the whole vectors";

    public override Optimizer FromGolden(GoldenSettings settings) => new DAdaptSGD(settings["lr"], settings["momentum"], settings["d0"]);

    private static ExactTwin Twin(FixedPoint momentum, double initialDistance)
    {
        (FixedPoint numerator, FixedPoint distance, FixedPoint weight) = (FixedPoint.Zero, initialDistance, FixedPoint.Zero);
        FixedPoint? firstNorm = null;
        return new ExactTwin((c, p, g, _, _) => ExactTwin.Mean(momentum, p, c.Start - c.A))
        {
            Observe = (run, _, gradient, rate) =>
            {
                firstNorm ??= FixedPoint.Norm(gradient) is { Sign: > 0 } norm ? norm : null;
                weight = firstNorm is { } first ? distance * rate / first : FixedPoint.Zero;
                for (int i = 0; i < gradient.Length; i++)
                    numerator += weight * gradient[i] * run.Coordinates[i].A;
                for (int i = 0; i < gradient.Length; i++)
                    run.Coordinates[i].A += weight * gradient[i];
                FixedPoint length = FixedPoint.Norm(run.Coordinates.Select(c => c.A));
                if (length.Sign > 0)
                    distance = FixedPoint.Max(distance, 2 * numerator / length);
            },
        };
    }
}
