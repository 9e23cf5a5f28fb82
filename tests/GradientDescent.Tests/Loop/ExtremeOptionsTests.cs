using System.Reflection;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>The largest values of options: each is refused by name, or a run with it works.</summary>
public sealed class ExtremeOptionsTests
{
    private static readonly Dataset _data = Dataset.From([1.0, 2, 3, 4, 5, 6], [2.0, 4, 6, 8, 11, 12]);

    public static TheoryData<string> WholeNumbers =>
        [.. typeof(TrainingOptions).GetProperties()
            .Where(option => new[] { typeof(int), typeof(long), typeof(int?), typeof(long?) }.Contains(option.PropertyType))
            .Select(option => option.Name)];

    [Theory]
    [MemberData(nameof(WholeNumbers))]
    public void TheLargestWholeNumber_IsRefusedByNameOrWorks(string name)
    {
        PropertyInfo option = typeof(TrainingOptions).GetProperty(name)!;
        Type type = Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType;
        object largest = type == typeof(int) ? int.MaxValue : (object)long.MaxValue;
        var options = new TrainingOptions { MaxSteps = 3, Batching = Batching.Mini(2), LossTolerance = 1e-300, ParallelThreshold = 0 };
        try
        {
            option.SetMethod!.Invoke(options, BindingFlags.DoNotWrapExceptions, null, [largest], null);
        }
        catch (ArgumentOutOfRangeException e)
        {
            e.ParamName.Should().Be(name);
            return;
        }

        long allocated = AllocatedBytes.Of(() => new Trainer(new Adam(), options with { MaxTime = TimeSpan.FromSeconds(1) })
            .Fit(new LinearRegression(), _data).Reason.Should().BeOneOf(StopReason.MaxSteps, StopReason.MaxTime));

        allocated.Should().BeLessThan(64 << 20);
    }

    [Fact]
    public void LossWindow_HasABound()
    {
        FluentActions.Invoking(() => new TrainingOptions { LossWindow = 1_000_001 })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("LossWindow is 1000001: it must be from 1 to 1000000.*");
        new TrainingOptions { LossWindow = 1_000_000 }.LossWindow.Should().Be(1_000_000);
    }

    [Fact]
    public void AnyNumberOfThreads_GivesTheSameBits()
    {
        double[] one = Fitted(1), many = Fitted(int.MaxValue);

        many.Should().Equal(one);

        static double[] Fitted(int threads) => [.. new Trainer(
                new Adam { MaxDegreeOfParallelism = threads },
                new() { MaxSteps = 5, MaxDegreeOfParallelism = threads, ParallelThreshold = 0 })
            .Fit(new LinearRegression(), _data).Parameters];
    }

    [Theory]
    [InlineData(int.MaxValue - 1)]
    [InlineData((1 << 20) + 2)]
    public void ALog_HasABound(int capacity) => FluentActions.Invoking(() => new TrainingLog(capacity))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("capacity is *: it must be even and from 2 to 1048576.*");

    [Fact]
    public void SettingsOfOtherTypes_AreRefusedByNameOrWork()
    {
        Action[] uses =
        [
            () => Run(new() { EarlyStopping = new(patience: int.MaxValue) }),
            () => Run(new() { Batching = Batching.Mini(int.MaxValue) }),
            () => Run(new() { Batching = Batching.Mini(int.MaxValue), AccumulationSteps = int.MaxValue }),
            () => Run(new() { CheckpointEvery = Horizon.Steps(long.MaxValue) }),
            () => Run(new() { Schedule = new ReduceOnPlateau(patience: int.MaxValue) }),
            () => Run(new() { Schedule = new CosineDecay(Horizon.Steps(long.MaxValue)) }),
            () => Run(new() { Seed = long.MinValue }),
            () => Run(new(), new Lookahead(new Adam(), synchronizationPeriod: int.MaxValue)),
            () => new Trainer(new Adam()).Fit(new LinearRegression(int.MaxValue), _data),
            () => new Trainer(new Adam()).Fit(new SoftmaxRegression(int.MaxValue), Dataset.From([1.0, 2], [0.0, 1])),
            () => LinearRegression.FitPolynomial(_data, int.MaxValue),
        ];
        foreach (Action use in uses)
        {
            if (Record.Exception(use) is { } refusal)
                refusal.Should().BeAssignableTo<ArgumentException>();
        }

        static void Run(TrainingOptions options, IOptimizer? optimizer = null) =>
            new Trainer(optimizer ?? new Adam(), options with { MaxSteps = 3 }).Fit(new LinearRegression(), _data);
    }
}
