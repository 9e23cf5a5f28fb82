namespace GradientDescent.Tests.Golden;

/// <summary>
/// The cases of ensmallen's tests (mlpack, C++) for the methods that both libraries have: the same functions, starts, settings, budgets and
/// tolerances. Its budgets count visited terms: a step visits as many as its batch holds.
/// </summary>
public class EnsmallenCaseTests
{
    private static readonly Terms _sphere = new(2, 2, (x, i, g) =>
    {
        g[i] += 2 * x[i];
        return x[i] * x[i];
    });

    private static readonly Terms _bowlExpPower = new(3, 3, (x, i, g) =>
    {
        double e = Math.Exp(-Math.Abs(x[i])), y = x[i];
        g[i] += i switch { 0 => Math.Sign(y) * e, 1 => 2 * y, _ => 4 * y * y * y + 6 * y };
        return i switch { 0 => -e, 1 => y * y, _ => y * y * (y * y + 3) };
    });

    /// <summary>Full gradients: function, optimizer, start, steps, minimum and its tolerance, minimiser and its tolerance.</summary>
    public static TheoryData<string, double[], long, double, double, double[], double> Functions => new()
    {
        { "GradientDescent Rosenbrock", [-1.2, 1], 1_000_000, 0, 0.01, [1, 1], 0.1 }, // "no limit" there
        { "LBFGS Rosenbrock", [-1.2, 1], 10_000, 0, 0.001, [1, 1], 0.01 },
        { "LBFGS Rosenbrock", [1, -1.2], 1_000, 0, 0.05, [1, 1], 0.5 },
        { "LBFGS Wood", [-3, -1, -3, -1], 10_000, 0, 1e-8, [1, 1, 1, 1], 1e-9 },
        { "Adam McCormick", [-2, 4], 50_000, -1.9133, 0.01, [-0.54719, -1.54719], 0.1 },
        { "Adam Easom", [2.9, 2.9], 50_000, -1, 0.003, [3.14, 3.14], 0.01 },
        { "Adam Beale", [2.8, 0.35], 50_000, 0, 0.003, [3, 0.5], 0.03 },
        { "Adam Levy", [0.9, 1.1], 50_000, 0, 0.001, [1, 1], 0.01 },
    };

