namespace GradientDescent.Tests.Wrappers;

/// <summary>Decay by the wrapper against the rules that have it built in, penalties and plain loops.</summary>
public class WeightDecayTests
{
    private const int Length = 23;

    private static readonly ParameterLayout _layout = new(
        new ParameterBlock("weights", 3, 2),
        new ParameterBlock("intercepts", 2, role: ParameterRole.Bias),
        new ParameterBlock("frozen", 1) { IsFrozen = true },
        new ParameterBlock("scales", 2, role: ParameterRole.Other));

    public static TheoryData<string> Twins => [.. _twins.Keys];

    private static readonly Dictionary<string, (Func<IOptimizer> Wrapped, Func<IOptimizer> BuiltIn)> _twins = new()
    {
        ["Adam"] = (() => new WeightDecay(new Adam(0.01), 0.1), () => new AdamW(0.01, weightDecay: 0.1)),
        ["Adam AMSGrad"] = (() => new WeightDecay(new Adam(0.01, amsGrad: true), 0.1),
            () => new AdamW(0.01, weightDecay: 0.1, amsGrad: true)),
        ["Lion"] = (() => new WeightDecay(new Lion(0.01), 0.1), () => new Lion(0.01, weightDecay: 0.1)),
        ["Momentum, coupled"] = (() => new WeightDecay(new Momentum(0.01), 0.1, coupled: true), () => new CoupledMomentum()),
        ["SGD, decoupled and coupled"] = (() => new WeightDecay(new SGD(0.01), 0.1),
            () => new WeightDecay(new SGD(0.01), 0.1, coupled: true)),
    };

