using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Wrappers;

/// <summary>Each block moves by its own rule as if it were alone.</summary>
public class ParameterGroupsTests
{
    private static readonly ParameterLayout _layout = new(
        new ParameterBlock("layer1.weight", 3, 2),
        new ParameterBlock("layer1.bias", 3, role: ParameterRole.Bias),
        new ParameterBlock("layer2.weight", 1, 3),
        new ParameterBlock("layer2.bias", 1, role: ParameterRole.Bias));

    [Fact]
    public void Update_OfBlocksThatAreNoNeighbours_EqualsEachRuleOnItsOwnVector()
    {
        IOptimizer groups = new ParameterGroups(new Adam(0.01)).Use("*.bias", new Momentum(0.05));
        groups.Bind(_layout);
        IOptimizer weights = new Adam(0.01), biases = new Momentum(0.05);
        double[] actual = Numbers(0), expected = Numbers(0);

        for (int t = 0; t < 20; t++)
        {
            double factor = Stepping.FactorAt(t);
            double[] gradient = Numbers(t + 1);
            UpdateContext context = new(actual, [.. gradient], 0.01 * factor, 0, new Quadratic(new double[13], new double[13]), factor);
            groups.Update(ref context);
            UpdatePart(weights, expected, gradient, factor, [0, 1, 2, 3, 4, 5, 9, 10, 11]);
            UpdatePart(biases, expected, gradient, factor, [6, 7, 8, 12]);

            actual.Should().Equal(expected, "step {0}", t);
        }

        groups.StepCount.Should().Be(20);
        groups.GetState().Inner["rule 1"].Vectors["velocity"].Should().HaveCount(4);
    }

    [Fact]
    public void Update_WithoutAContext_ScalesEveryRate()
    {
        // At 0.05, half of the default rule's rate, the biases' rate is half of 0.4.
        IOptimizer groups = new ParameterGroups(new SGD(0.1)).Use(block => block.Role == ParameterRole.Bias, new SGD(0.4));
        groups.Bind(_layout);
        double[] parameters = new double[13];

        groups.Update(parameters, [.. Enumerable.Repeat(1.0, 13)], 0.05);

        parameters.Should().Equal([.. Enumerable.Repeat(-0.05, 6), -0.2, -0.2, -0.2, -0.05, -0.05, -0.05, -0.2]);
    }

    [Fact]
    public void Bind_OfPatternsThatOverlap_TakesTheFirst()
    {
        IOptimizer groups = new ParameterGroups(new SGD(0.1)).Use("layer1.weight", new SGD(0.2)).Use("layer?.*", new SGD(0.4))
            .Freeze("*2.bias");
        // `layer?.*` has taken layer2.bias already.
        groups.Invoking(g => g.Bind(_layout)).Should().Throw<ArgumentException>()
            .WithMessage("'*2.bias' matches only blocks that are frozen or have an earlier pattern's rule: put it before that one.*");

        groups = new ParameterGroups(new SGD(0.1)).Freeze("*2.bias").Use("layer1.weight", new SGD(0.2)).Use("layer?.*", new SGD(0.4));
        ParameterLayout bound = groups.Bind(_layout);
        double[] parameters = new double[13];
        groups.Update(parameters, [.. Enumerable.Repeat(1.0, 13)], 0.1);

        bound.Blocks.Select(block => block.IsFrozen).Should().Equal(false, false, false, true);
        parameters.Should().Equal([.. Enumerable.Repeat(-0.2, 6), .. Enumerable.Repeat(-0.4, 6), 0]);
    }

    [Fact]
    public void Update_OfGroupsThatEvaluate_LooksAtTheParametersOfTheStepsStart()
    {
        // f = ½(x + y)², at (3, 1): g = (4, 4). Each group looks 2 ahead in its own coordinate only: 4 + 2 = 6 in both, whichever goes
        // first.
        IObjective sum = Objective.From(p => (p[0] + p[1]) * (p[0] + p[1]) / 2, (p, g) => g.Fill(p[0] + p[1]));
        var layout = new ParameterLayout(new ParameterBlock("x", 1), new ParameterBlock("y", 1));
        IOptimizer groups = new ParameterGroups(new SharpnessAware(new SGD(0.125), rho: 2))
            .Use("y", new SharpnessAware(new SGD(0.25), rho: 2));
        groups.Bind(layout);
        double[] parameters = [3, 1];

        groups.Step(sum, parameters, new double[2]);

        parameters.Should().Equal(3 - 6 * 0.125, 1 - 6 * 0.25);
    }

