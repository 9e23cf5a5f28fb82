using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public partial class HtmlPageTests
{
    private static readonly Chart _chart = Charts.Curves("A <title> & more", "x", "y", ("a", [1, 2], [3, double.NaN]));

    private static readonly string _html = _chart.ToHtml();

    [Fact]
    public void ToHtml_AllowsItsOwnScriptsByHashAndNothingElse()
    {
        string policy = Policy().Match(_html).Groups[1].Value;

        string[] hashes = [.. Script().Matches(_html).Select(script =>
            $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[1].Value)))}'")];
        hashes.Should().HaveCount(2);
        policy.Should().Be(
            $"default-src 'none'; style-src 'unsafe-inline'; script-src {string.Join(' ', hashes)}; img-src data: blob:; " +
            "base-uri 'none'; form-action 'none'");
    }

    [Fact]
    public void ToHtml_WithASurface_AllowsTheWholeScriptByHash()
    {
        string html = Charts.Surface(TestFunctions.Beale).ToHtml();

        foreach (Match script in Script().Matches(html))
            html[..4_000].Should().Contain(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[1].Value))));
        html.Length.Should().BeGreaterThan(4_800_000);
        _html.Length.Should().BeLessThan(1_300_000);
    }

    [Fact]
    public void ToHtml_NamesNothingOutsideTheFile()
    {
        string page = WithoutScripts(_html);

        page.Should().NotContain("http:").And.NotContain("https:").And.NotContain("url(").And.NotContain("@import")
            .And.NotContain("<link").And.NotContain(" src=");
        EventAttribute().IsMatch(page).Should().BeFalse("the policy would block it");
        _html.Should().NotContain("\r");
    }

    [Fact]
    public void ToHtml_HasTheTitleAndADescriptionForReadersWhoCannotSee()
    {
        _html.Should().Contain("<title>A &lt;title&gt; &amp; more</title>").And.Contain("<h3>A &lt;title&gt; &amp; more</h3>");
        _html.Should().Contain("role=\"img\" tabindex=\"0\" aria-label=\"A &lt;title&gt; &amp; more. y over x, with a.\"")
            .And.Contain("<noscript>");
    }

    [Fact]
    public void ToHtml_HasTheFigureWithTheNamesOfItsColours()
    {
        JsonNode data = JsonNode.Parse(Data().Match(_html).Groups[1].Value)!;

        JsonNode trace = data["figures"]![0]!["data"]![0]!;
        trace["y"]!.ToJsonString().Should().Be("[3,null]");
        ((string)trace["line"]!["color"]!).Should().Be("@s0");
        foreach ((string name, Theme theme) in ((string, Theme)[])[("light", Theme.Light), ("dark", Theme.Dark)])
        {
            foreach ((string colour, string value) in theme.Colours)
                ((string)data[name]![colour]!).Should().Be(value);
        }
    }

    [Fact]
    public void ImageIn_APage_IsThePicture()
    {
        Encoding.UTF8.GetString(ImagePage.ImageIn("<pre id=\"image\">data:image/svg+xml,%3Csvg%3E%C3%BC%3C%2Fsvg%3E</pre>", "svg")!)
            .Should().Be("<svg>ü</svg>\n");
        ImagePage.ImageIn("<pre id=\"image\">data:image/png;base64,AQID</pre>", "png").Should().Equal(1, 2, 3);
        ImagePage.ImageIn("<body></body>", "png").Should().BeNull();
    }

    [Theory]
    [InlineData("a</text><script>alert(1)</script>", "a&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\"quoted\" & 'so'", "&quot;quoted&quot; &amp; &#39;so&#39;")]
    [InlineData("nul \0, bell \a, tab \t", "nul \uFFFD, bell \uFFFD, tab \t")]
    [InlineData("right\u202Etfel \uFFFE", "right\uFFFDtfel \uFFFD")]
    [InlineData("μ 𝛼", "μ 𝛼")]
    public void Escape_LeavesNothingThatEndsATextOrAnAttribute(string text, string expected) => Html.Escape(text).Should().Be(expected);

    [Fact]
    public void Escape_ReplacesHalfOfASurrogatePair() => Html.Escape("a" + (char)0xD835 + "b").Should().Be("a\uFFFDb");

    [Theory]
    [InlineData(99)]
    [InlineData(10_001)]
    public void ImageOptions_OutOfRange_AreRefused(int size)
    {
        FluentActions.Invoking(() => new ImageOptions { Width = size }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage(FormattableString.Invariant($"Width is {size}: it must be from 100 to 10,000.*"));
        FluentActions.Invoking(() => new ImageOptions { Height = size }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Height is*");
        FluentActions.Invoking(() => new ImageOptions { Scale = 9 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Scale is 9: it must be from 1 to 8.*");
    }

    [Fact]
    public void SaveImage_WithoutItsBrowser_NamesIt() =>
        FluentActions.Invoking(() => _chart.SaveImage(Path.Combine(Path.GetTempPath(), "never.png"),
            new ImageOptions { Browser = "/no/such/browser" }))
            .Should().Throw<InvalidOperationException>().WithMessage("There is no browser '/no/such/browser'*");

    /// <summary>A page without the texts of its scripts and of their data.</summary>
    internal static string WithoutScripts(string html) => AnyScript().Replace(html, "");

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex AnyScript();

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("<[^>]* on[a-z]+=\"")]
    private static partial Regex EventAttribute();
}