    /// <summary>Both multiply by 1 − ηλ once; they differ by the roundings of 40 steps on numbers of about 1: 40 · 4 · 2⁻⁵³.</summary>
    [Theory]
    [MemberData(nameof(Twins))]
    public void Update_OfThePlainRule_EqualsTheRuleWithDecay(string name)
    {
        (Func<IOptimizer> wrapped, Func<IOptimizer> builtIn) = _twins[name];
        IOptimizer one = wrapped(), other = builtIn();
        double[] actual = Start(), expected = Start();

        for (int t = 0; t < 40; t++)
        {
            one.Update(actual, Gradient(t), RateAt(t));
            other.Update(expected, Gradient(t), RateAt(t));
        }

        actual.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 2e-14);
        actual.Should().NotEqual(Start());
    }

    /// <summary>The sums of both runs have the same terms in another order of addition, so they differ by roundings.</summary>
    [Fact]
    public void Fit_WithCoupledDecay_EqualsThatWithAnL2Penalty()
    {
        Dataset data = Dataset.From([[1, 2], [3, -1], [-2, 0.5], [0.5, 1]], [1, -2, 3, 0.5]);
        double[] Weights(IOptimizer optimizer, IPenalty? penalty)
        {
            var options = new TrainingOptions { MaxSteps = 60, Batching = Batching.Full, GradientTolerance = 0 };
            var fitOptions = new FitOptions { Scaling = FeatureScaling.None, Penalty = penalty };
            // The best parameters are those of the lowest loss, which has no decay in it: compare the last ones.
            return [.. new Trainer(optimizer, options).Fit(new LinearRegression(), data, options: fitOptions).LastFiniteParameters];
        }

        foreach (bool onIntercepts in (bool[])[false, true])
        {
            double[] penalised = Weights(new Momentum(0.02), new L2Penalty(0.3, onIntercepts));
            double[] decayed = Weights(new WeightDecay(new Momentum(0.02), 0.3, coupled: true, onIntercepts), null);

            decayed.Zip(penalised).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-13);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Update_WithALayout_LeavesFrozenBlocksAndInterceptsOut(bool coupled, bool onIntercepts)
    {
        IOptimizer optimizer = new WeightDecay(new SGD(0.5), 0.5, coupled, onIntercepts);
        optimizer.Bind(_layout);
        double[] parameters = [.. Enumerable.Repeat(4.0, _layout.Count)];

        optimizer.Update(parameters, new double[_layout.Count]);

        double intercept = onIntercepts ? 3 : 4; // 4 · (1 − 0.5 · 0.5)
        parameters.Should().Equal(3, 3, 3, 3, 3, 3, intercept, intercept, 4, 3, 3);
    }

    [Fact]
    public void Update_InGroups_DecaysEachGroupAtItsOwnRate()
    {
        IOptimizer optimizer = new ParameterGroups(new WeightDecay(new SGD(0.5), 0.5))
            .Use("intercepts", new WeightDecay(new SGD(0.25), 1, onIntercepts: true)).Freeze("scales");
        optimizer.Bind(_layout);
        double[] parameters = [.. Enumerable.Repeat(4.0, _layout.Count)];

        optimizer.Update(parameters, new double[_layout.Count]);

        parameters.Should().Equal(3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4);
    }

    [Fact]
    public void Update_OfGroups_LeavesTheirFrozenBlocksOut()
    {
        IOptimizer optimizer = new WeightDecay(new ParameterGroups(new SGD(0.5)).Freeze("scales"), 0.5);
        optimizer.Bind(_layout);
        double[] parameters = [.. Enumerable.Repeat(4.0, _layout.Count)];

        optimizer.Update(parameters, new double[_layout.Count]);

        parameters.Should().Equal(3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4);
    }

    [Fact]
    public void Update_OfABlockRuleAndInsideLookahead_EqualsThePlainLoop()
    {
        IOptimizer optimizer = new Lookahead(new WeightDecay(new LAMB(0.01), 0.5), 2, 0.5);
        IOptimizer lamb = new LAMB(0.01);
        double[] actual = Start(), expected = Start(), slow = Start();

        for (int t = 0; t < 6; t++)
        {
            optimizer.Update(actual, Gradient(t), 0.01);
            for (int i = 0; i < Length; i++)
                expected[i] *= 1 - 0.01 * 0.5;
            lamb.Update(expected, Gradient(t), 0.01);
            for (int i = 0; t % 2 == 1 && i < Length; i++)
                expected[i] = slow[i] += 0.5 * (expected[i] - slow[i]);
        }

        actual.Should().Equal(expected);
    }

    /// <summary>SAM of f + (λ/2)θ² by hand: the gradient at θ is 2θ + λθ, at θ + ρ it is (2 + λ)(θ + ρ).</summary>
    [Fact]
    public void Update_CoupledOfAnOptimizerThatEvaluatesAgain_DecaysAtEachPoint()
    {
        IObjective bowl = Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]);
        IOptimizer own = new WeightDecay(new SharpnessAware(new SGD(0.1), rho: 0.5), 0.5, coupled: true);
        double[] parameters = [3], gradient = new double[1];
        double loss = bowl.Evaluate(parameters, gradient);
        var context = new UpdateContext(parameters, gradient, 0.1, loss, bowl);
        own.Update(ref context);

        TrainingResult result = new Trainer(
            new WeightDecay(new SharpnessAware(new SGD(0.1), rho: 0.5), 0.5, coupled: true), new() { MaxSteps = 1 }).Minimize(bowl, [3]);

        parameters[0].Should().BeApproximately(3 - 0.1 * 2.5 * 3.5, 1e-15);
        result.Parameters[0].Should().BeApproximately(3 - 0.1 * 2.5 * 3.5, 1e-15);
    }

    [Fact]
    public void Update_ThatThrows_ChangesNothing()
    {
        var optimizer = new WeightDecay(new SharpnessAware(new SGD()), 0.5); // there is no objective
        double[] parameters = [1, 2];

        optimizer.Invoking(o => o.Update(parameters, [1, 1], 0.1)).Should().Throw<InvalidOperationException>();

        parameters.Should().Equal(1, 2);
        optimizer.StepCount.Should().Be(0);
    }

    [Fact]
    public void Constructor_OfASolverWithoutARate_IsRefused() =>
        ((Action)(() => _ = new WeightDecay(new LBFGS(), 0.1))).Should().Throw<ArgumentException>()
            .WithMessage("LBFGS*has no learning rate: give the objective an L2Penalty instead of a weight decay.*");

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AWrongDecay_IsRefused(double decay) =>
        FluentActions.Invoking(() => new WeightDecay(new SGD(), decay)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("weightDecay");

    [Fact]
    public void ToString_NamesTheSettings() => new WeightDecay(new SGD(0.5), 0.25, coupled: true).ToString().Should()
        .Be("WeightDecay of SGD, rate 0.5, weightDecay 0.25, coupled True, onIntercepts False");

    private static double[] Start() => [.. Enumerable.Range(0, Length).Select(i => Math.Sin(i + 1.0))];

    private static double[] Gradient(int t) => [.. Enumerable.Range(0, Length).Select(i => Math.Cos(1.7 * i + 0.9 * t))];

    private static double RateAt(int t) => 0.01 / (1 + t % 3);

    /// <summary>v ← μv − η(g + λθ), θ ← θ + v.</summary>
    private sealed class CoupledMomentum : IOptimizer
    {
        private readonly double[] _velocity = new double[Length];

        public double LearningRate => 0.01;

        public Batching Batching => Batching.Full;

        public long StepCount { get; private set; }

        public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
        {
            for (int i = 0; i < parameters.Length; i++)
                parameters[i] += _velocity[i] = 0.9 * _velocity[i] - learningRate * (gradient[i] + 0.1 * parameters[i]);
            StepCount++;
        }

        public IOptimizer CreateNew() => new CoupledMomentum();

        public OptimizerState GetState() => new(nameof(CoupledMomentum), StepCount);

        public void SetState(OptimizerState state) => throw new NotSupportedException();
    }
}