    [Fact]
    public void Minimize_WithAProximalPenalty_ReachesTheSameOptimumAsOneRule()
    {
        // ½ Σ cᵢ(θᵢ − aᵢ)² + λ‖θ‖₁ is minimised by soft thresholding: sign(aᵢ)·max(|aᵢ| − λ/cᵢ, 0).
        var objective = new Penalized([1, 2, 4, 1], [3, -0.125, 2, 0.5], new L1Penalty(0.5));

        ParameterGroups groups = new ParameterGroups(new BatchGD(0.125)).Use("b", new Nesterov(0.0625, 0.5));
        TrainingResult result = new Trainer(groups, new() { GradientTolerance = 1e-12 }).Minimize(objective, new double[4]);

        result.Reason.Should().Be(StopReason.Converged);
        double[] optimum = [2.5, 0, 1.875, 0];
        for (int i = 0; i < 4; i++)
            result.Parameters[i].Should().BeApproximately(optimum[i], 1e-11);
        (result.Parameters[1], result.Parameters[3]).Should().Be((0, 0), "zeros are exact");
    }

    [Theory]
    [InlineData("lbfgs", "lbfgs")]
    [InlineData("lbfgs", "bb")]
    [InlineData("bb", "lbfgs")]
    [InlineData("bb", "bb")]
    public void Minimize_OfSolversInGroups_ReachesTheOptimumWithItsZerosAndBounds(string first, string second)
    {
        IOptimizer Solver(string name) => name == "bb" ? new BarzilaiBorwein() : new LBFGS();
        Trainer Groups() => new(new ParameterGroups(Solver(first)).Use("b", Solver(second)));
        double[] curvatures = [1, 2, 4, 1], centres = [3, -0.125, 2, 0.5];

        TrainingResult lasso = Groups().Minimize(new Penalized(curvatures, centres, new L1Penalty(0.5)), [1, 1, 1, 1]);
        TrainingResult boxed = Groups().Minimize(new Penalized(curvatures, centres, new BoxConstraint(0, 1)), [1, 1, 1, 1]);

        // Soft thresholding, and the nearest point of the box. Both functions are sums of one term per parameter.
        double[] optimum = [2.5, 0, 1.875, 0], nearest = [1, 0, 1, 0.5];
        (lasso.Reason, boxed.Reason).Should().Be((StopReason.Converged, StopReason.Converged));
        for (int i = 0; i < 4; i++)
        {
            lasso.Parameters[i].Should().BeApproximately(optimum[i], 1e-7);
            boxed.Parameters[i].Should().BeApproximately(nearest[i], 1e-7);
        }

        (lasso.Parameters[1], lasso.Parameters[3]).Should().Be((0, 0), "zeros are exact");
        boxed.Parameters.Should().OnlyContain(parameter => parameter >= 0 && parameter <= 1);
    }

    [Fact]
    public void CopySolution_OfGroups_IsMadeOfTheirSolutions()
    {
        IOptimizer groups = new ParameterGroups(new SGD(0.5)).Use("*.bias", new AveragedSGD(0.5));
        groups.Bind(_layout);
        double[] parameters = new double[13], solution = new double[13], ones = [.. Enumerable.Repeat(1.0, 13)];

        groups.CopySolution(parameters, solution).Should().BeFalse();
        groups.Update(parameters, ones); // all at −0.5
        groups.Update(parameters, ones); // all at −1; the mean of both is −0.75

        groups.CopySolution(parameters, solution).Should().BeTrue();
        solution.Should().Equal([.. Enumerable.Repeat(-1.0, 6), -0.75, -0.75, -0.75, -1, -1, -1, -0.75]);
    }

