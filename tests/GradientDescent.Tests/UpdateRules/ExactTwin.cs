using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

/// <summary>
/// Each update rule with nothing rounded that a double could show, written as in its paper: bias corrections as divisions of the means,
/// powers of β as powers, momenta in the form that the optimizer documents.
/// </summary>
internal sealed class ExactTwin
{
    internal delegate FixedPoint Rule(Coordinate c, FixedPoint p, FixedPoint g, FixedPoint rate, ExactTwin run);

    internal delegate void Observer(ExactTwin run, FixedPoint[] parameters, FixedPoint[] gradient, FixedPoint rate);

    private readonly Rule _rule;
    private readonly Action<ExactTwin> _advance;
    private readonly FixedPoint _startOfA;
    private readonly FixedPoint _startOfB;
    private Coordinate[] _coordinates = [];

    public ExactTwin(Rule rule, Action<ExactTwin>? advance = null, double startOfA = 0, double startOfB = 0) =>
        (_rule, _advance, _startOfA, _startOfB) = (rule, advance ?? (_ => { }), startOfA, startOfB);

    /// <summary>An optimizer and its twin, by a name of <see cref="Contracts.AllOptimizers"/> or with other settings.</summary>
    public static IReadOnlyDictionary<string, Func<(Optimizer Optimizer, ExactTwin Twin)>> ByName { get; } = new Dictionary<string,
        Func<(Optimizer, ExactTwin)>>
    {
        ["BatchGD"] = () => (new BatchGD(), Descent()),
        ["SGD"] = () => (new SGD(), Descent()),
        ["MiniBatchSGD"] = () => (new MiniBatchSGD(), Descent()),
        ["Momentum"] = () => (new Momentum(), Momentum(0.9)),
        ["Momentum 0.99"] = () => (new Momentum(0.001, 0.99), Momentum(0.99)),
        ["Momentum rate outside"] = () => (new Momentum(dampening: 0.1, rateInVelocity: false), MomentumOutside(0.9, 0.1)),
        ["Momentum dampening"] = () => (new Momentum(dampening: 0.3), Momentum(0.9, 0.3)),
        ["Nesterov"] = () => (new Nesterov(), Nesterov(0.9)),
        ["Nesterov rate outside"] = () => (new Nesterov(rateInVelocity: false), NesterovOutside(0.9)),
        ["Nesterov restart"] = () => (new Nesterov(momentum: 0.999, restart: true), RestartedNesterov(0.999)),
        ["Nesterov 0.99"] = () => (new Nesterov(0.001, 0.99), Nesterov(0.99)),
        ["AdaGrad"] = () => (new AdaGrad(), AdaGrad(1e-10)),
        ["AdaGrad root"] = () => (new AdaGrad(epsilonInRoot: true), AdaGrad(1e-10, inRoot: true)),
        ["AdaGrad root, accumulator"] = () => (new AdaGrad(0.1, 1e-3, 0.1, true), AdaGrad(1e-3, 0.1, inRoot: true)),
        ["AdaGrad accumulator"] = () => (new AdaGrad(0.1, 1e-7, 0.1), AdaGrad(1e-7, 0.1)),
        ["RMSProp"] = () => (new RMSProp(), RMSProp(0.9, 1e-8)),
        ["RMSProp centred"] = () => (new RMSProp(centered: true), RMSProp(0.9, 1e-8, centered: true)),
        ["RMSProp momentum"] = () => (new RMSProp(momentum: 0.9), RMSProp(0.9, 1e-8, 0.9)),
        ["RMSProp centred momentum"] = () => (new RMSProp(momentum: 0.9, centered: true), RMSProp(0.9, 1e-8, 0.9, centered: true)),
        ["RMSProp rate outside"] = () => (new RMSProp(momentum: 0.9, rateInVelocity: false), RMSProp(0.9, 1e-8, 0.9, outside: true)),
        ["RMSProp root"] = () => (new RMSProp(initialAccumulator: 1, epsilonInRoot: true), RMSProp(0.9, 1e-8, inRoot: true, start: 1)),
        ["RMSProp root, all"] = () => (new RMSProp(momentum: 0.9, centered: true, epsilonInRoot: true, rateInVelocity: false),
            RMSProp(0.9, 1e-8, 0.9, centered: true, inRoot: true, outside: true)),
        ["RMSProp root 1e-3"] = () => (new RMSProp(0.01, 0.99, 1e-3, epsilonInRoot: true), RMSProp(0.99, 1e-3, inRoot: true)),
        ["RMSProp 0.99"] = () => (new RMSProp(0.01, 0.99, 1e-3, 0.5, true), RMSProp(0.99, 1e-3, 0.5, centered: true)),
        ["Adam"] = () => (new Adam(), Adam(0.9, 0.999, 1e-8)),
        ["Adam AMSGrad"] = () => (new Adam(amsGrad: true), Adam(0.9, 0.999, 1e-8, amsGrad: true)),
        ["Adam, β 0"] = () => (new Adam(0.01, 0, 0, 0.1), Adam(0, 0, 0.1)),
        ["Adam ε̂"] = () => (new Adam(0.01, 0.8, 0.95, 1e-3, epsilonHat: true), Adam(0.8, 0.95, 1e-3, epsilonHat: true)),
        ["Adam AMSGrad ε̂"] = () => (new Adam(0.01, 0.8, 0.95, 1e-3, amsGrad: true, epsilonHat: true),
            Adam(0.8, 0.95, 1e-3, amsGrad: true, epsilonHat: true)),
        ["AdamW ε̂"] = () => (new AdamW(epsilon: 1e-3, epsilonHat: true), Adam(0.9, 0.999, 1e-3, decay: 0.01, epsilonHat: true)),
        ["Adam AMSGrad corrected"] = () => (new Adam(amsGrad: true, correctsBeforeMaximum: true),
            Adam(0.9, 0.999, 1e-8, correctedMaximum: true)),
        ["AdamW"] = () => (new AdamW(), Adam(0.9, 0.999, 1e-8, decay: 0.01)),
        ["AdamW AMSGrad"] = () => (new AdamW(amsGrad: true), Adam(0.9, 0.999, 1e-8, amsGrad: true, decay: 0.01)),
        ["AdamW, decay 0.5"] = () => (new AdamW(0.02, 0.8, 0.95, 1e-4, 0.5), Adam(0.8, 0.95, 1e-4, decay: 0.5)),
        ["AdaMax"] = () => (new AdaMax(), AdaMax(0.9, 0.999, 1e-8)),
        ["AdaMax outside"] = () => (new AdaMax(epsilonInMaximum: false), AdaMax(0.9, 0.999, 1e-8, inMaximum: false)),
        ["AdaMax outside, ε 1e-2"] = () => (new AdaMax(0.01, 0.8, 0.9, 1e-2, false), AdaMax(0.8, 0.9, 1e-2, inMaximum: false)),
        ["AdaMax, β₂ 0.9"] = () => (new AdaMax(0.01, 0.8, 0.9, 1e-3), AdaMax(0.8, 0.9, 1e-3)),
        ["NAdam"] = () => (new NAdam(), NAdam(0.9, 0.999, 1e-8, 0.004)),
        ["NAdam, ψ 0"] = () => (new NAdam(momentumDecay: 0), NAdam(0.9, 0.999, 1e-8, 0)),
        ["NAdam, ψ 0.3"] = () => (new NAdam(0.01, 0.8, 0.99, 1e-4, 0.3), NAdam(0.8, 0.99, 1e-4, 0.3)),
        ["RAdam"] = () => (new RAdam(), RAdam(0.9, 0.999, 1e-8)),
        ["RAdam, ε not hat"] = () => (new RAdam(0.01, 0.8, 0.95, 1e-3, false), RAdam(0.8, 0.95, 1e-3, epsilonHat: false)),
        ["RAdam, β₂ 0.9999"] = () => (new RAdam(beta2: 0.9999), RAdam(0.9, 0.9999, 1e-8)),
        ["RAdam, β₂ 0.99999"] = () => (new RAdam(beta2: 0.99999), RAdam(0.9, 0.99999, 1e-8)),
        ["RAdam, β₂ 0.9999999"] = () => (new RAdam(beta2: 0.9999999), RAdam(0.9, 0.9999999, 1e-8)),
        ["RAdam, 1 − β₂ 1e-12"] = () => (new RAdam(beta2: 1 - 1e-12), RAdam(0.9, 1 - 1e-12, 1e-8)),
        ["Adam, 1 − β 1e-12"] = () => (new Adam(0.001, 1 - 1e-12, 1 - 1e-12), Adam(1 - 1e-12, 1 - 1e-12, 1e-8)),
        ["Adam, 1 − β 2⁻⁵³"] = () => (new Adam(0.001, Math.BitDecrement(1), Math.BitDecrement(1)),
            Adam(Math.BitDecrement(1), Math.BitDecrement(1), 1e-8)),
        ["AdaMax, 1 − β₁ 1e-12"] = () => (new AdaMax(0.001, 1 - 1e-12), AdaMax(1 - 1e-12, 0.999, 1e-8)),
        ["NAdam, 1 − β 1e-12"] = () => (new NAdam(0.001, 1 - 1e-12, 1 - 1e-12), NAdam(1 - 1e-12, 1 - 1e-12, 1e-8, 0.004)),
        ["NAdam, 1 − β 1e-12, ψ 1000"] = () => (new NAdam(0.001, 1 - 1e-12, 1 - 1e-12, momentumDecay: 1000),
            NAdam(1 - 1e-12, 1 - 1e-12, 1e-8, 1000)),
        ["RAdam, β₂ 0.6"] = () => (new RAdam(0.001, 0.9, 0.6), RAdam(0.9, 0.6, 1e-8)), // never rectified
        ["RAdam, β₂ 0.95"] = () => (new RAdam(0.01, 0.8, 0.95, 1e-3), RAdam(0.8, 0.95, 1e-3)),
        ["AdaDelta"] = () => (new AdaDelta(), AdaDelta(0.9, 1e-6)),
        ["AdaDelta 0.99"] = () => (new AdaDelta(0.5, 0.99, 1e-3), AdaDelta(0.99, 1e-3)),
        ["Rprop"] = () => (new Rprop(), Rprop(0.01, 0.5, 1.2, 1e-6, 50)),
        ["Rprop, bounds"] = () => (new Rprop(0.1, 0.4, 1.5, 0.05, 0.3), Rprop(0.1, 0.4, 1.5, 0.05, 0.3)),
    }
    .Concat(RuleFacts.All.SelectMany(rule => rule.Cases).Select(one => KeyValuePair.Create(one.Name, one.Pair))).ToDictionary();

