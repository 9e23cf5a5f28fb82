namespace GradientDescent.Tests.Abstractions;

/// <summary>Blocks, layouts and named arrays over one vector.</summary>
public class ParameterLayoutTests
{
    private static readonly ParameterLayout _layout = new(
        new ParameterBlock("W1", 3, 2),
        new ParameterBlock("b1", 3, role: ParameterRole.Bias) { IsFrozen = true },
        new ParameterBlock("scale", 1, role: ParameterRole.Other));

    [Fact]
    public void Layout_PlacesItsBlocksOneAfterAnother()
    {
        (_layout.Count, _layout.HasFrozenBlocks).Should().Be((10, true));
        _layout.Blocks.Select(block => (block.Name, block.Start, block.Length)).Should().Equal(("W1", 0, 6), ("b1", 6, 3), ("scale", 9, 1));
        _layout["b1"].Should().BeSameAs(_layout.Blocks[1]);
        _layout.ToString().Should().Be("W1 (3×2), b1 (3×1, frozen), scale (1×1)");
        ParameterLayout.Flat(4).Blocks.Should().Equal(new ParameterBlock("parameters", 4));
    }

    [Fact]
    public void Layout_OfBlocksOfAnother_PlacesThemAnew()
    {
        var part = new ParameterLayout(_layout["scale"], _layout["W1"]);

        part.Blocks.Select(block => block.Start).Should().Equal(0, 1);
        _layout["scale"].Start.Should().Be(9);
    }

    [Fact]
    public void Of_ABlock_IsItsPartOfAVector()
    {
        double[] vector = [.. Enumerable.Range(0, 10).Select(i => (double)i)];

        _layout["b1"].Of((ReadOnlySpan<double>)vector).ToArray().Should().Equal(6, 7, 8);
        _layout["b1"].Of(vector.AsSpan())[1] = 70;

        vector[7].Should().Be(70);
    }

    [Fact]
    public void Layout_OfBlocksThatDoNotFit_NamesThem()
    {
        FluentActions.Invoking(() => new ParameterLayout())
            .Should().Throw<ArgumentException>().WithMessage("There are no blocks: at least one is needed.*");
        FluentActions.Invoking(() => new ParameterLayout(new ParameterBlock("W", 1), new ParameterBlock("W", 2)))
            .Should().Throw<ArgumentException>().WithMessage("Two blocks are named 'W': each block needs a name of its own.*");
        FluentActions.Invoking(() => new ParameterLayout((ParameterBlock)null!))
            .Should().Throw<ArgumentNullException>().WithParameterName("blocks");
        FluentActions.Invoking(() => new ParameterLayout(new ParameterBlock("W", 1 << 20, 1 << 20)))
            .Should().Throw<ArgumentException>()
                .WithMessage("The blocks up to 'W' have more than 2147483591 parameters: no array holds them.*");
        FluentActions.Invoking(() => _layout["w1"])
            .Should().Throw<KeyNotFoundException>().WithMessage("There is no block 'w1': the blocks are W1, b1, scale.");
    }

    [Fact]
    public void Block_OfArgumentsThatAreNotAllowed_NamesThem()
    {
        FluentActions.Invoking(() => new ParameterBlock("", 1)).Should().Throw<ArgumentException>().WithParameterName("name");
        FluentActions.Invoking(() => new ParameterBlock(null!, 1)).Should().Throw<ArgumentNullException>().WithParameterName("name");
        FluentActions.Invoking(() => new ParameterBlock("W", 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("rows is 0: it must be at least 1.*");
        FluentActions.Invoking(() => new ParameterBlock("W", 1, -1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("columns is -1: *");
        FluentActions.Invoking(() => new ParameterBlock("W", 1, role: (ParameterRole)9))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("role is 9: *");
        FluentActions.Invoking(() => ParameterLayout.Flat(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Update_OfParameterSets_ReadsLikeATextbook()
    {
        // One step of θ ← θ − ηg for W1, b1 and scale, then the sets are one vector.
        var parameters = new ParameterSet(_layout);
        ParameterSet gradients = parameters.CreateNew();
        parameters["W1"].Fill(1);
        gradients["W1"][0] = 4;
        gradients["b1"].Fill(-2);
        var optimizer = new Momentum(learningRate: 0.25, momentum: 0.5);

        optimizer.Update(parameters, gradients);
        optimizer.Update(parameters, gradients); // the velocity is −ηg(1 + ½)

        parameters["W1"].ToArray().Should().Equal(1 - 1 - 1.5, 1, 1, 1, 1, 1);
        parameters.Values.ToArray().Should().Equal(-1.5, 1, 1, 1, 1, 1, 1.25, 1.25, 1.25, 0);
        parameters.ToString().Should().Be(_layout.ToString());
    }

    [Fact]
    public void Update_OfParameterSetsWithOtherBlocks_IsRefused()
    {
        var optimizer = new SGD();
        var parameters = new ParameterSet(new(new ParameterBlock("W", 2)));

        ParameterBlock[] others = [new("V", 2), new("W", 1, 2), new("W", 3), new("W", 2, role: ParameterRole.Bias)];
        foreach (ParameterBlock other in others)
        {
            optimizer.Invoking(o => o.Update(parameters, new ParameterSet(new(other)))).Should().Throw<ArgumentException>()
                .WithMessage($"gradients has the blocks {other}: parameters has W (2×1).*");
        }

        optimizer.StepCount.Should().Be(0);
        FluentActions.Invoking(() => new ParameterSet(null!)).Should().Throw<ArgumentNullException>().WithParameterName("layout");
        FluentActions.Invoking(() => parameters["V"].Clear()).Should().Throw<KeyNotFoundException>();
    }
}
