using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

public class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(2859.69634, "2859.70")]
    [InlineData(0.052755, "0.0527550")]
    [InlineData(1, "1.00000")]
    [InlineData(999999, "999999")]
    [InlineData(3.3536e11, "3.35360e+11")]
    [InlineData(0.00012345678, "1.23457e-04")]
    [InlineData(1e-300, "1.00000e-300")]
    public void Loss_AnySize_HasSixDigits(double loss, string text) => NumberText.Loss(loss).Should().Be(text);

    [Theory]
    [InlineData(1.23e-5, "1.2e-05")]
    [InlineData(-3e-13, "<1e-12")]
    [InlineData(-0.5, "-5.0e-01")]
    [InlineData(1e200, "1.0e+200")]
    public void Gap_AnySize_HasTwoDigitsAboveRounding(double gap, string text) => NumberText.Gap(gap).Should().Be(text);

    [Theory]
    [InlineData(0.0042, "4 ms")]
    [InlineData(0.9999, "1000 ms")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(90, "1.5 min")]
    [InlineData(1e7, "2777.8 h")]
    public void Time_AnyLength_HasAtMostEightCharacters(double seconds, string text) =>
        NumberText.Time(TimeSpan.FromSeconds(seconds)).Should().Be(text);

    [Fact]
    public void Wrap_LongText_BreaksAtSpacesOnly() =>
        TextLayout.Wrap("a longwordwithoutspace and some more", 10).Should().Equal("a", "longwordwithoutspace", "and some", "more");
}