    [Fact]
    public void Update_OfGroupsInGroups_EqualsFlatGroups()
    {
        IOptimizer nested = new ParameterGroups(new Adam()).Use("layer2.*", new ParameterGroups(new Momentum()).Freeze("*.bias"));
        IOptimizer flat = new ParameterGroups(new Adam()).Freeze("layer2.bias").Use("layer2.*", new Momentum());
        ParameterLayout bound = nested.Bind(_layout);
        flat.Bind(_layout).Blocks.Should().Equal(bound.Blocks);
        bound.Blocks.Select(block => block.IsFrozen).Should().Equal(false, false, false, true);
        double[] actual = Numbers(0), expected = Numbers(0);

        for (int t = 1; t < 10; t++)
        {
            nested.Update(actual, Numbers(t));
            flat.Update(expected, Numbers(t));
        }

        actual.Should().Equal(expected);
    }

    [Fact]
    public void Accept_FromTheOnlyGroup_IsForwarded()
    {
        FunctionOptimizer Accepting() => new((ref UpdateContext context) =>
        {
            context.Gradient.Fill(7);
            context.Accept(5);
        });
        double[] gradient = [1, 1];
        var layout = new ParameterLayout(new ParameterBlock("x", 1), new ParameterBlock("y", 1));

        IOptimizer one = new ParameterGroups(Accepting()).Freeze("x"), two = new ParameterGroups(Accepting()).Use("x", Accepting());
        one.Bind(layout);
        two.Bind(layout);
        var context = new UpdateContext(new double[2], gradient, 0.125, 1, new Quadratic([1, 1], [0, 0]));
        two.Update(ref context);
        (context.IsAccepted, context.Loss).Should().Be((false, 1));
        gradient.Should().Equal(1, 1);
        one.Update(ref context);
        (context.IsAccepted, context.Loss).Should().Be((true, 5));
        gradient.Should().Equal(0, 7);
    }

    [Fact]
    public void Update_OfRulesThatStop_StopsTheRunIfAllDo()
    {
        static FunctionOptimizer Stopping(string why) => new((ref UpdateContext context) =>
            context.Stop(new() { Reason = StopReason.Converged, Quantity = why }));
        var quadratic = new Quadratic([1, 1], [0, 0], new ParameterLayout(new ParameterBlock("x", 1), new ParameterBlock("y", 1)));
        TrainingResult Run(IOptimizer x, IOptimizer y) =>
            new Trainer(new ParameterGroups(x).Use("y", y), new() { MaxSteps = 9 }).Minimize(quadratic, [1, 1]);

        TrainingResult one = Run(new BatchGD(), Stopping("the line search")), all = Run(Stopping("first"), Stopping("second"));

        (one.Reason, one.Steps).Should().Be((StopReason.MaxSteps, 9L));
        (all.Reason, all.Stop.Quantity, all.Steps).Should().Be((StopReason.OptimizerStopped, "first", 1L));
    }

    [Fact]
    public void Objective_InsideAGroup_IsNotTheWholeOne()
    {
        object? seen = "nothing";
        IOptimizer groups = new ParameterGroups(new FunctionOptimizer((ref UpdateContext context) => seen = context.Objective));
        groups.Bind(_layout);

        groups.Step(new Quadratic(new double[13], new double[13]), new double[13], new double[13]);

        seen.Should().BeNull();
    }

    [Fact]
    public void ToString_NamesPatternsAndRules() =>
        new ParameterGroups(new SGD(0.5)).Use("*.bias", new Momentum(0.25)).Freeze("x").Freeze(block => false).ToString()
            .Should().Be($"ParameterGroups(*.bias: {new Momentum(0.25)}; x: frozen; predicate 1: frozen; others: SGD, rate 0.5)");

    private static double[] Numbers(int t) => [.. Enumerable.Range(0, 13).Select(i => Math.Sin(1.3 * i + t))];

    private static void UpdatePart(IOptimizer rule, double[] parameters, double[] gradient, double factor, int[] indices)
    {
        double[] part = [.. indices.Select(i => parameters[i])];
        rule.Update(part, [.. indices.Select(i => gradient[i])], rule.LearningRate * factor);
        foreach ((int k, int i) in indices.Index())
            parameters[i] = part[k];
    }
}
