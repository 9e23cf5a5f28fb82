using System.Collections.Immutable;

namespace GradientDescent.Tests.Optimizers;

/// <summary>A state as text, and states that are refused.</summary>
public class OptimizerStateTests
{
    [Fact]
    public void ToString_NamesAlgorithmStepsAndNames()
    {
        var inner = new OptimizerState("SGD", 1);
        var state = new OptimizerState(
            "Adam",
            2,
            [KeyValuePair.Create("beta1 power", 0.5)],
            [KeyValuePair.Create("mean", ImmutableArray.Create(1.0))],
            [KeyValuePair.Create("inner", inner)]);

        state.ToString().Should().Be("Adam, 2 steps: beta1 power, mean, inner");
        inner.ToString().Should().Be("SGD, 1 step");
    }

    [Fact]
    public void Constructor_OfBadArguments_NamesThem()
    {
        FluentActions.Invoking(() => new OptimizerState("", 0)).Should().Throw<ArgumentException>().WithParameterName("algorithm");
        FluentActions.Invoking(() => new OptimizerState("SGD", -1)).Should().Throw<ArgumentException>().WithParameterName("stepCount");
        FluentActions.Invoking(() => new OptimizerState("SGD", 0, length: -1)).Should().Throw<ArgumentException>()
            .WithParameterName("length");
        FluentActions.Invoking(() => new OptimizerState("SGD", 0, vectors: [KeyValuePair.Create("mean", default(ImmutableArray<double>))]))
            .Should().Throw<ArgumentException>().WithParameterName("vectors")
            .WithMessage("Vector 'mean' is default: it must be an array.*");
    }

    [Fact]
    public void SetState_WithOtherNames_ListsBoth()
    {
        var scalars = new OptimizerState("Momentum", 3, [KeyValuePair.Create("a", 1.0), KeyValuePair.Create("b", 1.0)], length: 1);
        var adam = new Adam();
        adam.Update([1.0], [1.0]);
        var vectors = new OptimizerState(
            "Adam", 3, adam.GetState().Scalars, [KeyValuePair.Create("mean", ImmutableArray.Create(1.0))], length: 1);

        FluentActions.Invoking(() => new Momentum().SetState(scalars)).Should().Throw<ArgumentException>()
            .WithMessage("The state has scalars [a, b]: it must have [].*").WithParameterName("state");
        FluentActions.Invoking(() => new Adam().SetState(vectors)).Should().Throw<ArgumentException>()
            .WithMessage("The state has vectors [mean]: it must have [mean, mean square].*");
        FluentActions.Invoking(() => new Momentum().SetState(null!)).Should().Throw<ArgumentNullException>().WithParameterName("state");
        FluentActions.Invoking(() => new Lookahead(new SGD()).SetState(null!)).Should().Throw<ArgumentNullException>()
            .WithParameterName("state");
    }
}
