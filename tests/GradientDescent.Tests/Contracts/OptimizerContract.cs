using GradientDescent.Kernels;
using GradientDescent.Tests.UpdateRules;

namespace GradientDescent.Tests.Contracts;

/// <summary>What every optimizer promises.</summary>
public class OptimizerContract
{
    private const int Length = 37;

    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys];

    /// <summary>The optimizers whose step of a coordinate depends on the others, each with what it looks at.</summary>
    private static readonly Dictionary<string, string> _global = new[]
    {
        KeyValuePair.Create("Nesterov restart", "a restart is decided by g·v over all coordinates"),
    }
    .Concat(from rule in RuleFacts.All
            where rule.WhyGlobal is not null
            from variant in rule.Variants
            select KeyValuePair.Create(variant.Name, rule.WhyGlobal)).ToDictionary();

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_AtAnyUpdate_ContinuesWithTheSameBits(string name)
    {
        for (int breakAt = 0; breakAt <= 6; breakAt++)
        {
            Optimizer whole = AllOptimizers.ByName[name]();
            double[] expected = Start();
            Updates(whole, expected, 0, 12);

            Optimizer first = AllOptimizers.ByName[name]();
            double[] actual = Start();
            Updates(first, actual, 0, breakAt);
            OptimizerState state = first.GetState();
            Updates(first, Start(), breakAt, breakAt == 0 ? 0 : 3); // the state is a copy: what happens later does not reach it
            IOptimizer second = first.CreateNew();
            second.SetState(state);
            Updates(second, actual, breakAt, 12 - breakAt);

            actual.Should().Equal(expected);
            second.StepCount.Should().Be(12);
            second.GetState().Should().BeEquivalentTo(whole.GetState());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_OfAStateThatDoesNotFit_ThrowsAndChangesNothing(string name)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        Updates(optimizer, Start(), 0, 3);
        OptimizerState good = optimizer.GetState();
        var wrong = new List<OptimizerState>
        {
            new("Another", 3, good.Scalars, good.Vectors, length: Length),
            new(good.Algorithm, 3, good.Scalars.Add("extra", 1), good.Vectors, length: Length),
            new(good.Algorithm, 0, length: Length),
            new(good.Algorithm, 0, good.Scalars.Add("extra", 1)),
            new(good.Algorithm, 0, vectors: good.Vectors.Add("extra", [])),
            new(good.Algorithm, 3, good.Scalars, good.Vectors),
            new(good.Algorithm, 3, good.Scalars, good.Vectors, inner: [new("inner", good)], length: Length),
            new(good.Algorithm, 3, good.Scalars, good.Vectors.Add("extra", [.. new double[Length]]), length: Length),
        };
        if (!good.Scalars.IsEmpty)
            wrong.Add(new(good.Algorithm, 3, good.Scalars.SetItem(good.Scalars.Keys.First(), double.NaN), good.Vectors, length: Length));
        if (!good.Vectors.IsEmpty)
        {
            string slot = good.Vectors.Keys.First();
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.Remove(slot), length: Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(slot, good.Vectors[slot].Add(1)), length: Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(slot, good.Vectors[slot].RemoveAt(0)), length: Length));
            wrong.Add(new(good.Algorithm, 3, good.Scalars,
                good.Vectors.SetItem(slot, good.Vectors[slot].SetItem(1, double.PositiveInfinity)), length: Length));
            // not a float
            wrong.Add(new(good.Algorithm, 3, good.Scalars, good.Vectors.SetItem(slot, good.Vectors[slot].SetItem(1, 0.1)), length: Length,
                precision: NumericPrecision.Single));
        }

        foreach (OptimizerState state in wrong)
            optimizer.Invoking(o => o.SetState(state)).Should().Throw<ArgumentException>();
        optimizer.Invoking(o => o.SetState(null!)).Should().Throw<ArgumentNullException>();

        optimizer.GetState().Should().BeEquivalentTo(good);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfDifferentLengths_ThrowsAndChangesNothing(string name)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        double[] parameters = [1, 2, 3];

        optimizer.Invoking(o => o.Update(parameters, new double[2])).Should().Throw<ArgumentException>()
            .WithMessage("*gradient has 2*parameters have 3*");

        parameters.Should().Equal(1, 2, 3);
        optimizer.StepCount.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfAnotherLength_ThrowsNamingBothAndChangesNothing(string name)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        Updates(optimizer, Start(), 0, 2);
        OptimizerState before = optimizer.GetState();

        optimizer.Invoking(o => o.Update(new double[5], new double[5])).Should().Throw<InvalidOperationException>().WithMessage("*37*5*");

        optimizer.GetState().Should().BeEquivalentTo(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_InAnotherPrecision_ThrowsNamingBothAndChangesNothing(string name)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        Updates(optimizer, Start(), 0, 2);
        OptimizerState before = optimizer.GetState();

        optimizer.Invoking(o => o.Update(SingleStart(), Single(Gradient(0)))).Should().Throw<InvalidOperationException>()
            .WithMessage("*Double*Single*");

        optimizer.GetState().Should().BeEquivalentTo(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AtARateThatIsNotAllowed_ThrowsAndChangesNothing(string name)
    {
        foreach (double rate in (double[])[-1e-300, double.NaN, double.PositiveInfinity])
        {
            Optimizer optimizer = AllOptimizers.ByName[name]();
            double[] parameters = Start();

            optimizer.Invoking(o => o.Update(parameters, Gradient(0), rate)).Should().Throw<ArgumentOutOfRangeException>()
                .WithParameterName("learningRate");

            parameters.Should().Equal(Start());
            optimizer.StepCount.Should().Be(0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AtRateZero_FirstStepMovesNothing(string name)
    {
        double[] parameters = Start();

        AllOptimizers.ByName[name]().Update(parameters, Gradient(0), 0);

        parameters.Should().Equal(Start());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_OfNoParameters_OnlyCounts(string name)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();

        optimizer.Update(Span<double>.Empty, []);

        optimizer.StepCount.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_WithAZeroGradient_MovesNothing(string name)
    {
        // 0/0 is 0. Only AdamW moves, by its decay: θ(1 − ηλ) each time.
        Optimizer optimizer = AllOptimizers.ByName[name]();
        double decay = optimizer is AdamW ? 1 - 0.001 * 0.01 : 1;
        double[] expected = Start(), parameters = Start();
        float[] singles = SingleStart();
        Optimizer single = AllOptimizers.ByName[name]();

        for (int i = 0; i < 3; i++)
        {
            optimizer.Update(parameters, new double[Length]);
            single.Update(singles, new float[Length]);
            expected = Array.ConvertAll(expected, x => decay * x);
        }

        parameters.Should().Equal(expected);
        singles.Should().OnlyContain(x => float.IsFinite(x));
        if (optimizer is not AdamW)
            singles.Should().Equal(SingleStart());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AProductTooSmallToChangeARate_Becomes0WithTheSameBits(string name)
    {
        // Products such as β₁ᵗ would stay at the smallest subnormal number, with which the processor is slow.
        Optimizer optimizer = AllOptimizers.ByName[name]();
        Updates(optimizer, Start(), 0, 3);
        OptimizerState state = optimizer.GetState();
        string[] products = [.. state.Scalars.Keys.Where(
            key => state.Scalars[key] is > 0 and < 1 && state.Scalars.ContainsKey(key + " (low part)"))];

        (double[] Parameters, OptimizerState State) tiny = StepFrom(1e-299), zero = StepFrom(0);

        tiny.Parameters.Should().Equal(zero.Parameters);
        tiny.State.Should().BeEquivalentTo(zero.State);
        products.Where(product => tiny.State.Scalars[product] != 0).Should().BeEmpty();

        (double[] Parameters, OptimizerState State) StepFrom(double product)
        {
            var scalars = state.Scalars.ToDictionary(scalar => scalar.Key, scalar => products.Contains(scalar.Key) ? product
                : scalar.Key.EndsWith("(low part)", StringComparison.Ordinal) ? 0 : scalar.Value);
            IOptimizer started = optimizer.CreateNew();
            started.SetState(new(state.Algorithm, 3, scalars, state.Vectors, length: Length));
            double[] parameters = Start();
            Updates(started, parameters, 3, 1);
            return (parameters, started.GetState());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fresh_AfterUpdates_BehavesLikeANewInstance(string name)
    {
        Optimizer used = AllOptimizers.ByName[name]();
        Updates(used, Start(), 0, 4);
        OptimizerState before = used.GetState();
        double[] expected = Start(), actual = Start();
        Updates(AllOptimizers.ByName[name](), expected, 0, 4);

        IOptimizer fresh = used.CreateNew();
        Updates(fresh, actual, 0, 4);

        actual.Should().Equal(expected);
        (fresh.LearningRate, fresh.Batching).Should().Be((used.LearningRate, used.Batching));
        used.GetState().Should().BeEquivalentTo(before);
    }

    /// <summary>All but those that look at the vector as a whole.</summary>
    public static TheoryData<string> Separable => [.. AllOptimizers.ByName.Keys.Where(name => !_global.ContainsKey(name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheListOfGlobalOptimizers_NamesThoseWhoseEngineLooksAtTheWhole(string name)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        optimizer.Update(Start(), Gradient(0), 0.01);

        ((IRowOptimizer)optimizer).TakesRows.Should().Be(!_global.ContainsKey(name));
    }

    [Theory]
    [MemberData(nameof(Separable))]
    public void Update_AtEveryLength_GivesEachCoordinateTheSameBits(string name)
    {
        const int Longest = 67; // two widest packs of floats and some more
        double[] whole = At(Longest);

        for (int length = 0; length < Longest; length++)
            At(length).Should().Equal(whole[..length], "length is {0}", length);

        double[] At(int length)
        {
            Optimizer optimizer = AllOptimizers.ByName[name]();
            double[] parameters = [.. Enumerable.Range(0, length).Select(i => Math.Sin(i))];
            for (int t = 0; t < 8; t++)
                optimizer.Update(parameters, [.. Enumerable.Range(0, length)
                    .Select(i => i % 11 == 7 ? 0 : Math.Cos(0.7 * i * t + t) * Math.Pow(10, i % 7 - 3))], RateAt(t));
            return parameters;
        }
    }

    [Theory]
    [MemberData(nameof(Separable))]
    public void Update_OfEachCoordinate_DoesNotDependOnTheOthers(string name)
    {
        double[] together = Start();
        Updates(AllOptimizers.ByName[name](), together, 0, 7);

        for (int i = 0; i < Length; i++)
        {
            Optimizer alone = AllOptimizers.ByName[name]();
            double[] one = [Start()[i]];
            for (int t = 0; t < 7; t++)
                alone.Update(one, [Gradient(t)[i]], RateAt(t));
            one[0].Should().Be(together[i], "coordinate {0} is the same alone", i);
        }
    }

    public static TheoryData<string, double, int> Budgets =>
        [.. RuleFacts.All.SelectMany(rule => rule.Variants).Select(one => (one.Name, one.Rate, one.Budget))];

    // f(θ) = ½ Σ cᵢ θᵢ² with curvatures 1, 2, 4 from (1, −1, 1): f = 3.5 at the start. The budgets are what each rule's own theory asks for
    // at its rate: the slowest direction of plain descent shrinks by 1 − 0.1 a step; adaptive rules move about their rate a step.
    [Theory]
    [InlineData("BatchGD", 0.1, 200)]
    [InlineData("SGD", 0.1, 200)]
    [InlineData("MiniBatchSGD", 0.1, 200)]
    [InlineData("Momentum", 0.05, 400)]
    [InlineData("Nesterov", 0.05, 400)]
    [InlineData("Momentum rate outside", 0.05, 400)]
    [InlineData("Nesterov rate outside", 0.05, 400)]
    [InlineData("AdaGrad", 0.5, 200)]
    [InlineData("AdaGrad root", 0.5, 200)]
    [InlineData("RMSProp", 0.01, 500)]
    [InlineData("RMSProp centred", 0.01, 500)]
    [InlineData("RMSProp momentum", 0.002, 500)]
    [InlineData("RMSProp centred momentum", 0.002, 500)]
    [InlineData("RMSProp rate outside", 0.002, 500)]
    [InlineData("RMSProp root", 0.01, 500)]
    [InlineData("RMSProp root, all", 0.002, 500)]
    [InlineData("Adam", 0.05, 500)]
    [InlineData("Adam AMSGrad", 0.05, 500)]
    [InlineData("Adam AMSGrad corrected", 0.05, 500)]
    [InlineData("AdamW", 0.05, 500)]
    [InlineData("AdamW AMSGrad", 0.05, 500)]
    [InlineData("AdaMax", 0.05, 500)]
    [InlineData("AdaMax outside", 0.05, 500)]
    [InlineData("NAdam", 0.05, 500)]
    [InlineData("RAdam", 0.05, 500)]
    [InlineData("AdaDelta", 1, 2500)]
    [InlineData("Rprop", 0.01, 100)]
    [MemberData(nameof(Budgets))]
    public void Update_OnAConvexQuadratic_SolvesItWithinItsBudget(string name, double rate, int budget)
    {
        double[] curvature = [1, 2, 4], parameters = [1, -1, 1], gradient = new double[3];
        Optimizer optimizer = AllOptimizers.ByName[name]();

        for (int t = 0; t < budget; t++)
        {
            for (int i = 0; i < 3; i++)
                gradient[i] = curvature[i] * parameters[i];
            optimizer.Update(parameters, gradient, rate);
        }

        (0.5 * parameters.Zip(curvature, (x, c) => c * x * x).Sum()).Should().BeLessThan(1e-3 * 3.5);
    }

    private static double[] Start() => [.. Enumerable.Range(0, Length).Select(i => Math.Sin(i + 1.0))];

    private static float[] SingleStart() => Single(Start());

    private static float[] Single(double[] values) => Array.ConvertAll(values, x => (float)x);

    private static double[] Gradient(int t) =>
        [.. Enumerable.Range(0, Length).Select(i => i % 9 == 8 ? 0 : Math.Cos(1.7 * i + 0.9 * t) * Math.Pow(10, i % 5 - 2))];

    private static double RateAt(int t) => 0.01 / (1 + t % 3);

    private static void Updates(IOptimizer optimizer, double[] parameters, int first, int count)
    {
        for (int t = first; t < first + count; t++)
            optimizer.Update(parameters, Gradient(t), RateAt(t));
    }
}
