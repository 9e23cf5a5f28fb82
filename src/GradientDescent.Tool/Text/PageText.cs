using System.CommandLine;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>The common parts of the HTML pages of fits and comparisons.</summary>
internal static class PageText
{
    /// <summary>Adds a table with the same cells as on the terminal.</summary>
    public static void AddTable(this Report page, string heading, IReadOnlyList<TextColumn> columns) => page.AddTable(
        heading,
        [.. columns.Select(column => column.Header)],
        [.. Enumerable.Range(0, columns[0].Cells.Length).Select(i => columns.Select(column => column.Cells[i]).ToArray())]);

    /// <summary>Returns the command line, quoted so that it can be run again.</summary>
    public static string CommandOf(ParseResult parsed) => $"gd {string.Join(' ', parsed.Tokens.Select(token => Quoted(token.Value)))}";

    /// <summary>Returns the settings of a run in one line.</summary>
    public static string SettingsOf(IOptimizer optimizer, TrainingOptions options, FitOptions? fitOptions = null)
    {
        string fit = fitOptions?.ToString() is { Length: > 0 } text ? $", {text}" : "";
        return FormattableString.Invariant($"{optimizer}, {options with { Batching = options.Batching ?? optimizer.Batching }}{fit}");
    }

    private static string Quoted(string word)
    {
        bool isPlain = word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./=+:".Contains(c, StringComparison.Ordinal));
        return isPlain ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