    /// <summary>Updates so far, this one included.</summary>
    public int T { get; private set; }

    public FixedPoint Power1 { get; private set; } = FixedPoint.One;

    public FixedPoint Power2 { get; private set; } = FixedPoint.One;

    /// <summary>Looks at all coordinates before a step.</summary>
    public Observer Observe { private get; init; } = (_, _, _, _) => { };

    /// <summary>The solution of a coordinate, if it is not the parameter.</summary>
    public Func<Coordinate, FixedPoint>? Solution { get; init; }

    public IReadOnlyList<Coordinate> Coordinates => _coordinates;

    /// <summary>NAdam's μₜ, μₜ₊₁ and μ₁⋯μₜ.</summary>
    private (FixedPoint Now, FixedPoint Following, FixedPoint Product) Momenta { get; set; } =
        (FixedPoint.Zero, FixedPoint.Zero, FixedPoint.One);

    public void Update(FixedPoint[] parameters, FixedPoint[] gradient, FixedPoint rate)
    {
        if (T++ == 0)
            _coordinates = [.. parameters.Select(p => new Coordinate { A = _startOfA, B = _startOfB, Start = p })];
        _advance(this);
        Observe(this, parameters, gradient, rate);
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = _rule(_coordinates[i], parameters[i], gradient[i], rate, this);
    }

