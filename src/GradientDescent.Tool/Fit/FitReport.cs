using System.Collections.Immutable;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>The printed report of a fit: coefficients, metrics and how the run ended.</summary>
/// <param name="Fitted">The fitted model.</param>
/// <param name="Title">One line with the data, the model and the optimizer.</param>
/// <param name="Notes">The notes about the encoding of the data, one sentence each.</param>
internal sealed record FitReport(FittedModel Fitted, string Title, ImmutableArray<string> Notes)
{
    private const int MaxRows = 50;
    private const int MaxNameLength = 24;

    private static readonly Style _secondary = new(decoration: Decoration.Dim);

    private TrainingResult Result => Fitted.Result;

    public static FitReport Of(FittedModel fitted, string source, FitSettings settings, ImmutableArray<string> notes)
    {
        string method = settings.Optimizer is { } optimizer
            ? FormattableString.Invariant($"{settings.NameOf(fitted.Result)}, rate {optimizer.LearningRate}")
            : settings.NameOf(fitted.Result);
        string samples = NumberText.Counted(fitted.Training.SampleCount + (fitted.Validation?.SampleCount ?? 0), "sample");
        string model = $"{fitted.Target.Model} model of {TextLayout.OneLine(fitted.Target.Name)}";
        return new(fitted, $"{TextLayout.OneLine(source)}: {samples}; {model}, {method}", notes);
    }

    /// <summary>Prints plain lines of at most 80 columns.</summary>
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
        IEnumerable<IReadOnlyList<TextColumn>> tables =
            [.. CoefficientTables(width, MaxRows, MaxNameLength), .. ContrastTable(MaxRows, MaxNameLength), MetricsTable()];
        foreach (IReadOnlyList<TextColumn> table in tables)
        {
            yield return ("", false);
            foreach ((int index, string line) in TextTable.Lines(table).Index())
                yield return (line, index == 0);
        }

        if (Fitted.Statistics is { } statistics)
        {
            yield return ("", false);
            foreach (string line in TextLayout.Wrap(statistics.Text, width))
                yield return (line, false);
        }

