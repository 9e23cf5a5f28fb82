using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>The scripts and the style sheet in this assembly, with their hashes for a content security policy.</summary>
internal static class PageScripts
{
    private static readonly ConcurrentDictionary<string, (string Text, string Hash)> _resources = [];

    /// <summary>plotly.js: all of it, or the variant without contours and surfaces.</summary>
    public static (string Text, string Hash) Plotly(bool whole) => Of(whole ? "plotly.js" : "plotly-basic.js");

    /// <summary>Returns a resource by its name.</summary>
    public static (string Text, string Hash) Of(string name) => _resources.GetOrAdd(name, static name =>
    {
        using var reader = new StreamReader(typeof(PageScripts).Assembly.GetManifestResourceStream(name)!);
        string text = reader.ReadToEnd().ReplaceLineEndings("\n");
        return (text, "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    });
}
