using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary><c>gd nist</c>: how many digits are correct on NIST's reference problems. Plain lines on a terminal too.</summary>
internal static class NistCommand
{
    public static IReadOnlyList<string> Examples { get; } = ["gd nist", "gd nist --json"];

    public static Command Create(TextWriter output)
    {
        var json = new Option<bool>("--json") { Description = "Prints JSON, with every digit." };
        var command = new Command("nist", "Fit the eleven linear problems of NIST's Statistical Reference Datasets and count the correct digits.") { json };
        command.SetAction(parsed =>
        {
            ImmutableArray<NistRow> rows = [.. NistProblem.All().Select(NistRow.Of)];
            if (parsed.GetValue(json))
                WriteJson(output, rows);
            else
                Write(output, rows);
            return CommandLine.Success;
        });
        return command;
    }

    private static void Write(TextWriter output, ImmutableArray<NistRow> rows)
    {
        WriteWrapped("Correct digits on the eleven linear problems of NIST's Statistical Reference Datasets: those of the worst of p coefficients, and under s.e. of the worst standard error; 16 is all that a double holds. Each problem has n samples.");
        output.WriteLine();
        TextColumn[] columns =
        [
            new("set", false, [.. rows.Select(row => row.Problem.Name)]),
            Column("n", row => Figures.Count(row.Problem.Data.SampleCount)),
            Column("p", row => Figures.Count(row.Problem.Coefficients.Length)),
            Column("fit", row => Digits(row.Fit)),
            Column("s.e.", row => Digits(row.FitErrors)),
            Column("accurate", row => Digits(row.Accurate)),
            Column("s.e.", row => Digits(row.AccurateErrors)),
            Column("steps", row => Figures.Count(row.AccurateRun.Steps)),
            Column("first-order", row => Digits(row.FirstOrder)),
            Column("steps", row => Figures.Count(row.FirstOrderRun.Steps)),
            Column("QR", row => Digits(row.Qr)),
        ];
        PlainReport.WriteTable(output, columns);
        output.WriteLine();
        WriteWrapped("fit: LinearRegression.Fit, which is what gd fit runs.");
        WriteWrapped("accurate: FitAccurately, and FitPolynomial where the features are powers: iterative refinement, that is gradient descent preconditioned by QR, with residuals, gradient and coefficients in double-double.");
        WriteWrapped(FormattableString.Invariant($"first-order: Nesterov's accelerated gradient with restarts on the standardised columns, {NistRow.MaxSteps} steps at most."));
        WriteWrapped("QR: MathNet's MultipleRegression.QR, for comparison.");

        TextColumn Column(string header, Func<NistRow, string> cell) => new(header, true, [.. rows.Select(cell)]);

        void WriteWrapped(string text)
        {
            foreach (string line in TextLayout.Wrap(text, TextLayout.DefaultWidth))
                output.WriteLine(line);
        }
    }

    private static void WriteJson(TextWriter output, ImmutableArray<NistRow> rows) => Json.Write(output, json =>
    {
        json.WriteStartArray();
        foreach (NistRow row in rows)
        {
            json.WriteStartObject();
            json.WriteString("set", row.Problem.Name);
            json.WriteNumber("samples", row.Problem.Data.SampleCount);
            json.WriteNumber("coefficients", row.Problem.Coefficients.Length);
            WriteMethod("fit", row.Fit, row.FitErrors, null);
            WriteMethod("accurate", row.Accurate, row.AccurateErrors, row.AccurateRun);
            WriteMethod("firstOrder", row.FirstOrder, null, row.FirstOrderRun);
            WriteMethod("qr", row.Qr, null, null);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        void WriteMethod(string name, double digits, double? ofStandardErrors, TrainingResult? run)
        {
            json.WriteStartObject(name);
            json.WriteNumber("digits", digits);
            if (ofStandardErrors is { } known)
                json.WriteNumber("standardErrorDigits", known);
            if (run is not null)
                json.WriteRun(run);
            json.WriteEndObject();
        }
    });

    private static string Digits(double digits) => digits.ToString("F1", CultureInfo.InvariantCulture);
}
