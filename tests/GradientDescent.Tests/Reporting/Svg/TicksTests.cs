using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class TicksTests
{
    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    [InlineData(-3, 7, "−2 0 2 4 6")]
    [InlineData(0.97, 1.03, "0.97 0.98 0.99 1.00 1.01 1.02 1.03")]
    [InlineData(0, 3e6, "0 0.5×10⁶ 1.0×10⁶ 1.5×10⁶ 2.0×10⁶ 2.5×10⁶ 3.0×10⁶")]
    [InlineData(0, 2e-6, "0 0.5×10⁻⁶ 1.0×10⁻⁶ 1.5×10⁻⁶ 2.0×10⁻⁶")]
    public void Linear_OfAnInterval_AreRoundNumbers(double minimum, double maximum, string expected)
    {
        string labels = string.Join(' ', Ticks.Linear(minimum, maximum).Select(tick => tick.Label));

        labels.Should().Be(expected);
    }

    [Theory]
    [InlineData(0, 1, "0 1")]
    [InlineData(0, 3, "0 1 2 3")]
    [InlineData(0, 12, "0 2 4 6 8 10 12")]
    public void Linear_WithALeastDistanceOfOne_AreWholeNumbers(double minimum, double maximum, string expected) =>
        string.Join(' ', Ticks.Linear(minimum, maximum, leastDistance: 1).Select(tick => tick.Label)).Should().Be(expected);

    [Theory]
    [InlineData(1e-3, 1e2, "10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹ 10²")]
    [InlineData(1e-12, 1, "10⁻¹² 10⁻⁹ 10⁻⁶ 10⁻³ 10⁰")]
    [InlineData(9, 300, "10¹ 10²")]
    [InlineData(55, 90, "60 70 80 90")]
    [InlineData(1.5, 30, "2 5 10 20")]
    public void Logarithmic_OfAnInterval_ArePowersOfTen(double minimum, double maximum, string expected)
    {
        string labels = string.Join(' ', Ticks.Logarithmic(minimum, maximum).Select(tick => tick.Label));

        labels.Should().Be(expected);
    }

    [Fact]
    public void EveryInterval_HasAFewTicksInIt()
    {
        for (int exponent = -305; exponent <= 297; exponent += 7)
        {
            foreach (double lead in (double[])[1, 1.7, 2.9, 4.4, 7.3, 9.99])
            {
                double width = lead * Math.Pow(10, exponent);
                foreach (double low in (double[])[0, -width / 3, width * 5])
                {
                    Tick[] ticks = [.. Ticks.Linear(low, low + width)];

                    ticks.Length.Should().BeInRange(3, 9);
                    ticks.Should().OnlyContain(tick => tick.Value >= low - 1e-8 * width && tick.Value <= low + width * (1 + 1e-8));
                    ticks.Select(tick => tick.Label).Should().OnlyHaveUniqueItems();
                }
            }
        }
    }
}
