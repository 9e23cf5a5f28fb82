namespace GradientDescent.Tests.UpdateRules;

/// <summary>Every rule against its scalar twin, bit for bit, at every length up to two widest packs of floats and some more.</summary>
public class UpdateRuleTests
{
    private const double WarmUp = 0.9998367253526753; // 0.96^0.004 = 0.99983672535267528 in 17 digits

    private delegate void TwinStep(ScalarTwin twin, double[] parameters, double[] gradient, double rate);

    private static readonly Dictionary<string, (Func<Optimizer> Create, TwinStep Step, double StartOfA, double StartOfB)> _cases = new()
    {
        ["BatchGD"] = (() => new BatchGD(), (s, p, g, r) => s.Descent(p, g, r), 0, 0),
        ["SGD"] = (() => new SGD(), (s, p, g, r) => s.Descent(p, g, r), 0, 0),
        ["MiniBatchSGD"] = (() => new MiniBatchSGD(), (s, p, g, r) => s.Descent(p, g, r), 0, 0),
        ["Momentum"] = (() => new Momentum(0.01, 0.8), (s, p, g, r) => s.Momentum(p, g, r, 0.8), 0, 0),
        ["Nesterov"] = (() => new Nesterov(0.01, 0.8), (s, p, g, r) => s.Nesterov(p, g, r, 0.8), 0, 0),
        ["Nesterov restart"] = (() => new Nesterov(0.01, 0.8, restart: true), (s, p, g, r) => s.RestartedNesterov(p, g, r, 0.8), 0, 0),
        ["AdaGrad"] = (() => new AdaGrad(), (s, p, g, r) => s.AdaGrad(p, g, r, 1e-10), 0, 0),
        ["AdaGrad, accumulator"] = (() => new AdaGrad(0.01, 1e-7, 0.1), (s, p, g, r) => s.AdaGrad(p, g, r, 1e-7), 0.1, 0),
        ["RMSProp"] = (() => new RMSProp(), (s, p, g, r) => s.RMSProp(p, g, r, 0.9, 1e-8, 0, false), 0, 0),
        ["RMSProp centred"] = (() => new RMSProp(centered: true), (s, p, g, r) => s.RMSProp(p, g, r, 0.9, 1e-8, 0, true), 0, 0),
        ["RMSProp momentum"] = (() => new RMSProp(momentum: 0.9), (s, p, g, r) => s.RMSProp(p, g, r, 0.9, 1e-8, 0.9, false), 0, 0),
        ["RMSProp both"] = (() => new RMSProp(0.01, 0.95, 1e-6, 0.7, true), (s, p, g, r) =>
            s.RMSProp(p, g, r, 0.95, 1e-6, 0.7, true), 0, 0),
        ["Adam"] = (() => new Adam(), (s, p, g, r) => s.Adam(p, g, r, 0.9, 0.999, 1e-8, false), 0, 0),
        ["Adam AMSGrad"] = (() => new Adam(0.001, 0.8, 0.9, 1e-6, true), (s, p, g, r) => s.Adam(p, g, r, 0.8, 0.9, 1e-6, true), 0, 0),
        ["AdamW"] = (() => new AdamW(weightDecay: 0.1), (s, p, g, r) => s.Adam(p, g, r, 0.9, 0.999, 1e-8, false, 0.1), 0, 0),
        ["AdamW AMSGrad"] = (() => new AdamW(amsGrad: true), (s, p, g, r) => s.Adam(p, g, r, 0.9, 0.999, 1e-8, true, 0.01), 0, 0),
        ["Adam, β 0"] = (() => new Adam(0.1, 0, 0), (s, p, g, r) => s.Adam(p, g, r, 0, 0, 1e-8, false), 0, 0),
        ["AdaMax, β 0"] = (() => new AdaMax(0.1, 0, 0), (s, p, g, r) => s.AdaMax(p, g, r, 0, 0, 1e-8), 0, 0),
        ["NAdam, β 0"] = (() => new NAdam(0.1, 0, 0), (s, p, g, r) => s.NAdam(p, g, r, 0, 0, 1e-8, WarmUp), 0, 0),
        ["RAdam, β 0"] = (() => new RAdam(0.1, 0, 0), (s, p, g, r) => s.RAdam(p, g, r, 0, 0, 1e-8), 0, 0),
        ["AdaMax"] = (() => new AdaMax(), (s, p, g, r) => s.AdaMax(p, g, r, 0.9, 0.999, 1e-8), 0, 0),
        ["NAdam"] = (() => new NAdam(), (s, p, g, r) => s.NAdam(p, g, r, 0.9, 0.999, 1e-8, WarmUp), 0, 0),
        ["RAdam"] = (() => new RAdam(), (s, p, g, r) => s.RAdam(p, g, r, 0.9, 0.999, 1e-8), 0, 0),
        ["AdaDelta"] = (() => new AdaDelta(), (s, p, g, r) => s.AdaDelta(p, g, r, 0.9, 1e-6), 0, 0),
        ["Rprop"] = (() => new Rprop(), (s, p, g, r) => s.Rprop(p, g, r / 0.01, 0.5, 1.2, 1e-6, 50), 0, 0.01),
    };

