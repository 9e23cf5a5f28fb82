using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Wrappers;

/// <summary>What groups refuse, by name.</summary>
public class ParameterGroupsArgumentTests
{
    private static readonly ParameterLayout _layout =
        new(new ParameterBlock("W1", 2), new ParameterBlock("b1", 1, role: ParameterRole.Bias));

    [Fact]
    public void Bind_OfAPatternThatMatchesNoBlock_ListsTheBlocks()
    {
        new ParameterGroups(new SGD()).Use("w*", new Adam()).Invoking(g => g.Bind(_layout))
            .Should().Throw<ArgumentException>().WithMessage("'w*' matches no block: the blocks are W1, b1.*");
        new ParameterGroups(new SGD()).Freeze(block => block.Length > 2).Invoking(g => g.Bind(_layout))
            .Should().Throw<ArgumentException>().WithMessage("'predicate 1' matches no block: the blocks are W1, b1.*");
        FluentActions.Invoking(() => new Trainer(new ParameterGroups(new SGD()).Freeze("*.bias")).Minimize(new Quadratic([1], [0]), [1]))
            .Should().Throw<ArgumentException>()
                .WithMessage("'*.bias' matches no block: the blocks are parameters.*");
    }

    [Fact]
    public void Update_BeforeBind_SaysWhatToDo()
    {
        var groups = new ParameterGroups(new SGD());
        double[] parameters = [1];

        groups.Invoking(g => g.Update(parameters, [1])).Should().Throw<InvalidOperationException>()
            .WithMessage("These ParameterGroups do not know the blocks: call Bind(layout) before the first step.");
        groups.Invoking(g => ((IOptimizer)g).Step(new Quadratic([1], [0]), parameters, new double[1]))
            .Should().Throw<InvalidOperationException>();
        groups.Invoking(g => g.SetState(new ParameterGroups(new SGD()).GetState())).Should().Throw<InvalidOperationException>();
        (parameters[0], groups.StepCount).Should().Be((1, 0));
    }

    [Fact]
    public void AfterBind_NothingCanBeAdded()
    {
        var groups = new ParameterGroups(new SGD());
        groups.Bind(_layout);

        foreach (Action act in (Action[])[() => groups.Use("b1", new SGD()), () => groups.Freeze("b1"), () => groups.Bind(_layout)])
            act.Should().Throw<InvalidOperationException>().WithMessage("*bound to a layout already*");
        var fresh = (ParameterGroups)groups.CreateNew();
        fresh.Use("b1", new SGD()).Freeze("W1").Bind(_layout).HasFrozenBlocks.Should().BeTrue();
    }

    [Fact]
    public void Use_OfARuleThatIsUsedAlready_IsRefused()
    {
        var rule = new SGD();

        FluentActions.Invoking(() => new ParameterGroups(rule).Use("b1", rule)).Should().Throw<ArgumentException>()
            .WithMessage("This SGD is a rule of these groups already: each needs an instance of its own.*");
    }

    [Fact]
    public void Use_OfARuleForFullBatches_IsRefusedForMiniBatches()
    {
        FluentActions.Invoking(() => new ParameterGroups(new SGD()).Use("b1", new Rprop())).Should().Throw<ArgumentException>()
            .WithMessage("Rprop uses full batches only, the default rule batches of 1: they must agree.*");
        new ParameterGroups(new Rprop()).Use("b1", new SGD()).Batching.Should().Be(Batching.Full);
    }

    [Fact]
    public void Arguments_ThatAreMissing_AreNamed()
    {
        var groups = new ParameterGroups(new SGD());

        FluentActions.Invoking(() => new ParameterGroups(null!)).Should().Throw<ArgumentNullException>().WithParameterName("defaultRule");
        groups.Invoking(g => g.Use("", new SGD())).Should().Throw<ArgumentException>().WithParameterName("namePattern");
        groups.Invoking(g => g.Use("b1", null!)).Should().Throw<ArgumentNullException>().WithParameterName("rule");
        groups.Invoking(g => g.Use((Func<ParameterBlock, bool>)null!, new SGD()))
            .Should().Throw<ArgumentNullException>().WithParameterName("predicate");
        groups.Invoking(g => g.Freeze("")).Should().Throw<ArgumentException>().WithParameterName("namePattern");
        groups.Invoking(g => g.Bind(null!)).Should().Throw<ArgumentNullException>().WithParameterName("layout");
    }

    [Fact]
    public void SetState_OfOtherGroups_IsRefusedByName()
    {
        IOptimizer groups = new ParameterGroups(new SGD()).Use("b1", new Momentum());
        IOptimizer others = new ParameterGroups(new SGD()).Use("W1", new Momentum());
        groups.Bind(_layout);
        others.Bind(_layout);

        groups.Invoking(g => g.SetState(others.GetState())).Should().Throw<ArgumentException>()
            .WithMessage("The state has the rules [1, 0] of the blocks: these groups have [0, 1].*");
    }

    [Fact]
    public void Fit_WithScalingAndFrozenParameters_IsRefused()
    {
        var data = Dataset.From([[1.0], [2], [3]], [1, 2, 4]);
        var trainer = new Trainer(new ParameterGroups(new Adam()).Freeze("intercept*"));

        trainer.Invoking(t => t.Fit(new LinearRegression(), data, options: new() { Scaling = FeatureScaling.Standardize }))
            .Should().Throw<ArgumentException>().WithParameterName("Scaling")
            .WithMessage("Scaling is Standardize: *use FeatureScaling.None.*");
    }
}
