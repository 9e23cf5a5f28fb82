using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using MathNet.Numerics.Optimization.ObjectiveFunctions;

namespace GradientDescent.Tests.Interop;

/// <summary>f(p) = (p₀ − 1)² + 10 (p₁ + 2)² from (0, 0): its minimum 0 is at (1, −2).</summary>
public sealed class MathNetMinimizerTests
{
    private static readonly Vector<double> _start = Vector<double>.Build.Dense(2);

    private static double Value(Vector<double> p) => (p[0] - 1) * (p[0] - 1) + 10 * (p[1] + 2) * (p[1] + 2);

    private static Vector<double> Gradient(Vector<double> p) => Vector<double>.Build.Dense([2 * (p[0] - 1), 20 * (p[1] + 2)]);

    private static readonly IObjectiveFunction _bowl = ObjectiveFunction.Gradient(Value, Gradient);

    [Fact]
    public void FindMinimum_WhereMathNetsOwnMinimizerStands_FindsTheSame()
    {
        IUnconstrainedMinimizer own = new BfgsMinimizer(1e-9, 1e-9, 1e-9);
        IUnconstrainedMinimizer ours = new MathNetMinimizer(new Nesterov(0.02), new() { GradientTolerance = 1e-9 });

        MinimizationResult expected = own.FindMinimum(_bowl, _start), actual = ours.FindMinimum(_bowl, _start);

        actual.ReasonForExit.Should().Be(ExitCondition.AbsoluteGradient);
        actual.MinimizingPoint.ShouldBeWithin(expected.MinimizingPoint, 1e-8);
        actual.FunctionInfoAtMinimum.Value.Should().BeLessThan(1e-17);
        actual.FunctionInfoAtMinimum.Gradient.L2Norm().Should().BeLessThanOrEqualTo(1e-9);
        _start.Should().Equal(0, 0);
    }

    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void FindMinimum_AtTheLimit_ReturnsAndSaysSo(string name)
    {
        MinimizationResult result = new MathNetMinimizer(AllOptimizers.ByName[name](), new() { MaxSteps = 3 }).FindMinimum(_bowl, _start);

        result.ReasonForExit.Should().Be(ExitCondition.ExceedIterations);
        result.Iterations.Should().Be(3);
        result.FunctionInfoAtMinimum.Value.Should().BeLessThanOrEqualTo(Value(_start), "the best point is returned");
    }

    public static TheoryData<TrainingOptions, double, ExitCondition> Endings => new()
    {
        { new() { RelativeGradientTolerance = 1e-3 }, 0.02, ExitCondition.RelativeGradient },
        { new() { RelativeGradientTolerance = 1e-9, GradientTolerance = 1e-3 }, 0.02, ExitCondition.AbsoluteGradient },
        { new() { RelativeGradientTolerance = 1e-3, GradientTolerance = 1e-9 }, 0.02, ExitCondition.RelativeGradient },
        { new() { ParameterTolerance = 1e-3, GradientTolerance = 0 }, 0.02, ExitCondition.RelativePoints },
        { new() { LossTolerance = 0.5, LossWindow = 1, GradientTolerance = 0 }, 1e-6, ExitCondition.LackOfProgress },
        { new() { EarlyStopping = new(patience: 3), GradientTolerance = 0 }, 0.1, ExitCondition.LackOfProgress },
        { new() { TargetLoss = 1 }, 0.02, ExitCondition.ManuallyStopped },
        { new() { MaxTime = TimeSpan.FromTicks(1) }, 0.02, ExitCondition.ManuallyStopped },
        { new(), 1e200, ExitCondition.InvalidValues },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void FindMinimum_EveryEnding_IsNamed(TrainingOptions options, double rate, ExitCondition expected) =>
        new MathNetMinimizer(new BatchGD(rate), options).FindMinimum(_bowl, _start).ReasonForExit.Should().Be(expected);

    [Fact]
    public void FindMinimum_Cancelled_ReturnsTheStart()
    {
        var minimizer = new MathNetMinimizer(new Adam(), cancellationToken: new CancellationToken(canceled: true));

        MinimizationResult result = minimizer.FindMinimum(_bowl, _start);

        (result.ReasonForExit, result.Iterations).Should().Be((ExitCondition.ManuallyStopped, 0));
        result.MinimizingPoint.Should().Equal(0, 0);
    }

    [Fact]
    public void FindMinimum_WithoutAGradient_TakesDifferences()
    {
        var minimizer = new MathNetMinimizer(new Nesterov(0.02));

        minimizer.FindMinimum(ObjectiveFunction.Value(Value), _start).MinimizingPoint.ShouldBeWithin([1, -2], 1e-6);
        IObjectiveFunction forward = new ForwardDifferenceGradientObjectiveFunction(
            ObjectiveFunction.Value(Value), _start - 100, _start + 100);
        minimizer.FindMinimum(forward, _start).MinimizingPoint.ShouldBeWithin([1, -2], 1e-5);
    }

    [Fact]
    public void ToObjective_AnObjectiveFunction_EvaluatesWithoutMovingIt()
    {
        IObjectiveFunction function = ObjectiveFunction.Gradient(Value, Gradient);
        function.EvaluateAt(Vector<double>.Build.Dense([5, 5]));
        double[] gradient = new double[2];

        double value = function.ToObjective().Evaluate([0, 0], gradient);

        value.Should().Be(41);
        gradient.Should().Equal(-2, 40);
        function.ToObjective().Evaluate([1, -2], []).Should().Be(0);
        function.Point.Should().Equal(5, 5);
    }

    [Fact]
    public void WhatTheFunctionThrows_PassesThrough() => FluentActions
        .Invoking(() => new MathNetMinimizer(new Adam()).FindMinimum(
            ObjectiveFunction.Gradient(_ => throw new TimeoutException("mine"), Gradient), _start))
        .Should().Throw<TimeoutException>().WithMessage("mine");

    [Fact]
    public void AGradientOfAnotherLength_IsSaid() => FluentActions
        .Invoking(
            () => new MathNetMinimizer(new Adam()).FindMinimum(
                ObjectiveFunction.Gradient(Value, _ => Vector<double>.Build.Dense(3)), _start))
        .Should().Throw<InvalidOperationException>().WithMessage("The function's gradient has 3 entries: its point has 2.");

    public static TheoryData<string, string, Action> BadInput => new()
    {
        { "objective", "Value cannot be null*", () => new MathNetMinimizer(new Adam()).FindMinimum(null!, _start) },
        { "initialGuess", "Value cannot be null*", () => new MathNetMinimizer(new Adam()).FindMinimum(_bowl, null!) },
        { "initialGuess", "initialGuess is a SparseVector of 2: it must be dense*",
            () => new MathNetMinimizer(new Adam()).FindMinimum(_bowl, Vector<double>.Build.Sparse(2)) },
        { "initialGuess", "initialGuess[1] is NaN: every number must be finite.*",
            () => new MathNetMinimizer(new Adam()).FindMinimum(_bowl, Vector<double>.Build.Dense([0, double.NaN])) },
        { "optimizer", "Value cannot be null*", () => _ = new MathNetMinimizer(null!) },
        { "function", "Value cannot be null*", () => ((IObjectiveFunction)null!).ToObjective() },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public void BadInput_NamesTheArgument(string argument, string expected, Action act) =>
        act.Should().Throw<ArgumentException>().WithMessage(expected).Which.ParamName.Should().Be(argument);
}