    private static ExactTwin Descent() => new((_, p, g, rate, _) => p - rate * g);

    private static ExactTwin Momentum(FixedPoint mu, double dampening = 0) => new((c, p, g, rate, run) =>
    {
        c.A = mu * c.A - rate * g * (run.T == 1 ? 1 : FixedPoint.One - dampening);
        return p + c.A;
    });

    private static ExactTwin MomentumOutside(FixedPoint mu, double dampening) => new((c, p, g, rate, run) =>
    {
        c.A = mu * c.A + g * (run.T == 1 ? 1 : FixedPoint.One - dampening);
        return p - rate * c.A;
    });

    private static ExactTwin NesterovOutside(FixedPoint mu) => new((c, p, g, rate, _) =>
    {
        c.A = mu * c.A + g;
        return p - rate * (g + mu * c.A);
    });

    private static ExactTwin Nesterov(FixedPoint mu) => new((c, p, g, rate, _) =>
    {
        c.A = mu * c.A - rate * g;
        return p + mu * c.A - rate * g;
    });

    private static ExactTwin RestartedNesterov(FixedPoint limit)
    {
        (FixedPoint now, FixedPoint following) = (FixedPoint.Zero, FixedPoint.Zero);
        int sinceRestart = 1;
        return new ExactTwin((c, p, g, rate, _) =>
        {
            c.A = now * c.A - rate * g;
            return p + following * c.A - rate * g;
        })
        {
            Observe = (run, _, gradient, rate) =>
            {
                now = MomentumAt(sinceRestart);
                FixedPoint uphill = FixedPoint.Zero;
                for (int i = 0; i < gradient.Length; i++)
                    uphill += gradient[i] * (now * run._coordinates[i].A - rate * gradient[i]);
                if (uphill.CompareTo(FixedPoint.Zero) > 0)
                    sinceRestart = 0;
                following = MomentumAt(++sinceRestart);
            },
        };

        FixedPoint MomentumAt(int t) =>
            t <= 1 ? FixedPoint.Zero : (FixedPoint)(t - 1) / (t + 2) is var growing && growing.CompareTo(limit) < 0 ? growing : limit;
    }

