using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Contracts;

/// <summary>What every optimizer that calls others promises.</summary>
public class WrapperContract
{
    private const int Length = 37;

    // The weights and the scales have the same rule and are not neighbours.
    private static readonly ParameterLayout _layout = new(
        new ParameterBlock("weights", 5, 4),
        new ParameterBlock("intercepts", 3, role: ParameterRole.Bias),
        new ParameterBlock("scales", 14));

    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 2500).Select(i => Enumerable.Range(0, 30).Select(j => HashedWork.Wave(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 2500).Select(i => i % 3.0)]);

    public static TheoryData<string> Names => [.. AllWrappers.ByName.Keys];

    /// <summary>Those without weight decay, which moves parameters without a gradient.</summary>
    public static TheoryData<string> Undecayed => [.. AllWrappers.ByName.Where(one => !Decays(one.Value().ToString()!))
        .Select(one => one.Key)];

    /// <summary>Those without frozen blocks, which stay away from the optimum.</summary>
    public static TheoryData<string> Unfrozen =>
        [.. AllWrappers.ByName.Where(one => !Bound(one.Key, out _).HasFrozenBlocks).Select(one => one.Key)];

    [Fact]
    public void TheList_NamesEveryWrapperOfTheLibrary()
    {
        IEnumerable<Type> listed = AllWrappers.ByName.Values.Select(create => create().GetType()).Distinct();

        listed.Should().BeEquivalentTo(typeof(IOptimizer).Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(IOptimizer)) && !type.IsAssignableTo(typeof(Optimizer))
                && !type.IsAssignableTo(typeof(RateFreeSolver)) && !type.IsAssignableTo(typeof(BlockOptimizer))
                && !type.IsAssignableTo(typeof(SampleOptimizer)) && !type.IsAbstract));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_AtAnyStep_ContinuesWithTheSameBits(string name)
    {
        for (int breakAt = 0; breakAt <= 7; breakAt++)
        {
            IOptimizer whole = Bound(name);
            double[] expected = Start();
            whole.Steps(Bowl(), expected, 0, 14);

            IOptimizer first = Bound(name);
            double[] actual = Start();
            first.Steps(Bowl(), actual, 0, breakAt);
            OptimizerState state = first.GetState();
            first.Steps(Bowl(), Start(), breakAt, breakAt == 0 ? 0 : 3); // the state is a copy: what happens later does not reach it
            IOptimizer second = first.CreateNew();
            second.Bind(_layout);
            second.SetState(state);
            second.Steps(Bowl(), actual, breakAt, 14 - breakAt);

            actual.Should().Equal(expected, "the break is at step {0}", breakAt);
            second.StepCount.Should().Be(14);
            second.GetState().Should().BeEquivalentTo(whole.GetState());
            Solution(second, actual).Should().Equal(Solution(whole, expected));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_OfAStateThatDoesNotFit_ThrowsAndChangesNothing(string name)
    {
        IOptimizer optimizer = Bound(name);
        optimizer.Steps(Bowl(), Start(), 0, 3);
        OptimizerState good = optimizer.GetState();
        OptimizerState Copy(string algorithm) => new(algorithm, 3, good.Scalars, good.Vectors, good.Inner, good.Length);
        var wrong = new List<OptimizerState>
        {
            Copy("Another"),
            new(good.Algorithm, 3, good.Scalars.Add("extra", 1), good.Vectors, good.Inner),
            new(good.Algorithm, 3, good.Scalars, good.Vectors.Add("extra", [.. new double[Length]]), good.Inner),
            new(good.Algorithm, 3, good.Scalars, good.Vectors, good.Inner.Add("extra", new SGD().GetState())),
            new(good.Algorithm, 3, good.Scalars, good.Vectors),
        };
        string inner = good.Inner.Keys.First();
        var another = new OptimizerState("Another", 3, length: Length);
        wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors, good.Inner.SetItem(inner, another)));
        foreach (string vector in good.Vectors.Keys)
        {
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.Remove(vector), good.Inner));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(vector, good.Vectors[vector].Add(1)), good.Inner));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(vector, good.Vectors[vector].SetItem(1, double.NaN)),
                good.Inner));
        }

        foreach (OptimizerState state in wrong)
            optimizer.Invoking(o => o.SetState(state)).Should().Throw<ArgumentException>();

        optimizer.GetState().Should().BeEquivalentTo(good);
        optimizer.SetState(Copy(good.Algorithm));
        optimizer.GetState().Should().BeEquivalentTo(good);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CreateNew_AfterSteps_BehavesLikeANewInstance(string name)
    {
        IOptimizer used = Bound(name);
        used.Steps(Bowl(), Start(), 0, 4);
        OptimizerState before = used.GetState();
        double[] expected = Start(), actual = Start();
        Bound(name).Steps(Bowl(), expected, 0, 4);

        IOptimizer fresh = used.CreateNew();
        fresh.GetState().StepCount.Should().Be(0);
        fresh.ToString().Should().Be(used.ToString());
        fresh.Bind(_layout);
        fresh.Steps(Bowl(), actual, 0, 4);

        actual.Should().Equal(expected);
        (fresh.LearningRate, fresh.Batching).Should().Be((used.LearningRate, used.Batching));
        used.GetState().Should().BeEquivalentTo(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfAnotherLength_ThrowsAndChangesNothing(string name)
    {
        IOptimizer optimizer = Bound(name);
        optimizer.Steps(Bowl(), Start(), 0, 2);
        OptimizerState before = optimizer.GetState();
        double[] parameters = new double[5];

        optimizer.Invoking(o => o.Steps(new Quadratic(new double[5], new double[5]), parameters, 0, 1))
            .Should().Throw<InvalidOperationException>().WithMessage("*37*5*");

        optimizer.GetState().Should().BeEquivalentTo(before);
        parameters.Should().Equal(new double[5]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AtRateZero_FirstStepMovesNothing(string name)
    {
        double[] parameters = Start();

        Bound(name).Step(Bowl(), parameters, new double[Length], factor: 0);

        parameters.Should().Equal(Start());
    }

    [Theory]
    [MemberData(nameof(Undecayed))]
    public void Update_WithAZeroGradient_MovesNothing(string name)
    {
        double[] parameters = Start();

        Bound(name).Steps(new Quadratic(new double[Length], new double[Length]), parameters, 0, 4);

        parameters.Should().Equal(Start());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AfterTheFirst_AllocatesNothing(string name)
    {
        IOptimizer optimizer = Bound(name);
        IObjective bowl = Bowl();
        double[] parameters = Start(), gradient = new double[Length], solution = new double[Length];
        for (int t = 0; t < 7; t++) // averages that begin later have their vectors
            optimizer.Step(bowl, parameters, gradient);

        long allocated = AllocatedBytes.Of(() =>
        {
            for (int t = 0; t < 100; t++)
            {
                optimizer.Step(bowl, parameters, gradient);
                optimizer.CopySolution(parameters, solution);
            }
        });

        allocated.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameHash(string name)
    {
        TrainingResult Fit(int threads) => new Trainer(
            AllWrappers.ByName[name](),
            new() { MaxEpochs = 2, Batching = Batching.Mini(1100), MaxDegreeOfParallelism = threads, ParallelThreshold = 0 })
            .Fit(new SoftmaxRegression(3), _data, options: new() { Scaling = FeatureScaling.None });
        string expected = ResultHash.Of(Fit(1));

        foreach (int threads in (int[])[2, 3, 8])
            ResultHash.Of(Fit(threads)).Should().Be(expected, "{0} threads", threads);
    }

    [Theory]
    [MemberData(nameof(Unfrozen))]
    public void Update_OnAConvexQuadratic_SolvesItWithinItsBudget(string name)
    {
        // ½ Σ cᵢ(θᵢ − aᵢ)² with curvatures from 1 to 4. The slowest of the rates is 0.001 with steps of about the rate, and the way is at
        // most 2: twenty times as many steps.
        IOptimizer optimizer = Bound(name);
        Quadratic bowl = Bowl();
        double[] parameters = Start(), gradient = new double[Length];
        double before = bowl.Evaluate(parameters, []);

        for (int t = 0; t < 40_000; t++)
            optimizer.Step(bowl, parameters, gradient);

        bowl.Evaluate(Solution(optimizer, parameters), []).Should().BeLessThan(1e-3 * before);
    }

    private static bool Decays(string optimizer) =>
        optimizer.Contains("AdamW", StringComparison.Ordinal) || optimizer.Contains(nameof(WeightDecay), StringComparison.Ordinal);

    private static IOptimizer Bound(string name)
    {
        Bound(name, out IOptimizer optimizer);
        return optimizer;
    }

    private static ParameterLayout Bound(string name, out IOptimizer optimizer)
    {
        optimizer = AllWrappers.ByName[name]();
        return optimizer.Bind(_layout);
    }

    private static double[] Solution(IOptimizer optimizer, double[] parameters)
    {
        double[] solution = new double[parameters.Length];
        bool isAnother = optimizer.CopySolution(parameters, solution);
        if (!isAnother)
            solution.Should().Equal(parameters);
        return solution;
    }

    private static Quadratic Bowl() =>
        new([.. Enumerable.Range(0, Length).Select(i => 1.0 + i % 4)], [.. Enumerable.Range(0, Length).Select(i => Math.Cos(i))]);

    private static double[] Start() => [.. Enumerable.Range(0, Length).Select(i => Math.Sin(i + 1.0))];
}
