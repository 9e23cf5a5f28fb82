using System.CommandLine;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>What the pages of fits and comparisons have in common.</summary>
internal static class Page
{
    /// <summary>A table as the terminal has it.</summary>
    public static void AddTable(this Report page, string heading, IReadOnlyList<TextColumn> columns) => page.AddTable(
        heading,
        [.. columns.Select(column => column.Header)],
        [.. Enumerable.Range(0, columns[0].Cells.Length).Select(i => columns.Select(column => column.Cells[i]).ToArray())]);

    /// <summary>The command line, to be given again.</summary>
    public static string CommandOf(ParseResult parsed) => $"gd {string.Join(' ', parsed.Tokens.Select(token => Quoted(token.Value)))}";

    public static string SettingsOf(IOptimizer optimizer, TrainingOptions options) =>
        FormattableString.Invariant($"{optimizer}, {options with { Batching = options.Batching ?? optimizer.Batching }}");

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./=+:".Contains(c, StringComparison.Ordinal)) ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