    private static ExactTwin AdaGrad(FixedPoint epsilon, double start = 0, bool inRoot = false) => new(
        (c, p, g, rate, _) =>
        {
            c.A += g * g;
            return p - rate * g / Divisor(c.A, epsilon, inRoot);
        },
        startOfA: start);

    private static FixedPoint Divisor(FixedPoint square, FixedPoint epsilon, bool inRoot) =>
        inRoot ? FixedPoint.Sqrt(square + epsilon) : FixedPoint.Sqrt(square) + epsilon;

    private static ExactTwin RMSProp(FixedPoint rho, FixedPoint epsilon, double momentum = 0, bool centered = false, bool inRoot = false,
        bool outside = false, double start = 0) =>
        new((c, p, g, rate, _) =>
    {
        c.A = Mean(rho, c.A, g * g);
        c.B = Mean(rho, c.B, g);
        FixedPoint variance = centered ? FixedPoint.Max(c.A - c.B * c.B, FixedPoint.Zero) : c.A;
        c.C = (FixedPoint)momentum * c.C - (outside ? 1 : rate) * (g / Divisor(variance, epsilon, inRoot));
        return p + (outside ? rate : 1) * c.C;
    },
    startOfA: start);

    private static ExactTwin Adam(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon, bool amsGrad = false, double decay = 0,
        bool epsilonHat = false, bool correctedMaximum = false) => new(
        (c, p, g, rate, run) =>
        {
            FixedPoint kept = p * (FixedPoint.One - rate * decay);
            c.A = Mean(beta1, c.A, g);
            c.B = Mean(beta2, c.B, g * g);
            FixedPoint mean = c.A / (FixedPoint.One - run.Power1), filled = FixedPoint.One - run.Power2;
            if (correctedMaximum)
            {
                c.C = FixedPoint.Max(c.C, c.B / filled);
                return kept - rate * mean / (FixedPoint.Sqrt(c.C) + epsilon);
            }

            c.C = amsGrad ? FixedPoint.Max(c.C, c.B) : c.B;
            if (epsilonHat)
                return kept - rate * mean * FixedPoint.Sqrt(filled) / (FixedPoint.Sqrt(c.C) + epsilon);
            FixedPoint meanSquare = c.C / filled;
            return kept - rate * mean / (FixedPoint.Sqrt(meanSquare) + epsilon);
        },
        Powers(beta1, beta2));

    private static ExactTwin AdaMax(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon, bool inMaximum = true) => new(
        (c, p, g, rate, run) =>
        {
            c.A = Mean(beta1, c.A, g);
            c.B = FixedPoint.Max(beta2 * c.B, inMaximum ? FixedPoint.Abs(g) + epsilon : FixedPoint.Abs(g));
            return p - rate / (FixedPoint.One - run.Power1) * c.A / (inMaximum ? c.B : c.B + epsilon);
        },
        Powers(beta1, beta2));

