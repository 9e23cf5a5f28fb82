using System.Reflection;
using GradientDescent.Tests.Support;
using static GradientDescent.Tests.Contracts.AllBlockOptimizers;

namespace GradientDescent.Tests.Contracts;

/// <summary>
/// What every rule that looks at blocks promises. Not among it, of the promises of the elementwise rules: single precision, because these
/// rules work in double; the independence of coordinates and lengths, because norms and matrices join the coordinates of a block; products
/// that become 0, which Adam inside LAMB and Muon keeps by its own promise.
/// </summary>
public class BlockOptimizerContract
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 500).Select(i => Enumerable.Range(0, 30).Select(j => HashedWork.Wave(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 500).Select(i => i % 3.0)]);

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static TheoryData<Type> Types => [.. ByName.Values.Select(create => create().GetType()).Distinct()];

    [Fact]
    public void TheList_NamesEveryRuleOfTheLibrary() => ByName.Values.Select(create => create().GetType()).Distinct().Should()
        .BeEquivalentTo(typeof(IOptimizer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(BlockOptimizer))));

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_AtAnyUpdate_ContinuesWithTheSameBits(string name)
    {
        for (int breakAt = 0; breakAt <= 7; breakAt++)
        {
            BlockOptimizer whole = Bound(name), first = Bound(name);
            double[] expected = Start(), actual = Start();
            Updates(whole, expected, 0, 14);
            Updates(first, actual, 0, breakAt);
            OptimizerState state = first.GetState();
            Updates(first, Start(), breakAt, breakAt == 0 ? 0 : 3); // the state is a copy
            IOptimizer second = first.CreateNew();
            second.Bind(Layout);
            second.SetState(state);
            Updates(second, actual, breakAt, 14 - breakAt);

            actual.Should().Equal(expected, "the break is at step {0}", breakAt);
            second.StepCount.Should().Be(14);
            second.GetState().Should().BeEquivalentTo(whole.GetState());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_OfAStateThatDoesNotFit_ThrowsAndChangesNothing(string name)
    {
        BlockOptimizer optimizer = Bound(name);
        Updates(optimizer, Start(), 0, 3);
        OptimizerState good = optimizer.GetState();
        var wrong = new List<OptimizerState>
        {
            new("Another", 3, good.Scalars, good.Vectors, good.Inner, good.Length),
            new(good.Algorithm, 3, good.Scalars.Add("extra", 1), good.Vectors, good.Inner, good.Length),
            new(good.Algorithm, 3, good.Scalars, good.Vectors.Add("extra", []), good.Inner, good.Length),
            new(good.Algorithm, 3, good.Scalars, good.Vectors, good.Inner.Add("extra", good), good.Length),
            new(good.Algorithm, 3, good.Scalars, good.Vectors, good.Inner, Length + 1),
            new(good.Algorithm, 3, good.Scalars, good.Vectors, good.Inner),
            new(good.Algorithm, 0, good.Scalars, good.Vectors, good.Inner, good.Length),
            new(good.Algorithm, 3, good.Scalars, good.Vectors, good.Inner, good.Length, NumericPrecision.Single),
        };
        foreach (string vector in good.Vectors.Keys)
        {
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.Remove(vector), good.Inner, good.Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(vector, good.Vectors[vector].Add(1)),
                good.Inner, good.Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(vector, good.Vectors[vector].SetItem(0, double.NaN)),
                good.Inner, good.Length));
        }

        foreach (string inner in good.Inner.Keys)
        {
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors, good.Inner.Remove(inner), good.Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors, good.Inner.SetItem(inner, new SGD().GetState()), good.Length));
        }

        foreach (OptimizerState state in wrong)
            optimizer.Invoking(o => o.SetState(state)).Should().Throw<ArgumentException>("{0} does not fit", state);
        optimizer.Invoking(o => o.SetState(null!)).Should().Throw<ArgumentNullException>();

        optimizer.GetState().Should().BeEquivalentTo(good);
        optimizer.SetState(good);
        optimizer.GetState().Should().BeEquivalentTo(good);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfLengthsOrRatesThatDoNotFit_ThrowsAndChangesNothing(string name)
    {
        BlockOptimizer optimizer = Bound(name);
        Updates(optimizer, Start(), 0, 2);
        OptimizerState before = optimizer.GetState();
        double[] parameters = Start();

        optimizer.Invoking(o => o.Update(parameters, new double[2], 0.1)).Should().Throw<ArgumentException>().WithMessage("*2*37*");
        optimizer.Invoking(o => o.Update(new double[5], new double[5], 0.1)).Should().Throw<InvalidOperationException>()
            .WithMessage("*37*5*");
        foreach (double rate in (double[])[-1e-300, double.NaN, double.PositiveInfinity])
            optimizer.Invoking(o => o.Update(parameters, Gradient(0), rate)).Should().Throw<ArgumentOutOfRangeException>()
                .WithParameterName("learningRate");

        optimizer.Invoking(o => o.Bind(Layout)).Should().Throw<InvalidOperationException>().WithMessage("*tall*CreateNew*");
        parameters.Should().Equal(Start());
        optimizer.GetState().Should().BeEquivalentTo(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AtRateZeroOrWithAZeroGradient_MovesNothing(string name)
    {
        double[] parameters = Start();
        Bound(name).Update(parameters, Gradient(0), 0);
        parameters.Should().Equal(Start());

        BlockOptimizer optimizer = Bound(name);
        for (int t = 0; t < 3; t++)
            optimizer.Update(parameters, new double[Length], 0.1);
        parameters.Should().Equal(Start());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfNoParameters_OnlyCounts(string name)
    {
        IOptimizer optimizer = ByName[name]();

        optimizer.Update([], [], 0.1);

        optimizer.StepCount.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CreateNew_AfterUpdates_BehavesLikeANewInstance(string name)
    {
        BlockOptimizer used = Bound(name);
        Updates(used, Start(), 0, 4);
        OptimizerState before = used.GetState();
        double[] expected = Start(), actual = Start();
        Updates(Bound(name), expected, 0, 4);

        IOptimizer fresh = used.CreateNew();
        fresh.Bind(Layout);
        Updates(fresh, actual, 0, 4);

        actual.Should().Equal(expected);
        (fresh.LearningRate, fresh.Batching, fresh.ToString()).Should().Be((used.LearningRate, used.Batching, used.ToString()));
        used.GetState().Should().BeEquivalentTo(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AfterTheFirst_AllocatesNothing(string name)
    {
        BlockOptimizer optimizer = Bound(name);
        double[] parameters = Start(), gradient = Gradient(0), solution = new double[Length];
        for (int t = 0; t < 4; t++)
            optimizer.Update(parameters, gradient, 0.01);

        long allocated = AllocatedBytes.Of(() =>
        {
            for (int t = 0; t < 100; t++)
            {
                optimizer.Update(parameters, gradient, 0.01);
                optimizer.CopySolution(parameters, solution);
            }
        });

        allocated.Should().Be(0);
    }

    /// <summary>Frozen blocks keep their bits, and the others move as if these did not exist, whatever their gradients are.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Update_WithFrozenBlocks_LeavesThemOutOfEverything(string name)
    {
        ParameterBlock[] blocks = [.. Layout.Blocks.Select(block => block with { IsFrozen = block.Name is "bias" or "wide" })];
        IOptimizer whole = ByName[name](), rest = ByName[name]();
        whole.Bind(new ParameterLayout(blocks));
        rest.Bind(new ParameterLayout([.. blocks.Where(block => !block.IsFrozen)]));
        double[] parameters = Start(), start = Start(), others = Without(start);

        for (int t = 0; t < 6; t++)
        {
            double[] gradient = Gradient(t);
            rest.Update(others, Without(gradient), 0.01);
            foreach (ParameterBlock block in Layout.Blocks.Where(block => block.Name is "bias" or "wide"))
                block.Of(gradient.AsSpan()).Fill(double.NaN);
            whole.Update(parameters, gradient, 0.01);
        }

        Without(parameters).Should().Equal(others);
        foreach (ParameterBlock block in Layout.Blocks.Where(block => block.Name is "bias" or "wide"))
            block.Of(parameters).ToArray().Should().Equal(block.Of(start).ToArray());

        static double[] Without(double[] vector) =>
            [.. Layout.Blocks.Where(block => block.Name is not ("bias" or "wide")).SelectMany(block => block.Of(vector).ToArray())];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfABlock_DoesNotDependOnTheOtherBlocks(string name)
    {
        ParameterBlock wide = Layout["wide"];
        BlockOptimizer together = Bound(name), alone = ByName[name]();
        alone.Bind(new ParameterLayout(wide));
        double[] parameters = Start(), one = wide.Of(Start()).ToArray();

        for (int t = 0; t < 5; t++)
        {
            together.Update(parameters, Gradient(t), 0.01);
            alone.Update(one, wide.Of(Gradient(t)), 0.01);
        }

        one.Should().Equal(wide.Of(parameters).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameHash(string name)
    {
        TrainingResult Fit(int threads) => new Trainer(
            ByName[name](),
            new() { MaxEpochs = 2, Batching = Batching.Mini(220), MaxDegreeOfParallelism = threads, ParallelThreshold = 0 })
            .Fit(new SoftmaxRegression(3), _data, options: new() { Scaling = FeatureScaling.None });
        string expected = ResultHash.Of(Fit(1));

        foreach (int threads in (int[])[2, 3])
            ResultHash.Of(Fit(threads)).Should().Be(expected, "{0} threads", threads);
    }

    // ½ Σ cᵢθᵢ² with curvatures from 1 to 4. Rates fall to 0 along a line, so that rules whose steps do not shrink with the gradient end
    // near the minimum. The rates let the rule go a way of at least 2 in its steps.
    [Theory]
    [InlineData("LAMB", 0.05)]
    [InlineData("LARS", 20)]
    [InlineData("NovoGrad", 0.01)]
    [InlineData("SM3", 0.5)]
    [InlineData("SM3 momentum", 0.5)]
    [InlineData("Adafactor", 0.05)]
    [InlineData("Adafactor unscaled", 0.05)]
    [InlineData("Muon", 0.05)]
    [InlineData("Muon of Lookahead", 0.02)]
    [InlineData("Shampoo", 0.5)]
    [InlineData("Shampoo, roots kept", 0.5)]
    public void Update_OnAConvexQuadratic_SolvesItWithinItsBudget(string name, double rate)
    {
        const int Budget = 5000;
        BlockOptimizer optimizer = name == "Muon" ? new Muon(inner: new AdamW(0.01, weightDecay: 0)) : ByName[name]();
        optimizer.Bind(Layout);
        double[] parameters = Start(), gradient = new double[Length];
        double before = Value();

        for (int t = 0; t < Budget; t++)
        {
            for (int i = 0; i < Length; i++)
                gradient[i] = (1 + i % 4) * parameters[i];
            optimizer.Update(parameters, gradient, rate * (1 - (double)t / Budget));
        }

        Value().Should().BeLessThan(1e-3 * before);

        double Value() => parameters.Select((x, i) => (1 + i % 4) * x * x / 2).Sum();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void ToString_NamesEverySettingOfTheConstructor(Type type)
    {
        ParameterInfo[] settings = type.GetConstructors().Single().GetParameters();
        object optimizer = Activator.CreateInstance(
            type, BindingFlags.OptionalParamBinding | BindingFlags.Instance | BindingFlags.Public | BindingFlags.CreateInstance, null,
            [0.125], null)!;

        string expected = string.Join(", ", settings
            .Select(parameter => parameter.Name switch
            {
                "learningRate" => ("rate", 0.125),
                "inner" => ("inner", new AdamW(0.0003, 0.9, 0.95, 1e-10, weightDecay: 0)),
                _ => (parameter.Name!, parameter.DefaultValue!),
            })
            .Select(setting => FormattableString.Invariant($"{setting.Item1} {setting.Item2}")));

        Cultures.Under("de-DE", optimizer.ToString!).Should().Be($"{type.Name}, {expected}");
    }
}
