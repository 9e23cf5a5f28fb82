using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>What is told about a fit: coefficients, figures, and how it ended.</summary>
/// <param name="Fitted">The fit.</param>
/// <param name="Title">The data and the method.</param>
/// <param name="Notes">What was done to the data.</param>
internal sealed record FitReport(Fitted Fitted, string Title, ImmutableArray<string> Notes)
{
    private const int MaxRows = 50;
    private const int LongestName = 24;
    private const string None = "-";

    private static readonly Style _secondary = new(decoration: Decoration.Dim);

    private TrainingResult Result => Fitted.Result;

    /// <summary>Plain lines of at most 80 columns.</summary>
    public void Write(TextWriter output)
    {
        foreach ((string line, _) in Lines(TextLayout.DefaultWidth))
            output.WriteLine(line);
    }

    public void Write(IAnsiConsole terminal)
    {
        foreach ((string line, bool isSecondary) in Lines(terminal.Profile.Width))
            terminal.WriteLine(line, isSecondary ? _secondary : Style.Plain);
    }

    private IEnumerable<(string Line, bool IsSecondary)> Lines(int width)
    {
        foreach (string line in TextLayout.Wrap(Title, width))
            yield return (line, false);
        foreach (IReadOnlyList<TextColumn> table in CoefficientTables(width, MaxRows, LongestName).Append(MetricsTable()))
        {
            yield return ("", false);
            foreach ((int index, string line) in PlainReport.TableLines(table).Index())
                yield return (line, index == 0);
        }

        yield return ("", false);
        foreach (string line in AllNotes().Concat(LeftOut()).Prepend(Result.ToString()).SelectMany(note => TextLayout.Wrap(TextLayout.OneLine(note), width)))
            yield return (line, true);
    }

    /// <summary>What the reader should know about the data, beside how the run ended.</summary>
    public IEnumerable<string> AllNotes() => Fitted.Statistics?.Note is { } note ? [note, .. Notes] : Notes;

    private string[] LeftOut() => Fitted.Names.Length > MaxRows
        ? [FormattableString.Invariant($"The first {MaxRows} of {Fitted.Names.Length} coefficients are shown; --json has all.")]
        : [];

    /// <summary>One table, or where there are many classes as many as the width makes necessary.</summary>
    public IEnumerable<IReadOnlyList<TextColumn>> CoefficientTables(int width, int mostRows, int longestName)
    {
        int[] rows = [.. Enumerable.Range(0, Math.Min(Fitted.Names.Length, mostRows))];
        var names = new TextColumn("coefficient", false, [.. rows.Select(row => Name(Fitted.Names[row]))]);
        if (Fitted.Model.OutputCount == 1)
        {
            TextColumn estimates = Column("estimate", row => Fitted.Coefficient(row, 0));
            yield return Fitted.Statistics is null
                ? [names, estimates]
                : [names, estimates, Column("std. error", row => StatisticsOf(row)!.StandardError), Column("t", row => StatisticsOf(row)!.TStatistic, "G4"), Column("p", row => StatisticsOf(row)!.PValue, "G3")];
            yield break;
        }

        List<TextColumn> table = [names];
        for (int output = 0; output < Fitted.Model.OutputCount; output++)
        {
            int own = output;
            TextColumn column = Column(Name(Fitted.Target.Labels[own]), row => Fitted.Coefficient(row, own));
            if (table.Count > 1 && table.Append(column).Sum(c => c.Width + ComparisonTable.Spacing) - ComparisonTable.Spacing > width)
            {
                yield return table;
                table = [names];
            }

            table.Add(column);
        }

        yield return table;

        TextColumn Column(string header, Func<int, double> value, string format = "G6") => new(header, true, [.. rows.Select(row => Number(value(row), format))]);

        string Name(string text) => text.Length == 0 ? "(no name)" : TextLayout.Clip(TextLayout.OneLine(text), longestName);
    }

    public IReadOnlyList<TextColumn> MetricsTable()
    {
        List<(string Name, Dataset Data)> parts = [("training", Fitted.Training)];
        if (Fitted.Validation is { } held)
            parts.Add(("validation", held));
        List<TextColumn> columns =
        [
            new("measured on", false, [.. parts.Select(part => part.Name)]),
            new("samples", true, [.. parts.Select(part => Figures.Count(part.Data.SampleCount))]),
        ];
        (string Name, double Value)[][] figures = [.. parts.Select(part => Fitted.Metrics(part.Data))];
        for (int f = 0; f < figures[0].Length; f++)
            columns.Add(new(figures[0][f].Name, true, [.. figures.Select(part => Number(part[f].Value, "G6"))]));
        return columns;
    }

    /// <summary>The library has the intercept last.</summary>
    public CoefficientStatistics? StatisticsOf(int row) => Fitted.Statistics?.Coefficients is { } all ? row == 0 ? all[^1] : all[row - 1] : null;

    /// <summary>Without the sign of −0.</summary>
    public static string Number(double number, string format) => double.IsNaN(number) ? None : (number + 0.0).ToString(format, CultureInfo.InvariantCulture);
}
