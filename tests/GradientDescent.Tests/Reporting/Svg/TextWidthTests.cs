using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class TextWidthTests
{
    // Sums of the advance widths of DejaVu Sans, from its own table, in 1/2048 em; the text is 12 pixels high. Rounding up to 0.05 em adds
    // less than that for each character.
    [Theory]
    [InlineData("Momentum", 11669)]
    [InlineData("illicit", 4774)]
    [InlineData("WWW @ 100 %", 15931)]
    public void Of_IsAtLeastWhatTheWidestFontNeedsAndNotMuchMore(string text, int units)
    {
        double needed = 12.0 * units / 2048;

        TextWidth.Of(text).Should().BeInRange(needed, needed + 12 * 0.05 * text.Length);
    }

    [Fact]
    public void Shorten_LeavesATextThatFits() => TextWidth.Shorten("Momentum", TextWidth.Of("Momentum")).Should().Be("Momentum");

    [Theory]
    [InlineData("A run with a very long name")]
    [InlineData("𝛼𝛽𝛾𝛿𝜀𝜁𝜂𝜃𝜄𝜅")]
    [InlineData("训练损失随时间变化的曲线")]
    public void Shorten_ToAnyWidth_FitsAndIsABeginningWithAnEllipsis(string text)
    {
        for (double width = 12; width < TextWidth.Of(text); width += 0.7)
        {
            string shortened = TextWidth.Shorten(text, width);

            TextWidth.Of(shortened).Should().BeLessThanOrEqualTo(width);
            shortened.Should().EndWith("…");
            text.Should().StartWith(shortened[..^1]);
            char.IsHighSurrogate(shortened.Length > 1 ? shortened[^2] : ' ').Should().BeFalse("a character is kept whole or not at all");
        }
    }
}
