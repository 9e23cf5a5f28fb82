using System.Text;
using System.Text.RegularExpressions;

namespace GradientDescent.Site;

/// <summary>
/// The pages of the repository, at their places in it, so that their links hold on the site too. What is changed on the way: pages that
/// are named in words become links, so do names of public types, and programs become pages.
/// </summary>
internal sealed partial class Pages
{
    // It names the types of other libraries, which may have the names of ours.
    private const string PageOfOthers = "docs/coming-from.md";

    private readonly string _root;
    private readonly Api _api;
    private readonly Dictionary<string, string> _texts;

    private Pages(string root, Api api, Dictionary<string, string> texts) => (_root, _api, _texts) = (root, api, texts);

    public static void Write(string root, Api api, string work)
    {
        string[] folders = ["docs", "samples", "benchmarks", "src"];
        Dictionary<string, string> texts = folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(root, "*.md"))
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "samples"), "*.cs"))
            .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(file => !file.Path.Split('/').Any(
                part => part is "bin" or "obj" || part.StartsWith("BenchmarkDotNet", StringComparison.Ordinal)))
            .ToDictionary(file => file.Path, file => file.Text.ReplaceLineEndings("\n"));
        const string Results = "benchmarks/results/";
        texts[Results + "README.md"] = "# Results\n\n" + string.Concat(texts.Keys
            .Where(path => path.StartsWith(Results, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(path => $"- [{TitleOf(texts[path])}]({path[Results.Length..]})\n"));

        var pages = new Pages(root, api, texts);
        foreach (string path in texts.Keys)
            Folders.WriteText(Path.Combine(work, PlaceOf(path)), pages.Converted(path));
        Folders.WriteText(Path.Combine(work, "docs", "toc.yml"), pages.Contents());
        Folders.Copy(Path.Combine(root, "docs", "images"), Path.Combine(work, "docs", "images"));
        File.Copy(Path.Combine(root, "assets", "icon.png"), Path.Combine(work, "icon.png"));
    }

    // The README is the start page; a program gets a page of its own.
    private static string PlaceOf(string path) =>
        path == "README.md" ? "index.md" : path.EndsWith(".cs", StringComparison.Ordinal) ? path[..^3] + ".md" : path;

    private static string TitleOf(string text) => Heading().Match(text).Groups["title"].Value;

    private string Converted(string path)
    {
        string text = _texts[path];
        if (path.EndsWith(".cs", StringComparison.Ordinal))
            return $"# {Path.GetFileName(path)}\n\n```csharp\n{text}```\n";
        var named = new HashSet<string>();
        var converted = new StringBuilder();
        bool isFenced = false;
        foreach (string line in text.Split('\n'))
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            bool isHeading = !isFenced && line.StartsWith('#');
            isFenced ^= isFence;
            if (isHeading)
                named.Clear();
            bool isText = !isFenced && !isFence && !isHeading;
            converted.Append(isText ? Part().Replace(line, part => Linked(part, path, named)) : line).Append('\n');
        }

        return converted.ToString().TrimEnd('\n') + "\n";
    }

    // A link to a file of the repository leads to the page for it; a name in code becomes a link where it stands first below a heading.
    private string Linked(Match part, string page, HashSet<string> named)
    {
        string folder = Path.GetDirectoryName(page)!.Replace('\\', '/');
        if (part.Groups["target"] is { Success: true, Value: string target })
        {
            string[] split = target.Split('#', 2);
            if (target.Contains("://") || split[0].Length == 0)
                return part.Value;
            string file = Path.GetRelativePath(_root, Path.GetFullPath(Path.Combine(_root, folder, split[0]))).Replace('\\', '/');
            string known = Directory.Exists(Path.Combine(_root, file)) ? $"{file}/README.md" : file;
            return !_texts.ContainsKey(known) ? part.Value
                : $"{part.Groups["text"].Value}({Relative(known)}{(split.Length > 1 ? $"#{split[1]}" : "")})";
        }

        string name = part.Groups["name"].Value;
        if (_texts.ContainsKey(name) && name != page)
            return $"[{TitleOrName(name)}]({Relative(name)})";
        string? uid = page == PageOfOthers ? null : _api.UidOf(name);
        return uid is null || !named.Add(uid) ? part.Value : $"[{part.Value}](xref:{Api.Link(uid)})";

        string Relative(string path) =>
            Path.GetRelativePath(Path.Combine(_root, folder), Path.Combine(_root, PlaceOf(path))).Replace('\\', '/');
    }

    private string TitleOrName(string path) => path.EndsWith(".md", StringComparison.Ordinal) ? TitleOf(_texts[path]) : $"`{path}`";

    // The table of contents of the guides, with the lists that are not written by hand.
    private string Contents()
    {
        string contents = File.ReadAllText(Path.Combine(_root, "docs", "site", "guides.yml"))
            .Replace("items: DECISIONS", Items("docs/decisions/"), StringComparison.Ordinal)
            .Replace("items: RESULTS", Items("benchmarks/results/"), StringComparison.Ordinal)
            .Replace("items: PACKAGES", "items:\n" + string.Concat(_texts.Keys
                .Where(path => path.StartsWith("src/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(path => $"  - name: {TitleOf(_texts[path])}\n    href: ../{path}\n")), StringComparison.Ordinal);
        string[] missing = [.. _texts.Keys.Where(path => path.StartsWith("docs/", StringComparison.Ordinal))
            .Select(path => path["docs/".Length..])
            .Where(path => !contents.Contains($"href: {path}\n", StringComparison.Ordinal))];
        return missing.Length == 0 ? contents : throw new SiteException($"guides.yml does not name {string.Join(", ", missing)}.");
    }

    private string Items(string folder) => "items:\n" + string.Concat(_texts.Keys
        .Where(path => path.StartsWith(folder, StringComparison.Ordinal) && !path.EndsWith("/README.md", StringComparison.Ordinal))
        .Select(path => (Path: path, Title: TitleOf(_texts[path]).Replace("`", "", StringComparison.Ordinal)))
        .OrderBy(page => page.Title, StringComparer.OrdinalIgnoreCase)
        .Select(page => $"    - name: \"{page.Title}\"\n      href: {Path.GetRelativePath("docs", page.Path).Replace('\\', '/')}\n"));

    [GeneratedRegex(@"^# (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    // A link with its text, or a name in code.
    [GeneratedRegex(@"(?<text>!?\[(?:[^\]`]|`[^`]*`)*\])\((?<target>[^)\s]+)\)|(?<!`)`(?<name>[^`]+)`(?!`)")]
    private static partial Regex Part();
}
