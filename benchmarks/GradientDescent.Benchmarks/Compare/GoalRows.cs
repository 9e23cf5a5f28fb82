using System.Globalization;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>Rows of a table of goals: the time here and beside, the ratio, the goal, and whether it is reached.</summary>
internal sealed class GoalRows(Measurements measurements, TextWriter output)
{
    private const string Ours = Measurements.Ours;

    public void WriteHead()
    {
        output.WriteLine("| work | this library | beside | ratio (single rounds) | goal | |");
        output.WriteLine("|---|---|---|---|---|---|");
    }

    public void Write(string work, string? here, string? beside, Ratio? ratio, string goal, bool? isReached)
    {
        string shown = ratio is { } r ? Text($"{r.Value:F2} ({r.Lowest:F2} to {r.Highest:F2})") : "";
        output.WriteLine(
            $"| {work} | {here ?? "not measured"} | {beside ?? "not measured"} | {shown} | {goal} | {Verdict(isReached)} |");
    }

    /// <summary>The time here by that of a peer; the goal is an upper bound.</summary>
    public void WriteAtMost(string work, string name, int n, string side, string peer, double goal)
    {
        Ratio? ratio = measurements.Between((Ours, name), (side, peer), n);
        Write(work, Show(Ours, name, n), Show(side, peer, n), ratio, AtMost(goal), ratio is null ? null : ratio.Value.Value <= goal);
    }

    /// <summary>The time of a peer by that here; the goal is a lower bound.</summary>
    public void WriteFaster(string work, string name, int n, string side, string peer, double? goal, string unit = "ms")
    {
        Ratio? ratio = measurements.Between((side, peer), (Ours, name), n);
        string? beside = Show(side, peer, n, unit) is { } time ? (side == Ours ? "" : side + " ") + time : null;
        Write(
            work, Show(Ours, name, n, unit), beside, ratio,
            goal is null ? "" : Text($"≥ {goal} × faster"), goal is null || ratio is null ? null : ratio.Value.Value >= goal);
    }

    /// <summary>A time of ours alone, which is a number of times what was measured.</summary>
    public void WriteTime(string work, string name, int n, double? goal, string unit = "ms", double factor = 1)
    {
        double? time = factor * measurements.Median(Ours, name, n);
        Write(
            work,
            time is null ? null : Text($"{time:F1} {unit}"),
            "",
            null,
            goal is null ? "" : Text($"≤ {goal} {unit}"),
            time is null || goal is null ? null : time <= goal);
    }

    public void WriteBytes(string work, string name, int n)
    {
        double? bytes = measurements.Median(Ours, name, n);
        Write(work, bytes is null ? null : Text($"{bytes:0.#} bytes"), "", null, "0 bytes", bytes is null ? null : bytes == 0);
    }

    public string? Show(string side, string name, int n, string unit = "ms") =>
        measurements.Median(side, name, n) is { } value ? Text($"{value:G3} {unit}") : null;

    public static string AtMost(double goal) => Text($"≤ {goal} ×");

    public static string Verdict(bool? isReached) => isReached switch { true => "reached", false => "**not reached**", null => "" };

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
