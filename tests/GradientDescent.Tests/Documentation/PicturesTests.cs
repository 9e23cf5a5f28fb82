using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>
/// The pictures of the pages are those of the charts that programs of the pages save: the program that saves NAME.html belongs to the
/// picture images/NAME.svg or .png. Browsers draw differently, so what is compared is the figure, whose hash was written when its picture
/// was made. After a change, run these tests once with APPROVE_PICTURES=1 where a Chromium is: it draws the pictures anew.
/// </summary>
[Collection("Programs that are built")]
public partial class PicturesTests
{
    private static readonly string _images = Repository.PathOf("docs", "images");
    private static readonly string _figures = Path.Combine(_images, "figures.txt");

    /// <summary>The files that the pages show, in docs/images, by the names of their charts.</summary>
    private static readonly Dictionary<string, string> _shown = PagePrograms.Pages.Values
        .SelectMany(page => Picture().Matches(page).Select(match => match.Groups["file"].Value)).Distinct()
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file));

    [Fact]
    public void EveryPicture_IsOfTheChartThatItsPageSaves()
    {
        string[] expected = [.. _shown.Keys.Order(StringComparer.Ordinal).Select(name => $"{name} {HashOf(name)}")];
        if (Environment.GetEnvironmentVariable("APPROVE_PICTURES") == "1")
            Approve(expected);

        File.ReadAllLines(_figures).Should().Equal(expected, "a chart changed: if it is meant, run the tests once with APPROVE_PICTURES=1");
    }

    [Fact]
    public void EveryPicture_IsShownOnAPage() =>
        FilesIn(_images).Should().BeEquivalentTo(_shown.Values.Append("figures.txt"));

    private static string HashOf(string name) =>
        PagePrograms.Charts.TryGetValue(name, out string? hash)
            ? hash : throw new InvalidOperationException($"No program saves {name}.html.");

    private static void Approve(string[] expected)
    {
        string[] known = File.Exists(_figures) ? File.ReadAllLines(_figures) : [];
        string[] changed = [.. expected.Except(known).Select(line => line.Split(' ')[0])];
        bool IsOld(string name, string file) => changed.Contains(name) || !File.Exists(Path.Combine(_images, file));
        Directory.CreateDirectory(_images);
        PagePrograms.Draw(_shown.Where(one => IsOld(one.Key, one.Value)).ToDictionary(), _images);
        foreach (string file in FilesIn(_images).Except(_shown.Values.Append("figures.txt")))
            File.Delete(Path.Combine(_images, file));
        File.WriteAllText(_figures, string.Concat(expected.Select(line => line + "\n")));
    }

    private static IEnumerable<string> FilesIn(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));

    [GeneratedRegex(@"\]\((?:docs/)?images/(?<file>[\w./-]+\.(?:svg|png))\)")]
    private static partial Regex Picture();
}
