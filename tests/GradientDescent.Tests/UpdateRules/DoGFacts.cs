using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class DoGFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("DoG", () => Twin(1e-6), "average, start", "largest distance, sum of squares", 1, 2000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("DoG, initial distance 0.1", () => (new DoG(0.5, 0.1), Twin(0.1))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("initialDistance", OptimizerArgumentTests.Positive),
    ];

    public override string WhyGlobal => "the rate is made of norms of the whole vectors";

    public override double TwinTolerance => 1e-12;

    public override Optimizer FromGolden(GoldenSettings settings) =>
        throw new NotSupportedException("The stored trajectories have none of DoG.");

    private static ExactTwin Twin(double initialDistance)
    {
        (FixedPoint distance, FixedPoint squares, FixedPoint now) = default((FixedPoint, FixedPoint, FixedPoint));
        return new ExactTwin((c, p, g, _, run) =>
        {
            if (run.T == 1)
                c.A = p;
            FixedPoint moved = p - now * g;
            c.A += (FixedPoint)9 / (run.T + 8) * (moved - c.A);
            return moved;
        })
        {
            Solution = c => c.A,
            Observe = (run, parameters, gradient, rate) =>
            {
                FixedPoint away = FixedPoint.Norm(parameters.Select((p, i) => p - run.Coordinates[i].Start));
                distance = run.T == 1
                    ? initialDistance * (FixedPoint.One + FixedPoint.Norm(parameters))
                    : FixedPoint.Max(distance, away);
                FixedPoint norm = FixedPoint.Norm(gradient);
                squares += norm * norm;
                now = rate * distance / FixedPoint.Sqrt(squares + 1e-8);
            },
        };
    }
}
