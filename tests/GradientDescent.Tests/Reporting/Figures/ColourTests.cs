using System.Globalization;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class ColourTests
{
    [Fact]
    public void Themes_HaveContrastsThatReadersNeed()
    {
        foreach (Theme theme in (Theme[])[Theme.Light, Theme.Dark])
        {
            theme.Series.Should().HaveCount(Colour.SeriesCount).And.OnlyHaveUniqueItems();
            theme.Series.Should().OnlyContain(colour => Contrast(colour, theme.Paper) >= 3); // WCAG 2.1, 1.4.11
            Contrast(theme.Ink, theme.Paper).Should().BeGreaterThan(7); // 1.4.6
            Contrast(theme.Muted, theme.Paper).Should().BeGreaterThan(4.5); // 1.4.3
            foreach (string colour in theme.Series.Take(2))
                Contrast(theme.Ink, Mixed(colour, theme.Paper, 0.56)).Should().BeGreaterThan(4.5,
                    "counts stand on the fullest cells of a confusion matrix");
        }
    }

    [Fact]
    public void ValueOf_WithAnOpacity_IsOfCss()
    {
        Theme.Light.ValueOf(Colour.Paper).Should().Be("#ffffff");
        Theme.Light.ValueOf(Colour.Paper with { Opacity = 0.25 }).Should().Be("rgba(255,255,255,0.25)");
    }

    [Fact]
    public void LineOf_SixteenSeries_IsDifferentForEach() => Enumerable.Range(0, 16).Select(Series.LineOf).Should().OnlyHaveUniqueItems();

    [Fact]
    public void WithColoursOf_Runs_GivesThemTheirColoursAndOthersNoneOfThem()
    {
        Figure figure = new(Series.Traces(
            [new("other", [0], [0]), new("b", [0], [0]), new("a", [0], [0]), new("b", [1], [1]), new("another", [0], [0])]), new());

        Figure coloured = figure.WithColoursOf(new Dictionary<string, int> { ["a"] = 0, ["b"] = 1 });

        coloured.Data.Cast<ScatterTrace>().Select(trace => trace.Line!.Color!.Value.Name).Should().Equal("s2", "s1", "s0", "s1", "s3");
        coloured.Data.Cast<ScatterTrace>().Select(trace => trace.Marker!.Color!.Value.One.Name).Should()
            .Equal("s2", "s1", "s0", "s1", "s3");
    }

    [Fact]
    public void WithColoursOf_RunsThatAFigureDoesNotShow_LeavesItsColours()
    {
        Figure figure = new(Series.Traces([new("other", [0], [0]), new("b", [0], [0])]), new());

        figure.WithColoursOf(new Dictionary<string, int> { ["a"] = 0 }).Should().BeSameAs(figure);
    }

    private static double Contrast(string first, string second)
    {
        double[] lights = [.. new[] { first, second }.Select(Luminance).Order()];
        return (lights[1] + 0.05) / (lights[0] + 0.05);
    }

    // The relative luminance of WCAG 2.1.
    private static double Luminance(string colour)
    {
        double[] parts = [.. ((int[])[1, 3, 5]).Select(start => Channel(colour, start) / 255.0)
            .Select(part => part <= 0.03928 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    private static string Mixed(string colour, string paper, double share) => "#" + string.Concat(((int[])[1, 3, 5])
        .Select(start => (int)Math.Round(share * Channel(colour, start) + (1 - share) * Channel(paper, start)))
        .Select(channel => channel.ToString("x2", CultureInfo.InvariantCulture)));

    private static int Channel(string colour, int start) => Convert.ToInt32(colour.Substring(start, 2), 16);
}
