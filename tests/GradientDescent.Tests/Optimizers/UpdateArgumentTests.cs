namespace GradientDescent.Tests.Optimizers;

/// <summary>A step without a trainer: what it refuses before anything is changed, and what it passes on.</summary>
public class UpdateArgumentTests
{
    private static readonly ParameterLayout _layout = new(new ParameterBlock("a", 2), new ParameterBlock("b", 1));

    public static TheoryData<string> Kinds => ["rule", "wrapper", "groups"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Update_OfBadArguments_ThrowsAndChangesNothing(string kind)
    {
        IOptimizer optimizer = Create(kind);
        double[] parameters = [1, 2, 3];

        optimizer.Invoking(o => o.Update(parameters, [1, 2], 0.1)).Should().Throw<ArgumentException>().WithParameterName("gradient");
        foreach (double rate in (double[])[-0.1, double.NaN, double.PositiveInfinity])
        {
            optimizer.Invoking(o => o.Update(parameters, [1, 2, 3], rate)).Should().Throw<ArgumentOutOfRangeException>()
                .WithParameterName("learningRate");
        }

        (optimizer.StepCount, string.Join(' ', parameters)).Should().Be((0, "1 2 3"));
    }

    [Fact]
    public void Update_OfGroupsOfAnotherLength_NamesBothLengths()
    {
        IOptimizer groups = Create("groups");
        double[] four = new double[4];

        groups.Invoking(g => g.Update(four, new double[4])).Should().Throw<InvalidOperationException>()
            .WithMessage("These ParameterGroups are bound to 3 parameters and got 4: use CreateNew() for others.");
        groups.Invoking(g => g.CopySolution(four, new double[4])).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Update_OfASet_MovesItAtTheOptimizersRate()
    {
        var parameters = new ParameterSet(_layout);
        var gradients = new ParameterSet(_layout);
        parameters.Values.Fill(1);
        gradients.Values.Fill(2);

        new SGD(0.25).Update(parameters, gradients);

        parameters.Values.ToArray().Should().Equal(0.5, 0.5, 0.5);
    }

    [Fact]
    public void Update_OfSetsWithOtherBlocks_NamesBoth()
    {
        var parameters = new ParameterSet(_layout);
        var gradients = new ParameterSet(new ParameterLayout(new ParameterBlock("a", 1), new ParameterBlock("b", 2)));

        new SGD().Invoking(o => o.Update(parameters, gradients)).Should().Throw<ArgumentException>().WithParameterName("gradients")
            .WithMessage($"gradients has the blocks {gradients.Layout}: parameters has {_layout}.*");
    }

    [Fact]
    public void Update_OfNothing_NamesTheArgument()
    {
        var set = new ParameterSet(_layout);
        Optimizer? none = null;

        FluentActions.Invoking(() => ((IOptimizer)none!).Update([1.0], [1.0])).Should().Throw<ArgumentNullException>()
            .WithParameterName("optimizer");
        FluentActions.Invoking(() => none!.Update([1f], [1f])).Should().Throw<ArgumentNullException>().WithParameterName("optimizer");
        FluentActions.Invoking(() => none!.Update(set, set)).Should().Throw<ArgumentNullException>().WithParameterName("optimizer");
        new SGD().Invoking(o => o.Update(null!, set)).Should().Throw<ArgumentNullException>().WithParameterName("parameters");
        new SGD().Invoking(o => o.Update(set, null!)).Should().Throw<ArgumentNullException>().WithParameterName("gradients");
    }

    [Theory]
    [InlineData("wrapper")]
    [InlineData("groups")]
    public void UseThreads_OfAnOptimizerThatCallsOthers_ReachesThem(string kind)
    {
        var inner = new Threaded();
        IOptimizer outer = kind == "wrapper" ? new Lookahead(inner) : new ParameterGroups(inner);

        ((IThreadedOptimizer)outer).UseThreads(3, 77);

        inner.Threads.Should().Be((3, 77));
    }

    [Fact]
    public void Use_OfARuleWithoutARate_IsRefused() =>
        new ParameterGroups(new SGD()).Invoking(g => g.Use("b", new Threaded { LearningRate = 0 })).Should().Throw<ArgumentException>()
            .WithParameterName("LearningRate");

    [Fact]
    public void Freeze_ByCondition_ChecksItsArgumentAndComesBeforeBind()
    {
        var groups = new ParameterGroups(new SGD());
        groups.Invoking(g => g.Freeze((Func<ParameterBlock, bool>)null!)).Should().Throw<ArgumentNullException>()
            .WithParameterName("predicate");
        groups.Bind(_layout);

        groups.Invoking(g => g.Freeze(block => true)).Should().Throw<InvalidOperationException>()
            .WithMessage("*bound to a layout already*");
    }

    [Fact]
    public void CopySolution_OfSeveralAverages_SaysThatThereIsOne()
    {
        // Two of them: neither may cancel the other.
        IOptimizer groups = new ParameterGroups(new AveragedSGD(0.5)).Use("b", new AveragedSGD(0.25));
        groups.Bind(_layout);
        double[] parameters = [0, 0, 0], solution = new double[3];
        groups.Update(parameters, [1, 1, 1]);
        groups.Update(parameters, [1, 1, 1]);

        groups.CopySolution(parameters, solution).Should().BeTrue();

        solution.Should().Equal(-0.75, -0.75, -0.375);
    }

    private static IOptimizer Create(string kind)
    {
        IOptimizer optimizer = kind switch
        {
            "rule" => new Momentum(),
            "wrapper" => new Lookahead(new Momentum()),
            _ => new ParameterGroups(new Momentum()).Use("b", new SGD()),
        };
        optimizer.Bind(_layout);
        return optimizer;
    }

    private sealed class Threaded : IOptimizer, IThreadedOptimizer
    {
        public (int, int) Threads { get; private set; }

        public double LearningRate { get; init; } = 1;

        public Batching Batching => Batching.Full;

        public long StepCount => 0;

        public void UseThreads(int maxDegreeOfParallelism, int parallelThreshold) =>
            Threads = (maxDegreeOfParallelism, parallelThreshold);

        public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
        {
        }

        public IOptimizer CreateNew() => new Threaded();

        public OptimizerState GetState() => new(nameof(Threaded), 0);

        public void SetState(OptimizerState state)
        {
        }
    }
}
