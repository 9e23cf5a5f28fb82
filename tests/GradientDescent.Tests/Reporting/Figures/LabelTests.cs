using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class LabelTests
{
    [Theory]
    [InlineData("</text><script>", "&lt;/text&gt;&lt;script&gt;")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("%{x} 5 %", "%&#123;x} 5 %")]
    [InlineData("right\u202Etfel", "right\uFFFDtfel")]
    [InlineData("two\nlines\tand a tab", "two lines and a tab")]
    [InlineData("μ 𝛼 @s0 $x$", "μ 𝛼 @s0 $x$")]
    public void Of_LeavesNoMarkupAndNoVariable(string text, string expected) => Label.Of(text).Should().Be(expected);

    [Fact]
    public void Of_HalfASurrogatePair_IsReplaced() => Label.Of("a" + (char)0xD835 + "b").Should().Be("a\uFFFDb");

    [Fact]
    public void Of_AnyText_HasNoMarkup() => Prop.ForAll<string>(text =>
    {
        string label = Label.Of(text ?? "");
        return !label.Contains('<') && !label.Contains('>') && !label.Contains("%{") && !label.Any(char.IsControl);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Short_OfALongText_HasFortyCharacters()
    {
        Label.Short(new string('a', 40)).Should().Be(new string('a', 40));
        Label.Short(new string('a', 41)).Should().Be(new string('a', 39) + "…");
        Label.Short(string.Concat(Enumerable.Repeat("é", 41))).Should().Be(string.Concat(Enumerable.Repeat("é", 39)) + "…",
            "accents stay with their letters");
        Label.Short(string.Concat(Enumerable.Repeat("<", 41))).Should().Be(string.Concat(Enumerable.Repeat("&lt;", 39)) + "…",
            "a sign counts once");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1.5, "−1.5")]
    [InlineData(123456.7, "1.2346E5")]
    [InlineData(1e-7, "1E-7")]
    [InlineData(1e300, "1E+300")]
    public void Number_HasFiveDigits(double value, string expected) =>
        Label.Number(value).Should().Be(expected.Replace("E-", "E−"));
}
