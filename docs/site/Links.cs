using System.Net;
using System.Text.RegularExpressions;

namespace GradientDescent.Site;

/// <summary>What is wrong with the links of a site on disk.</summary>
internal static partial class Links
{
    /// <summary>
    /// Each reference of a page must lead to a file of the site, each fragment to an element of that file. Only links to click may lead to
    /// other sites: pictures, styles and scripts from elsewhere would be requests that the reader did not ask for.
    /// </summary>
    public static IEnumerable<string> Faults(string site)
    {
        string[] files = [.. Directory.GetFiles(site, "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            yield return "There are no pages.";
        Dictionary<string, string> pages = files.ToDictionary(file => file, file => File.ReadAllText(file));
        Dictionary<string, HashSet<string>> fragments = pages.ToDictionary(
            page => page.Key, page => Id().Matches(page.Value).Select(id => WebUtility.HtmlDecode(id.Groups["id"].Value)).ToHashSet());

        foreach ((string page, string text) in pages)
        {
            string name = Path.GetRelativePath(site, page);
            foreach (Match reference in Reference().Matches(text))
            {
                string target = WebUtility.HtmlDecode(reference.Groups["target"].Value);
                if (target.Contains("://") || target.StartsWith("mailto:", StringComparison.Ordinal))
                {
                    if (reference.Groups["tag"].Value != "a")
                        yield return $"{name}: <{reference.Groups["tag"].Value}> loads {target}";
                    continue;
                }

                string[] parts = target.Split('#', 2);
                string file = parts[0].Length == 0 ? page
                    : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0].Split('?')[0])));
                if (!File.Exists(file))
                    yield return $"{name}: {target} does not exist";
                else if (parts.Length > 1 && parts[1].Length > 0
                    && !(fragments.TryGetValue(file, out HashSet<string>? ids) && ids.Contains(Uri.UnescapeDataString(parts[1]))))
                    yield return $"{name}: {target} has no such heading";
            }

            foreach (Match unresolved in Unresolved().Matches(text))
                yield return $"{name}: {unresolved.Groups["name"].Value} is no public type or member";
        }

        foreach (string style in Directory.GetFiles(site, "*.css", SearchOption.AllDirectories))
        {
            foreach (Match loaded in Loaded().Matches(File.ReadAllText(style)))
                yield return $"{Path.GetRelativePath(site, style)}: loads {loaded.Groups["target"].Value}";
        }
    }

    [GeneratedRegex(@"<(?<tag>\w+)\b[^>]*?\s(?:href|src)=""(?<target>[^""]*)""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s(?:id|name)=""(?<id>[^""]*)""")]
    private static partial Regex Id();

    // docfx shows a reference that it cannot resolve as plain text with the full name.
    [GeneratedRegex(@"<span class=""xref"">(?<name>GradientDescent\.[^<]*)</span>")]
    private static partial Regex Unresolved();

    [GeneratedRegex(@"(?:url\(\s*[""']?|@import\s+[""'])(?<target>(?:https?:)?//[^""')]*)")]
    private static partial Regex Loaded();
}
