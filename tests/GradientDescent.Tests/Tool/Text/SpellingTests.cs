using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

public class SpellingTests
{
    [Theory]
    [InlineData("fit", "fit", 0)]
    [InlineData("Fit ", "fit", 0)]
    [InlineData("", "fit", 3)]
    [InlineData("fot", "fit", 1)]
    [InlineData("ft", "fit", 1)]
    [InlineData("fiit", "fit", 1)]
    [InlineData("ift", "fit", 1)] // neighbours exchanged
    [InlineData("kitten", "sitting", 3)] // k for s, e for i, g added
    [InlineData("ca", "abc", 3)] // optimal string alignment: nothing is edited twice
    public void Slips_OfTwoWords_CountsThem(string first, string second, int slips)
    {
        Spelling.Distance(first, second).Should().Be(slips);
        Spelling.Distance(second, first).Should().Be(slips);
    }

    [Theory]
    [InlineData("compair", "compare")]
    [InlineData("nits", "nist")]
    [InlineData("FIT", "fit")]
    [InlineData("help", null)]
    [InlineData("", null)]
    public void To_AWord_IsTheOneWithFewSlips(string written, string? meant) =>
        Spelling.Suggestion(written, ["fit", "predict", "compare", "nist"]).Should().Be(meant);
}
