using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class ScheduleFreeSGDFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("ScheduleFreeSGD", () => Twin(0.9, 0, 0), "average, iterate", "largest rate, sum of weights", 0.2, 500),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("ScheduleFreeSGD, warm-up", () => (new ScheduleFreeSGD(0.05, 0.9, 10, 0.01), Twin(0.9, 10, 0.01))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("momentum", OptimizerArgumentTests.Share),
        ("weightDecay", OptimizerArgumentTests.NonNegative),
        ("stepPower", OptimizerArgumentTests.NonNegative),
        ("weightPower", OptimizerArgumentTests.NonNegative),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new ScheduleFreeSGD(
        settings["lr"], settings["momentum"], (int)settings["warmup_steps"], settings["weight_decay"], settings["r"],
        settings["weight_lr_power"]);

    private static ExactTwin Twin(FixedPoint momentum, int warmup, FixedPoint decay)
    {
        (FixedPoint largest, FixedPoint sum, FixedPoint now, FixedPoint share) = default((FixedPoint, FixedPoint, FixedPoint, FixedPoint));
        return new ExactTwin((c, p, g, _, run) =>
        {
            if (run.T == 1)
                (c.A, c.B) = (p, p);
            c.A -= now * (g + decay * p);
            c.B = ExactTwin.Mean(share, c.A, c.B);
            return ExactTwin.Mean(momentum, c.B, c.A);
        })
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