        foreach ((string, bool) line in ClassifierLines(width))
            yield return line;
        yield return ("", false);
        IEnumerable<string> notes = [RunText.Of(Result), .. AllNotes(), .. OmittedRows(MaxRows)];
        foreach (string line in notes.SelectMany(note => TextLayout.Wrap(TextLayout.OneLine(note), width)))
            yield return (line, true);
    }

    /// <summary>How well a classifier predicts the validation samples or, without any, the training samples.</summary>
    private IEnumerable<(string Line, bool IsSecondary)> ClassifierLines(int width)
    {
        if (Fitted.Judge(Fitted.Validation ?? Fitted.Training) is not { } report)
            yield break;
        yield return ("", false);
        IEnumerable<string> summary = ClassifierTables.Summary(report, isHeldOut: Fitted.Validation is not null);
        foreach (string line in summary.SelectMany(line => TextLayout.Wrap(line, width)))
            yield return (line, false);
        foreach (IReadOnlyList<TextColumn> table in new[] { ClassifierTables.Confusion(report, width), ClassifierTables.Classes(report) })
        {
            yield return ("", false);
            foreach ((int index, string line) in TextTable.Lines(table).Index())
                yield return (line, index == 0);
        }
    }

    /// <summary>Returns all notes about the data.</summary>
    public IEnumerable<string> AllNotes() => Fitted.Statistics?.Note is { } note ? [note, .. Notes] : Notes;

    /// <summary>Returns the notes about coefficients that are not in the tables.</summary>
    /// <param name="maxRows">The largest number of rows of a table.</param>
    public IEnumerable<string> OmittedRows(int maxRows) =>
    [
        .. Fitted.NamedCount > maxRows
            ? (string[])[FormattableString.Invariant(
                $"The first {maxRows} of {Fitted.NamedCount} coefficients are shown; --json prints all of them.")]
            : [],
        .. Fitted.NamedCount <= Fitted.Training.FeatureCount
            ? (string[])[FormattableString.Invariant(
                $"The {1 + Fitted.Training.FeatureCount - Fitted.NamedCount} weights of hashed words are not shown; --json prints them.")]
            : [],
    ];

    private IEnumerable<int> ShownRows(int maxRows)
    {
        IEnumerable<bool> areHashed = Fitted.Training.Encoding?.Columns
            .SelectMany(column => Enumerable.Repeat(column is HashedColumn, column.FeatureCount)) ?? [];
        return Fitted.NamedCount > Fitted.Training.FeatureCount
            ? Enumerable.Range(0, Math.Min(Fitted.NamedCount, maxRows))
            : areHashed.Prepend(false).Index().Where(row => !row.Item).Select(row => row.Index).Take(maxRows);
    }

    /// <summary>Returns the table of coefficients. For many classes, it is divided into several tables that fit into the width.</summary>
    public IEnumerable<IReadOnlyList<TextColumn>> CoefficientTables(int width, int maxRows, int maxNameLength)
    {
        int[] rows = [.. ShownRows(maxRows)];
        ImmutableArray<string> all = Fitted.Names;
        var names = new TextColumn("coefficient", false, [.. rows.Select(row => Name(all[row]))]);
        if (Fitted.Model.OutputCount == 1)
        {
            TextColumn estimates = Column("estimate", row => Fitted.Coefficient(row, 0));
            if (Fitted.Statistics is not { Coefficients: [_, ..] tests } statistics)
            {
                yield return [names, estimates];
                yield break;
            }

            List<TextColumn> columns =
            [
                names,
                estimates,
                Column("std. error", row => tests[row].StandardError),
                Column(statistics.TestName, row => tests[row].Statistic, "G4"),
                new("p", true, [.. rows.Select(row => NumberText.PValue(tests[row].PValue))]),
            ];
            if (tests.Count(test => double.IsFinite(test.Inflation)) > 1)
                columns.Add(Column("VIF", row => tests[row].Inflation, "G4"));
            yield return columns;
            yield break;
        }

        List<TextColumn> table = [names];
        for (int output = 0; output < Fitted.Model.OutputCount; output++)
        {
            int own = output;
            TextColumn column = Column(Name(Fitted.Target.Labels[own]), row => Fitted.Coefficient(row, own));
            if (table.Count > 1 && TextTable.WidthOf([.. table, column]) > width)
            {
                yield return table;
                table = [names];
            }

            table.Add(column);
        }

        yield return table;

        TextColumn Column(string header, Func<int, double> value, string format = "G6") =>
            new(header, true, [.. rows.Select(row => NumberText.Cell(value(row), format))]);

        string Name(string text) => NameOf(text, maxNameLength);
    }

    /// <summary>Returns the table of the tests of several classes against the base class, or nothing if there are no such tests.</summary>
    public IEnumerable<IReadOnlyList<TextColumn>> ContrastTable(int maxRows, int maxNameLength)
    {
        if (Fitted.Statistics is not { Contrasts: [_, ..] contrasts, BaseLabel: { } baseLabel })
            return [];
        ContrastTest[] rows = [.. contrasts.Take(maxRows)];
        return
        [
            [
                new($"against {NameOf(baseLabel, maxNameLength)}", false, [.. rows.Select(row => NameOf(row.Label, maxNameLength))]),
                new("coefficient", false, [.. rows.Select(row => NameOf(row.Name, maxNameLength))]),
                Column("estimate", row => row.Estimate),
                Column("std. error", row => row.Test.StandardError),
                Column("z", row => row.Test.Statistic, "G4"),
                new("p", true, [.. rows.Select(row => NumberText.PValue(row.Test.PValue))]),
            ],
        ];

        TextColumn Column(string header, Func<ContrastTest, double> value, string format = "G6") =>
            new(header, true, [.. rows.Select(row => NumberText.Cell(value(row), format))]);
    }

    private static string NameOf(string text, int maxLength) =>
        text.Length == 0 ? "(no name)" : TextLayout.Clip(TextLayout.OneLine(text), maxLength);

    public IReadOnlyList<TextColumn> MetricsTable()
    {
        List<(string Name, Dataset Data)> parts = [("training", Fitted.Training)];
        if (Fitted.Validation is { } held)
            parts.Add(("validation", held));
        List<TextColumn> columns =
        [
            new("measured on", false, [.. parts.Select(part => part.Name)]),
            new("samples", true, [.. parts.Select(part => NumberText.Count(part.Data.SampleCount))]),
        ];
        (string Name, double Value)[][] metrics = [.. parts.Select(part => Fitted.Metrics(part.Data))];
        for (int m = 0; m < metrics[0].Length; m++)
            columns.Add(new(metrics[0][m].Name, true, [.. metrics.Select(part => NumberText.Cell(part[m].Value, "G6"))]));
        return columns;
    }
}
