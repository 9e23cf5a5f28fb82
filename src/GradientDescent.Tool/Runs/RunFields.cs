using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>The fields of a run as text, with all digits: one run in full, or two runs where they differ.</summary>
internal static class RunFields
{
    private const int MaxNameLength = 24;

    public static IEnumerable<string> Show(RunRecord run)
    {
        ImmutableArray<(string Name, string Value)> fields = [.. Of(run).Where(field => field.Value.Length > 0)];
        int width = fields.Max(field => field.Name.Length) + TextTable.Spacing;
        foreach ((string name, string value) in fields)
        {
            foreach ((int i, string line) in TextLayout.Wrap(TextLayout.OneLine(value), TextLayout.DefaultWidth - width).Index())
                yield return (i == 0 ? name : "").PadRight(width) + line;
        }
    }

    /// <summary>
    /// Returns a table of the fields in which two runs differ, and of the settings only those parts. Values are broken into several lines,
    /// so that a line has at most 80 columns.
    /// </summary>
    public static ImmutableArray<TextColumn> Compare(RunRecord first, RunRecord second)
    {
        Dictionary<string, string> left = Of(first).ToDictionary(), right = Of(second).ToDictionary();
        string[] ours = first.Settings.Split(", "), theirs = second.Settings.Split(", ");
        (left["settings"], right["settings"]) = (string.Join(", ", ours.Except(theirs)), string.Join(", ", theirs.Except(ours)));
        string[] names =
        [
            .. left.Keys.Union(right.Keys)
                .Where(name => name is not "id" && left.GetValueOrDefault(name, "") != right.GetValueOrDefault(name, "")),
        ];
        int width = (TextLayout.DefaultWidth - MaxNameLength) / 2 - TextTable.Spacing;
        List<(string Name, string Left, string Right)> rows = [];
        foreach (string name in names)
        {
            string[] lines = Lines(left, name), others = Lines(right, name);
            for (int i = 0; i < Math.Max(lines.Length, others.Length); i++)
            {
                string shown = i == 0 ? Clipped(name, MaxNameLength) : "";
                rows.Add((shown, lines.ElementAtOrDefault(i) ?? "", others.ElementAtOrDefault(i) ?? ""));
            }
        }

        return
        [
            new("", false, [.. rows.Select(row => row.Name)]),
            new(FormattableString.Invariant($"run {first.Id}"), false, [.. rows.Select(row => row.Left)]),
            new(FormattableString.Invariant($"run {second.Id}"), false, [.. rows.Select(row => row.Right)]),
        ];

        string[] Lines(Dictionary<string, string> fields, string name)
        {
            string text = fields.GetValueOrDefault(name, "") is { Length: > 0 } known ? TextLayout.OneLine(known) : "-";
            return [.. TextLayout.Wrap(text, width).Select(line => Clipped(line, width))];
        }
    }

    private static IEnumerable<(string Name, string Value)> Of(RunRecord run) =>
    [
        ("id", NumberText.Count(run.Id)),
        ("name", run.Name),
        ("started", run.Started.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
        ("duration", NumberText.Time(run.Duration)),
        ("model", run.Model),
        ("optimizer", run.Optimizer),
        ("target", run.Target),
        ("data", run.DataSource),
        ("data's hash", run.DataFingerprint),
        ("samples", NumberText.Count(run.SampleCount)),
        ("features", NumberText.Count(run.FeatureCount)),
        ("seed", run.Seed is { } seed ? NumberText.Count(seed) : ""),
        ("settings", run.Settings),
        ("reason", run.Reason.ToString()),
        ("steps", NumberText.Count(run.Steps)),
        ("epochs", NumberText.Count(run.Epochs)),
        ("loss", Exact(run.Loss)),
        .. run.TrainingMetrics.Select(metric => ($"training {metric.Key}", Exact(metric.Value))),
        .. run.ValidationMetrics.Select(metric => ($"validation {metric.Key}", Exact(metric.Value))),
        ("model file", run.ModelFile),
        .. run.Tags.Select(tag => ($"tag {tag.Key}", tag.Value)),
    ];

    private static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Clipped(string text, int length) => TextLayout.Clip(TextLayout.OneLine(text), length);
}
