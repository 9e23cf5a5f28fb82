using System.Text.RegularExpressions;
using GradientDescent.Tests.Architecture;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>Rules for all C# files: the length of lines everywhere, the words of comments and messages in the packages.</summary>
public partial class StyleTests
{
    private const int MaxLineLength = 140;

    private static readonly string[] _folders = ["src", "tests", "samples", "benchmarks", "docs"];

    [Fact]
    public void EveryLine_HasAtMost140Columns() =>
        string.Join("\n", Files(_folders).SelectMany(file => Lines(file, File.ReadAllText(Repository.PathOf(file))))
            .Where(line => line.Text.Length > MaxLineLength)
            .Select(line => $"{line.Place}: {line.Text.Length} columns")).Should().BeEmpty();

    [Fact]
    public void CommentsAndStrings_OfThePackages_UseTheWordsOfTheField() =>
        string.Join("\n", Files("src").SelectMany(file => Lines(file, CommentsAndStrings(file)))
            .SelectMany(line => Dialect().Matches(line.Text).Select(word => $"{line.Place}: '{word.Value}' in {line.Text.Trim()}")))
            .Should().BeEmpty();

    private static string CommentsAndStrings(string file) =>
        SourceText.Only(File.ReadAllText(Repository.PathOf(file)), SourceKind.Comment, SourceKind.String);

    private static IEnumerable<string> Files(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "obj" or "bin" || part.StartsWith("BenchmarkDotNet", StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<(string Place, string Text)> Lines(string file, string text) =>
        text.ReplaceLineEndings("\n").Split('\n').Index().Select(line => ($"{file}:{line.Index + 1}", line.Item));

    // Say instead: siblings, nonsmooth, compared with, curvature, strings, regularization, FitAnalysis, and full noun phrases in param
    // texts.
    [GeneratedRegex(
        @"\b(?:kin|kinks?|kinky|beside|bends?|preflight|texts|used up|price on|nobody asks)\b|<param " +
            @"name=""\w+"">(?:Where|Which|What|Written|As many)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Dialect();
}
