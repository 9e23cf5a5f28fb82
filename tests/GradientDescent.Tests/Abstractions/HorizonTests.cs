namespace GradientDescent.Tests.Abstractions;

public sealed class HorizonTests
{
    // The tolerance is 2⁻⁵¹ of the value. From 16 to 32 the last place is 2⁻⁴⁸, so for 29 it is 29/8 = 3.6 places; just below 32 it is four
    // places, and just below 16, with places half as large, four of them too.
    [Theory]
    [InlineData(29, 3, true)]
    [InlineData(29, -3, true)]
    [InlineData(29, 4, false)]
    [InlineData(29, -4, false)]
    [InlineData(16, 2, true)]
    [InlineData(16, 3, false)]
    [InlineData(16, -3, true)]
    [InlineData(16, -4, false)]
    [InlineData(1, 2, true)]
    [InlineData(1, 3, false)]
    public void InSteps_NearAWholeNumber_IsWholeWithinThreeRoundingsOnly(double whole, int places, bool isWhole)
    {
        double near = whole;
        for (int i = 0; i < Math.Abs(places); i++)
            near = places > 0 ? Math.BitIncrement(near) : Math.BitDecrement(near);
        var clock = new TrainingClock { StepsPerEpoch = 1 };

        Horizon.Epochs(near).InSteps(clock).Should().Be(isWhole ? whole : near);
    }

    // A hundredth, a thousandth and a millionth off are not rounding, whatever the size.
    [Theory]
    [InlineData(1.01)]
    [InlineData(99.999)]
    [InlineData(1e6 + 1e-6)]
    [InlineData(1e12 + 1e-3)]
    public void InSteps_NotWhole_StaysAsItIs(double epochs) =>
        Horizon.Epochs(epochs).InSteps(new TrainingClock { StepsPerEpoch = 1 }).Should().Be(epochs);

    [Fact]
    public void Progress_AndPassed_AreInUnitsOfTheLength()
    {
        var clock = new TrainingClock { Step = 15 };

        Horizon.Steps(20).Progress(clock).Should().Be(0.75);
        Horizon.Steps(10).Progress(clock).Should().Be(1);
        Horizon.Steps(10).Passed(clock).Should().Be(1.5);
    }
}
