namespace GradientDescent.Benchmarks.Compare;

/// <summary>Every update rule beside its loop in C.</summary>
internal sealed class RuleTable(Measurements measurements, TextWriter output)
{
    private const string Ours = Measurements.Ours, C = Measurements.C;
    private const string Aligned = UpdateTimes.Aligned;

    private static string[] Rules { get; } = [.. Optimizers.Rules.SelectMany(rule => new[] { rule + "/double", rule + "/float" })];

    private readonly GoalRows _rows = new(measurements, output);

    /// <summary>Two rows of a table of goals: the worst rule on ordinary arrays, and on arrays that begin with a cache line.</summary>
    public void WriteWorst(string work, Func<int, bool> isMeant, double goal)
    {
        WriteWorst(work + ", ordinary arrays", "", isMeant, goal);
        WriteWorst(work + ", arrays that begin with a cache line as in C", Aligned, isMeant, goal);
    }

    /// <summary>A row of a table of goals: the slowest update of two parameters.</summary>
    public void WriteTwoParameters()
    {
        var all = Rules.Select(rule => (Rule: rule, Time: 2 * measurements.Median(Ours, rule, 2)))
            .Where(entry => entry.Time is not null)
            .ToList();
        if (all.Count == 0)
        {
            _rows.Write("update of 2 parameters", null, null, null, "≤ 20 ns", null);
            return;
        }

        (string rule, double? worst) = all.MaxBy(entry => entry.Time);
        int within = all.Count(entry => entry.Time <= 20);
        _rows.Write(
            GoalRows.Text($"update of 2 parameters: {within} of {all.Count} within; worst: {rule}"),
            GoalRows.Text($"{worst:F1} ns"), "", null, "≤ 20 ns", within == all.Count);
    }

    public void Write()
    {
        int[] lengths = measurements.LengthsOf(C, Rules[0]);
        if (lengths.Length == 0)
            return;
        output.WriteLine();
        output.WriteLine(
            "Update rules: ns a parameter here / in C = ratio; in brackets the ratio where our arrays, too, begin with a cache line.");
        output.WriteLine();
        output.WriteLine($"| rule |{string.Concat(lengths.Select(n => GoalRows.Text($" n = {n:N0} |")))}");
        output.WriteLine($"|---|{string.Concat(lengths.Select(_ => "---|"))}");
        foreach (string rule in Rules)
            output.WriteLine($"| {rule} |{string.Concat(lengths.Select(n => $" {Cell(rule, n)} |"))}");
    }

    private string Cell(string rule, int n) =>
        AgainstC(rule, n, "") is { } ratio && AgainstC(rule, n, Aligned) is { } aligned
            ? GoalRows.Text(
                $"{measurements.Median(Ours, rule, n):F3} / {measurements.Median(C, rule, n):F3} = {ratio.Value:F2} ({aligned.Value:F2})")
            : "not measured";

    private void WriteWorst(string work, string placement, Func<int, bool> isMeant, double goal)
    {
        var all = measurements.LengthsOf(C, Rules[0]).Where(isMeant)
            .SelectMany(n => Rules.Select(rule => (Rule: rule, N: n, Ratio: AgainstC(rule, n, placement))))
            .Where(entry => entry.Ratio is not null).ToList();
        if (all.Count == 0)
        {
            _rows.Write(work, null, null, null, GoalRows.AtMost(goal), null);
            return;
        }

        (string rule, int length, Ratio? ratio) = all.MaxBy(entry => entry.Ratio!.Value.Value);
        int within = all.Count(entry => entry.Ratio!.Value.Value <= goal);
        _rows.Write(
            GoalRows.Text($"{work}: {within} of {all.Count} within; worst: {rule}, n = {length:N0}"),
            _rows.Show(Ours, rule + placement, length, "ns/parameter"),
            "C " + _rows.Show(C, rule, length, "ns/parameter"),
            ratio,
            GoalRows.AtMost(goal),
            within == all.Count);
    }

    private Ratio? AgainstC(string rule, int n, string placement) => measurements.Between((Ours, rule + placement), (C, rule), n);
}
