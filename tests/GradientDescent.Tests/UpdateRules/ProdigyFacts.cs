using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class ProdigyFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("Prodigy", () => Twin(0.9, 0.999, 1e-8, 1e-6, 1), "displacement, mean, mean square, sum", "distance, numerator", 1, 2000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("Prodigy, factor 2", () => (new Prodigy(1, 0.9, 0.99, 1e-8, 0.001, 2), Twin(0.9, 0.99, 1e-8, 0.001, 2))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
        ("initialDistance", OptimizerArgumentTests.Positive),
        ("distanceFactor", OptimizerArgumentTests.Positive),
    ];

    public override string WhyGlobal => "the distance is estimated from norms of the whole vectors";

    public override double TwinTolerance => 1e-12;

    // Under gradients that do not depend on the parameters the estimated distance has no bound.
    public override int TwinUpdates => 200;

    public override Optimizer FromGolden(GoldenSettings settings) => new Prodigy(
        settings["lr"], settings["betas", 0], settings["betas", 1], settings["eps"], settings["d0"], settings["d_coef"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon, double initialDistance, FixedPoint factor)
    {
        FixedPoint kept = FixedPoint.Sqrt(beta2), numerator = FixedPoint.Zero, distance = initialDistance, next = distance;
        bool moves = false;
        return new ExactTwin((c, p, g, rate, _) =>
        {
            c.A = ExactTwin.Mean(beta1, c.A, distance * g);
            c.B = ExactTwin.Mean(beta2, c.B, distance * distance * g * g);
            return moves ? p - rate * distance * c.A / (FixedPoint.Sqrt(c.B) + next * epsilon) : p;
        })
        {
            Observe = (run, parameters, gradient, rate) =>
            {
                distance = next;
                FixedPoint gain = distance / initialDistance * distance * rate, norm = FixedPoint.Zero;
                numerator *= kept;
                for (int i = 0; i < gradient.Length; i++)
                {
                    ExactTwin.Coordinate c = run.Coordinates[i];
                    numerator += gain * gradient[i] * (c.Start - parameters[i]);
                    c.C = kept * c.C + gain * gradient[i];
                    norm += FixedPoint.Abs(c.C);
                }

                moves = norm.Sign > 0;
                if (moves)
                    next = FixedPoint.Max(distance, factor * numerator / norm);
            },
        };
    }
}