    public static TheoryData<string> Classifiers =>
        ["AdaGrad", "AdaMax", "NAdam", "AdaBelief", "QHAdam", "Yogi", "SVRG", "BatchGD, L1", "Nesterov, L1", "Momentum"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Minimize_OfAFunction_ReachesItsMinimum(
        string name, double[] start, long steps, double minimum, double tolerance, double[] point, double distance)
    {
        string[] words = name.Split(' ');
        IOptimizer optimizer = words[0] switch
        {
            "GradientDescent" => new BatchGD(0.002),
            "LBFGS" => new LBFGS(),
            _ => new Adam(words[1] switch { "McCormick" => 0.4, "Easom" => 0.2, "Beale" => 0.01, _ => 0.005 }, beta1: 0.7),
        };
        IObjective objective = words[1] switch
        {
            "Rosenbrock" => Objective.Differentiable(x => 100 * Square(x[1] - x[0] * x[0]) + Square(1 - x[0])),
            "Wood" => Objective.Differentiable(x => 100 * Square(x[1] - x[0] * x[0]) + Square(1 - x[0]) + 90 * Square(x[3] - x[2] * x[2])
                + Square(1 - x[2]) + 10 * Square(x[1] + x[3] - 2) + Square(x[1] - x[3]) / 10),
            "McCormick" => Objective.Differentiable(x => Variable.Sin(x[0] + x[1]) + Square(x[0] - x[1]) - 1.5 * x[0] + 2.5 * x[1] + 1),
            "Easom" => Objective.Differentiable(x => -Variable.Cos(x[0]) * Variable.Cos(x[1])
                * Variable.Exp(-Square(x[0] - Math.PI) - Square(x[1] - Math.PI))),
            "Beale" => Objective.Differentiable(x => Square(1.5 - x[0] + x[0] * x[1]) + Square(2.25 - x[0] + x[0] * x[1] * x[1])
                + Square(2.625 - x[0] + x[0] * x[1] * x[1] * x[1])),
            _ => Objective.Differentiable(x => Square(Variable.Sin(3 * Math.PI * x[0]))
                + Square(x[0] - 1) * (1 + Square(Variable.Sin(3 * Math.PI * x[1])))
                + Square(x[1] - 1) * (1 + Square(Variable.Sin(2 * Math.PI * x[1])))),
        };

        TrainingResult result = new Trainer(optimizer, new TrainingOptions { MaxSteps = steps }).Minimize(objective, start);

        ShouldBeNear(result, 1, minimum, tolerance, point, distance);
    }

    [Theory]
    [InlineData("Adam", 1.0, 2, 50_000)]
    [InlineData("AMSGrad", 0.01, 1, 50_000)]
    [InlineData("AMSBound", 0.002, 2, 500_000)]
    [InlineData("Yogi", 1.0, 2, 500_000)]
    [InlineData("QHM", 0.0025, 1, 500_000)]
    [InlineData("Lookahead", 0.5, 2, 100_000)] // with slow steps of 0.5: those of 2.5 there are longer than a fast step
    public void Minimize_OfTheSphere_ReachesItsMinimum(string name, double rate, int batch, int visits)
    {
        IOptimizer optimizer = name switch
        {
            "Adam" => new Adam(rate, beta1: 0.7),
            "AMSGrad" => new Adam(rate, amsGrad: true),
            "AMSBound" => new AdaBound(rate, amsBound: true),
            "Yogi" => new Yogi(rate, beta1: 0.7, epsilon: 1e-8),
            "QHM" => new QHM(rate, momentum: 0.9, nu: 0.4),
            _ => new Lookahead(new Adam(rate, beta1: 0.7), synchronizationPeriod: 5),
        };
        var options = new TrainingOptions { MaxSteps = visits / batch, Batching = Batching.Mini(batch) };

        ShouldBeNear(new Trainer(optimizer, options).Minimize(_sphere, [-5, 5]), 2, 0, 0.01, [0, 0], 0.1);
    }

    [Theory]
    [InlineData("BatchGD")]
    [InlineData("Nesterov")]
    public void Minimize_OfTheSphereWithAnL1Penalty_ReachesItsMinimum(string name)
    {
        // The mean of two terms is half their sum: so the penalty is halved and the rate doubled.
        IOptimizer optimizer = name == "BatchGD" ? new BatchGD(0.002) : new Nesterov(0.002, momentum: 0.9);
        var penalized = new Terms(2, 2, _sphere.Term) { Penalty = new L1Penalty(0.05) };

        TrainingResult result = new Trainer(optimizer, new TrainingOptions { MaxSteps = 10_000 }).Minimize(penalized, [-5, 5]);

        ShouldBeNear(result, 2, 0, 1e-8, [0, 0], 1e-4);
    }

    [Fact]
    public void Minimize_AtARateThatIsFarTooSmall_DoesNotClaimToHaveConverged()
    {
        IObjective square = Objective.From((x, g) =>
        {
            g[0] = 2 * x[0];
            return x[0] * x[0];
        });

        TrainingResult result = new Trainer(new Nesterov(1e-10), new TrainingOptions { MaxSteps = 1_000 }).Minimize(square, [20]);

        result.Parameters[0].Should().BeGreaterThan(1);
        result.Reason.Should().Be(StopReason.MaxSteps);
    }

    [Fact]
    public void Momentum_OnThreeTerms_GetsWherePlainDescentDoesNot()
    {
        var options = new TrainingOptions { MaxSteps = 2_500_000, Batching = Batching.Mini(1) };
        double[] start = [6, -45.6, 6.2];

        TrainingResult momentum = new Trainer(new Momentum(0.0003, momentum: 0.7), options).Minimize(_bowlExpPower, start);
        TrainingResult plain = new Trainer(new SGD(0.0003), options).Minimize(_bowlExpPower, start);

        ShouldBeNear(momentum, 3, -1, 0.01, [0, 0, 0], 0.01);
        plain.Parameters[0].Should().BeGreaterThan(0.015);
    }

    [Theory]
    [InlineData("SGD", 10)]
    [InlineData("SGD", 45)]
    [InlineData("Nesterov", 10)]
    [InlineData("Nesterov", 45)]
    [InlineData("QHM", 10)]
    [InlineData("QHM", 45)]
    public void Minimize_OfAChainOfRosenbrocks_ByOneTermAStep_ReachesItsMinimum(string name, int n)
    {
        var chain = new Terms(n, n - 1, (x, i, g) =>
        {
            double bend = x[i + 1] - x[i] * x[i], far = 1 - x[i];
            g[i] -= 400 * x[i] * bend + 2 * far;
            g[i + 1] += 200 * bend;
            return 100 * bend * bend + far * far;
        });
        IOptimizer optimizer = name switch
        {
            "SGD" => new SGD(0.001),
            "QHM" => new QHM(0.0005, momentum: 0.99, nu: 0.9),
            _ => new Nesterov(0.0001, momentum: 0.9),
        };
        var options = new TrainingOptions { MaxSteps = name == "SGD" ? 1_000_000 : 2_500_000, Batching = Batching.Mini(1) };

        TrainingResult result = new Trainer(optimizer, options)
            .Minimize(chain, [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1 : -1.2)]);

        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        ShouldBeNear(result, n - 1, 0, name == "SGD" ? 1e-6 : 1e-8, ones, name == "SGD" ? 0.01 : 1e-4);
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Fit_OfTwoClouds_PutsEachPointOnItsSide(string name)
    {
        // 500 points around (1, 1, 1) and 500 around (9, 9, 9). The penalty there is ½·0.5·‖w‖² beside a sum of 1,000 losses.
        (Dataset training, Dataset test) = (Clouds(1), Clouds(2));
        IPenalty penalty = name.EndsWith("L1", StringComparison.Ordinal) ? new L1Penalty(1e-6) : new L2Penalty(0.5 / 1000);
        (IOptimizer optimizer, int batch, int visits) = name switch
        {
            "AdaGrad" => ((IOptimizer)new AdaGrad(31.5, epsilon: 1e-7), 32, 500_000),
            "AdaMax" => (new AdaMax(0.001), 1, 50_000),
            "NAdam" => (new NAdam(0.032), 32, 100_000),
            "AdaBelief" => (new AdaBelief(0.032, epsilon: 1e-12), 32, 100_000),
            "QHAdam" => (new QHAdam(0.032, beta1: 0.9), 32, 100_000),
            "Yogi" => (new Yogi(0.032, epsilon: 1e-8), 32, 100_000),
            "SVRG" => (new SVRG(0.005, 45), 45, 300 * 1000), // its budget there counts epochs
            "BatchGD, L1" => (new BatchGD(0.001 * 1000), 1000, 10_000_000),
            "Nesterov, L1" => (new Nesterov(0.001 * 1000), 1000, 10_000_000),
            _ => (new Momentum(0.005 * 20), 20, 10_000),
        };
        var options = new TrainingOptions { MaxSteps = Math.Max(1, visits / batch) };
        if (batch < 1000)
            options = options with { Batching = Batching.Mini(batch) };
        var model = new LogisticRegression();

        new Trainer(optimizer, options).Fit(model, training, options: new() { Scaling = FeatureScaling.None, Penalty = penalty });

        model.Evaluate(training).Accuracy.Should().BeGreaterThanOrEqualTo(0.997);
        model.Evaluate(test).Accuracy.Should().BeGreaterThanOrEqualTo(0.994);
    }

    private static void ShouldBeNear(
        TrainingResult result, int terms, double minimum, double tolerance, double[] point, double distance)
    {
        (result.Loss * terms).Should().BeApproximately(minimum, tolerance);
        for (int i = 0; i < point.Length; i++)
            result.Parameters[i].Should().BeApproximately(point[i], distance);
    }

    private static Variable Square(Variable x) => x * x;

    private static Dataset Clouds(int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Dataset.From(
            [.. Enumerable.Range(0, 1000).Select(i => Enumerable.Range(0, 3).Select(_ => (i < 500 ? 1 : 9) + Normal()).ToArray())],
            [.. Enumerable.Range(0, 1000).Select(i => i < 500 ? 0.0 : 1)]);
    }

    private delegate double TermOf(ReadOnlySpan<double> x, int term, Span<double> gradient);

    /// <summary>The mean of terms, each of which adds its gradient.</summary>
    private sealed class Terms(int parameterCount, int count, TermOf term) : IStochasticObjective
    {
        public int ParameterCount => parameterCount;

        public int SampleCount => count;

        public IPenalty? Penalty { get; init; }

        public TermOf Term => term;

        public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
        {
            Span<double> target = gradient.IsEmpty ? stackalloc double[parameterCount] : gradient;
            double sum = 0;
            foreach (int sample in batch)
                sum += term(parameters, sample, target);
            return new LossSum(sum, batch.Count);
        }
    }
}
