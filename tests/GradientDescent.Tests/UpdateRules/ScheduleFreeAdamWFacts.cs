using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class ScheduleFreeAdamWFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("ScheduleFreeAdamW", () => Twin(0.9, 0.999, 1e-8, 0, 0), "average, iterate, mean square",
            $"{StateNamesTests.Beta2}, largest rate, sum of weights", 0.05, 1000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("ScheduleFreeAdamW, warm-up", () => (new ScheduleFreeAdamW(0.01, 0.95, 0.99, 1e-8, 8, 0.02), Twin(0.95, 0.99, 1e-8, 8, 0.02))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("epsilon", OptimizerArgumentTests.Positive),
        ("weightDecay", OptimizerArgumentTests.NonNegative),
        ("stepPower", OptimizerArgumentTests.NonNegative),
        ("weightPower", OptimizerArgumentTests.NonNegative),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new ScheduleFreeAdamW(
        settings["lr"], settings["betas", 0], settings["betas", 1], settings["eps"], (int)settings["warmup_steps"],
        settings["weight_decay"], settings["r"], settings["weight_lr_power"]);

    private static ExactTwin Twin(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon, int warmup, FixedPoint decay)
    {
        (FixedPoint largest, FixedPoint sum, FixedPoint now, FixedPoint share) = default((FixedPoint, FixedPoint, FixedPoint, FixedPoint));
        return new ExactTwin(
            (c, p, g, _, run) =>
            {
                if (run.T == 1)
                    (c.A, c.B) = (p, p);
                c.C = ExactTwin.Mean(beta2, c.C, g * g);
                FixedPoint scaled = g / (FixedPoint.Sqrt(c.C / (FixedPoint.One - run.Power2)) + epsilon);
                c.A -= now * (scaled + decay * p);
                c.B = ExactTwin.Mean(share, c.A, c.B);
                return ExactTwin.Mean(beta1, c.B, c.A);
            },
            ExactTwin.Powers(beta1, beta2))
        {
            Solution = c => c.B,
            Observe = (run, _, _, rate) =>
            {
                now = run.T < warmup ? rate * run.T / warmup : rate;
                largest = FixedPoint.Max(largest, now);
                sum += largest * largest;
                share = largest * largest / sum;
            },
        };
    }
}