    private static ExactTwin NAdam(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon, double psi)
    {
        // 0.96 itself, not the double beside it.
        FixedPoint warmUp = FixedPoint.Of(Dyadic.Exp(Dyadic.Of(psi) * Dyadic.Log(Dyadic.Of(96) / Dyadic.Of(100))));
        FixedPoint power = warmUp;
        return new(
            (c, p, g, rate, run) =>
            {
                c.A = Mean(beta1, c.A, g);
                c.B = Mean(beta2, c.B, g * g);
                (FixedPoint now, FixedPoint following, FixedPoint product) = run.Momenta;
                FixedPoint ahead = following * c.A / (FixedPoint.One - product * following),
                    fresh = (FixedPoint.One - now) * g / (FixedPoint.One - product);
                return p - rate * (ahead + fresh) / (FixedPoint.Sqrt(c.B / (FixedPoint.One - run.Power2)) + epsilon);
            },
            run =>
            {
                Powers(beta1, beta2)(run);
                FixedPoint now = beta1 * (FixedPoint.One - power / 2);
                power *= warmUp;
                run.Momenta = (now, beta1 * (FixedPoint.One - power / 2), run.Momenta.Product * now);
            });
    }

    private static ExactTwin RAdam(FixedPoint beta1, FixedPoint beta2, FixedPoint epsilon, bool epsilonHat = true) => new(
        (c, p, g, rate, run) =>
        {
            c.A = Mean(beta1, c.A, g);
            c.B = Mean(beta2, c.B, g * g);
            FixedPoint mean = c.A / (FixedPoint.One - run.Power1);
            FixedPoint longest = (FixedPoint)2 / (FixedPoint.One - beta2) - 1;
            FixedPoint length = longest - (FixedPoint)2 * run.T * run.Power2 / (FixedPoint.One - run.Power2);
            if (length.CompareTo(5) <= 0)
                return p - rate * mean;
            FixedPoint rectification = FixedPoint.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            FixedPoint root = FixedPoint.Sqrt(FixedPoint.One - run.Power2);
            return epsilonHat ? p - rate * rectification * mean * root / (FixedPoint.Sqrt(c.B) + epsilon)
                : p - rate * rectification * mean / (FixedPoint.Sqrt(c.B) / root + epsilon);
        },
        Powers(beta1, beta2));

    private static ExactTwin AdaDelta(FixedPoint rho, FixedPoint epsilon) => new((c, p, g, rate, _) =>
    {
        c.A = Mean(rho, c.A, g * g);
        FixedPoint step = FixedPoint.Sqrt(c.B + epsilon) / FixedPoint.Sqrt(c.A + epsilon) * g;
        c.B = Mean(rho, c.B, step * step);
        return p - rate * step;
    });

    private static ExactTwin Rprop(double baseRate, FixedPoint etaMinus, FixedPoint etaPlus, FixedPoint minStep, FixedPoint maxStep) => new(
        (c, p, g, rate, _) =>
        {
            int sign = g.Sign, agreement = sign * c.A.Sign;
            if (agreement > 0)
                c.B = FixedPoint.Min(etaPlus * c.B, maxStep);
            if (agreement < 0)
            {
                c.B = FixedPoint.Max(etaMinus * c.B, minStep);
                sign = 0;
            }

            c.A = sign;
            return p - sign * c.B * (rate / baseRate);
        },
        startOfB: baseRate);

    public static FixedPoint Mean(FixedPoint kept, FixedPoint mean, FixedPoint value) => kept * mean + (FixedPoint.One - kept) * value;

    public static Action<ExactTwin> Powers(FixedPoint beta1, FixedPoint beta2) => run =>
        (run.Power1, run.Power2) = (run.Power1 * beta1, run.Power2 * beta2);

    /// <summary>What a rule remembers of one coordinate.</summary>
    internal sealed class Coordinate
    {
        public FixedPoint A { get; set; }

        public FixedPoint B { get; set; }

        public FixedPoint C { get; set; }

        public FixedPoint D { get; set; }

        public FixedPoint E { get; set; }

        /// <summary>The parameter before the first step.</summary>
        public FixedPoint Start { get; init; }
    }
}
