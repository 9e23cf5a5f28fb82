using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>
/// Links between the pages lead somewhere, and every page of docs is found from the README. The README is packed, and relative links do not
/// work there: it names the pages in words.
/// </summary>
public partial class LinkTests
{
    private static readonly string[] _folders = ["docs", "samples", "benchmarks", "src"];

    private static readonly string[] _pages =
    [
        .. Directory.GetFiles(Repository.Root, "*.md"),
        .. _folders.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories))
            .Where(page => !page.Contains("BenchmarkDotNet.Artifacts")),
    ];

    public static TheoryData<string> Pages => [.. _pages.Select(page => Path.GetRelativePath(Repository.Root, page).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLink_LeadsToAFileAndAHeading(string page) =>
        Links(Repository.PathOf(page)).Where(link => !Exists(link.File) || !HasHeading(link.File, link.Heading)).Should().BeEmpty();

    [Fact]
    public void TheReadme_NamesPagesThatExistAndHasNoRelativeLinks()
    {
        string readme = Repository.PathOf("README.md");

        Links(readme).Should().BeEmpty();
        PagesNamed(readme).Should().NotBeEmpty().And.OnlyContain(page => Exists(page));
    }

    [Fact]
    public void EveryPageOfDocs_IsReachedFromTheReadme()
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>([Repository.PathOf("README.md")]);
        while (waiting.TryPop(out string? page))
        {
            if (!reached.Add(page) || !page.EndsWith(".md", StringComparison.Ordinal))
                continue;
            foreach (string file in Links(page).Select(link => link.File).Concat(PagesNamed(page)).Where(Exists))
                waiting.Push(file);
        }

        Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Should().BeSubsetOf(reached);
    }

    /// <summary>Where the links that stay in the repository lead; a link to a heading of the same page has this page as its file.</summary>
    private static IEnumerable<(string File, string Heading)> Links(string page) =>
        Link().Matches(Fence().Replace(File.ReadAllText(page), ""))
        .Select(match => match.Groups["target"].Value)
        .Where(target => !target.Contains("://"))
        .Select(target => target.Split('#', 2))
        .Select(parts => (parts[0].Length == 0 ? page
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0])), parts.Length == 1 ? "" : parts[1]));

    /// <summary>The pages that a page names in words, by their path in the repository.</summary>
    private static IEnumerable<string> PagesNamed(string page) =>
        PageName().Matches(Fence().Replace(File.ReadAllText(page), ""))
            .Select(match => Repository.PathOf(match.Groups["path"].Value.Split('/')));

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static bool HasHeading(string file, string heading) =>
        heading.Length == 0 || Heading().Matches(Fence().Replace(File.ReadAllText(file), ""))
            .Any(match => Anchor(match.Groups["text"].Value.Trim()) == heading);

    /// <summary>As GitHub makes it: lower case, spaces as hyphens, without punctuation.</summary>
    private static string Anchor(string heading) => NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(?:[\w-]+/)*[\w-]+\.md)`")]
    private static partial Regex PageName();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();
}
