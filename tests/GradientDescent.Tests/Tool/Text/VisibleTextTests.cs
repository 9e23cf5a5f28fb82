using GradientDescent.Reporting;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

/// <summary>Names and labels of a file cannot control a terminal or reorder the text of a page.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("a\u202Eb", "a\uFFFDb")] // right-to-left override
    [InlineData("a\u200Fb", "a\uFFFDb")] // right-to-left mark
    [InlineData("a\u2066b\u2069", "a\uFFFDb\uFFFD")] // isolates
    [InlineData("a\u061Cb", "a\uFFFDb")] // Arabic letter mark
    [InlineData("a\u200Bb", "a\uFFFDb")] // zero-width space
    [InlineData("a\u001B[31mb", "a\uFFFD[31mb")]
    [InlineData("a\u009Bb", "a\uFFFDb")]
    [InlineData("a\U000E0041b", "a\uFFFDb")] // tag character
    [InlineData("a\u200Db\u200Cc", "a\u200Db\u200Cc")] // joiners belong to words
    [InlineData("größe 東京 😀", "größe 東京 😀")]
    public void OneLineAndEscape_ControlCharacters_AreReplaced(string text, string visible)
    {
        TextLayout.OneLine(text).Should().Be(visible);
        Html.Escape(text).Should().Be(visible);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u00A0b")]
    public void OneLine_WhiteSpace_IsASpace(string text) => TextLayout.OneLine(text).Should().Be("a b");

    [Theory]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2067b")]
    [InlineData("a\u001Bb")]
    public void Fit_HeaderWithControls_HasNoneOnTheTerminalThePageAndInJson(string name)
    {
        using var folder = new ToolFolder();
        string file = folder.Write("data.csv", $"{name},y\n1,2\n2,4\n3,7\n"), page = folder.PathOf("page.html");
        char control = name[1];
        if (control == '\u001B')
        {
            Run("fit", file, "--target", "y").Should().Contain("does not look like a text file").And.NotContain("\u001B");
            return;
        }

        Run("fit", file, "--target", "y", "--report", page).Should().Contain("a\uFFFDb").And.NotContain($"{control}");
        File.ReadAllText(page).Should().Contain("a\uFFFDb").And.NotContain($"{control}");
        string json = Run("fit", file, "--target", "y", "--json");
        json.Should().NotContain($"{control}");
        JsonOutput.Root(json[json.IndexOf('{')..]).GetProperty("coefficients")[1].GetProperty("name").GetString().Should().Be(name);
        Run("fit", file, "--target", name + "x").Should().Contain("has no column").And.NotContain($"{control}");
        Run("fit", folder.Write("labels.csv", $"x,y\n1,{name}\n2,b\n3,{name}\n4,c\n"), "--target", "y").Should().NotContain($"{control}");
    }

    private static string Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        CommandLine.Run(arguments, output, output, terminal: null);
        return output.ToString();
    }
}