    public static TheoryData<string> Names => [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AtEveryLength_EqualsThePlainLoop(string name)
    {
        (Func<Optimizer> create, TwinStep step, double startOfA, double startOfB) = _cases[name];
        for (int length = 0; length <= 67; length++)
        {
            Optimizer optimizer = create();
            var twin = new ScalarTwin(length, startOfA, startOfB);
            double[] actual = [.. Enumerable.Range(0, length).Select(i => Math.Sin(i))];
            double[] expected = [.. actual];

            for (int t = 0; t < 20; t++) // RAdam begins to rectify at the sixth
            {
                double[] gradient = [.. Enumerable.Range(0, length)
                    .Select(i => i % 11 == 7 ? 0 : Math.Cos(0.7 * i * t + t) * Math.Pow(10, i % 7 - 3))];
                double rate = 0.01 / (1 + t % 4);
                optimizer.Update(actual, gradient, rate);
                step(twin, expected, gradient, rate);
            }

            actual.Should().Equal(expected, "length is {0}", length);
        }
    }

    [Fact]
    public void Update_FirstStepOfAdam_MovesEveryCoordinateByTheLearningRate()
    {
        // t = 1: m̂ = g and v̂ = g², so the step is η g / (|g| + ε); its size does not depend on g.
        double[] parameters = [1.0, -2.0];

        new Adam().Update(parameters, [0.5, -40.0], learningRate: 0.1);

        parameters.Should().Equal([0.9, -1.9], (actual, expected) => Math.Abs(actual - expected) < 1e-8);
    }

    [Fact]
    public void Update_OfAdamWithoutMemory_ForgetsALargeGradientCompletely()
    {
        // β₁ = β₂ = 0: m = g and v = g², so every step is η g/(|g| + ε), whatever came before.
        double[] parameters = [0];
        var optimizer = new Adam(0.1, 0, 0, epsilon: 1e-30);

        optimizer.Update(parameters, [1e10]);
        optimizer.Update(parameters, [1e-7]);

        parameters[0].Should().BeApproximately(-0.2, 1e-15);
    }

    [Fact]
    public void Update_OfNesterov_EqualsTheTextbookLookAheadUnderADecayingRate()
    {
        // Textbook: v ← μv − η∇f(x + μv), x ← x + v. Ours is y = x + μv. f = ½Σcx²; the two differ by rounding alone: 200 steps of a
        // contraction with a few roundings each, on numbers of size 1, stay within 200 · 8 · 2⁻⁵³ < 2e-13.
        double[] curvature = [1, 3, 7], x = [1, -2, 0.5], v = new double[3];
        double[] y = [.. x], gradient = new double[3];
        var optimizer = new Nesterov(0.1, 0.9);

        for (int t = 0; t < 200; t++)
        {
            double rate = 0.1 / (1 + t / 50.0);
            for (int i = 0; i < 3; i++)
            {
                gradient[i] = curvature[i] * y[i];
                v[i] = 0.9 * v[i] - rate * curvature[i] * (x[i] + 0.9 * v[i]);
                x[i] += v[i];
            }

            optimizer.Update(y, gradient, rate);
            for (int i = 0; i < 3; i++)
                y[i].Should().BeApproximately(x[i] + 0.9 * v[i], 2e-13);
        }
    }

    [Fact]
    public void Update_OfMomentumZero_EqualsSGD()
    {
        foreach (Optimizer zero in (Optimizer[])[new Momentum(0.1, 0), new Nesterov(0.1, 0)])
        {
            double[] expected = [1, -2, 3], actual = [1, -2, 3];
            var plain = new SGD(0.1);
            for (int t = 0; t < 10; t++)
            {
                double[] gradient = [.. expected.Select(p => Math.Sin(p + t))];
                plain.Update(expected, gradient);
                zero.Update(actual, gradient);
            }

            actual.Should().Equal(expected);
        }
    }

    [Theory]
    [InlineData(1234.567f)]
    [InlineData(1f)]
    public void Update_OfCentredRMSPropUnderAConstantGradient_StaysFiniteInFloat(float gradient)
    {
        // s − m² cancels to a tiny negative number in float; unclamped, its root is NaN after some thousand updates.
        float[] parameters = new float[3];
        var optimizer = new RMSProp(learningRate: 0.01, rho: 0.99, centered: true);

        for (int t = 0; t < 6000; t++)
            optimizer.Update(parameters, [gradient, -gradient, 0]);

        parameters.Should().OnlyContain(p => float.IsFinite(p));
        parameters[2].Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(EpsilonRules))]
    public void Update_WithAnEpsilonTooSmallForTheType_StaysFiniteAndBounded(string name)
    {
        // ε = 1e-300 rounds to 0 in float. It is raised to √(smallest normal number), so 0/0 is 0 and a gradient whose square underflows
        // moves at most by about the first step of an ordinary one: η/√(1 − ρ) with ρ ≤ 0.999, that is 32 η.
        Optimizer optimizer = _epsilonRules[name];
        float[] parameters = new float[4];

        optimizer.Update(parameters, [0, 1e-30f, 1e-25f, 1]);

        parameters.Should().OnlyContain(p => Math.Abs(p) <= 32 * 0.01f);
        parameters[0].Should().Be(0);
    }

    public static TheoryData<string> EpsilonRules => [.. _epsilonRules.Keys];

    private static readonly Dictionary<string, Optimizer> _epsilonRules = new()
    {
        ["AdaGrad"] = new AdaGrad(0.01, 1e-300),
        ["RMSProp"] = new RMSProp(0.01, epsilon: 1e-300),
        ["RMSProp centred"] = new RMSProp(0.01, epsilon: 1e-300, centered: true),
        ["Adam"] = new Adam(0.01, epsilon: 1e-300),
        ["AdamW"] = new AdamW(0.01, epsilon: 1e-300),
        ["AdaMax"] = new AdaMax(0.01, epsilon: 1e-300),
        ["NAdam"] = new NAdam(0.01, epsilon: 1e-300),
        ["RAdam"] = new RAdam(0.01, epsilon: 1e-300),
        ["AdaDelta"] = new AdaDelta(0.01, epsilon: 1e-300),
    };
}
