using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

internal sealed class AdEMAMixFacts : RuleFacts
{
    public override IEnumerable<RuleVariant> Variants =>
    [
        new("AdEMAMix", () => Twin(0.9, 0.999, 0.9999, 5, 0), "mean, mean square, slow mean",
            $"{StateNamesTests.Beta1}, {StateNamesTests.Beta2}", 0.002, 20000),
    ];

    protected override IEnumerable<RuleCase> Others =>
    [
        new("AdEMAMix, warm-up", () => (new AdEMAMix(0.001, 0.9, 0.999, 0.9999, 8, 40), Twin(0.9, 0.999, 0.9999, 8, 40))),
    ];

    public override IEnumerable<(string Name, string Allowed)> Arguments =>
    [
        ("learningRate", OptimizerArgumentTests.Positive),
        ("beta1", OptimizerArgumentTests.Share),
        ("beta2", OptimizerArgumentTests.Share),
        ("beta3", OptimizerArgumentTests.Share),
        ("alpha", OptimizerArgumentTests.NonNegative),
        ("epsilon", OptimizerArgumentTests.Positive),
    ];

    public override Optimizer FromGolden(GoldenSettings settings) => new AdEMAMix(
        settings["lr"], settings["betas", 0], settings["betas", 1], settings["betas", 2], settings["alpha"],
        (int)settings.OrZero("t_alpha_beta3"), settings["eps"]);

    private static ExactTwin Twin(double beta1, FixedPoint beta2, double beta3, double alpha, int warmup)
    {
        (FixedPoint slowDecay, FixedPoint weight) = (beta3, alpha);
        return new ExactTwin(
            (c, p, g, rate, run) =>
            {
                c.A = ExactTwin.Mean(beta1, c.A, g);
                c.B = ExactTwin.Mean(slowDecay, c.B, g);
                c.C = ExactTwin.Mean(beta2, c.C, g * g);
                FixedPoint mean = c.A / (FixedPoint.One - run.Power1);
                return p - rate * (mean + weight * c.B) / (FixedPoint.Sqrt(c.C / (FixedPoint.One - run.Power2)) + 1e-8);
            },
            run =>
            {
                ExactTwin.Powers(beta1, beta2)(run);
                if (run.T > warmup)
                    return;
                // Half-lives ln ½/ln β: linear in t, from that of β₁ to that of β₃.
                FixedPoint share = (FixedPoint)run.T / warmup;
                FixedPoint first = FixedPoint.Of(Dyadic.Log(Dyadic.Of(beta1))), last = FixedPoint.Of(Dyadic.Log(Dyadic.Of(beta3)));
                FixedPoint inverse = (FixedPoint.One - share) / first + share / last;
                slowDecay = FixedPoint.Of(Dyadic.Exp((FixedPoint.One / inverse).ToDyadic()));
                weight = share * alpha;
            });
    }
}
