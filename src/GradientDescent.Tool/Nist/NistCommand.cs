using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd nist</c>. It counts correct digits on reference problems of NIST, and always prints plain lines.</summary>
internal static class NistCommand
{
    public static IReadOnlyList<string> Examples { get; } = ["gd nist", "gd nist --json"];

    public static Command Create(TextWriter output)
    {
        var json = new Option<bool>("--json") { Description = "Prints JSON with all digits." };
        var command = new Command(
            "nist", "Fit the eleven linear problems of NIST's Statistical Reference Datasets and count the correct digits.") { json };
        command.SetAction(parsed =>
        {
            ImmutableArray<NistResult> rows = [.. NistProblem.All().Select(NistResult.Of)];
            if (parsed.GetValue(json))
                WriteJson(output, rows);
            else
                Write(output, rows);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(TextWriter output, ImmutableArray<NistResult> rows)
    {
        TextLayout.WriteWrapped(
            output,
            "Correct digits on the eleven linear problems of NIST's Statistical Reference Datasets. A problem has n samples and p "
            + "coefficients. Each number counts the correct digits of the worst coefficient, under s.e. of the worst standard error; "
            + "16 is the maximum.");
        output.WriteLine();
        TextColumn[] columns =
        [
            new("set", false, [.. rows.Select(row => row.Problem.Name)]),
            Column("n", row => NumberText.Count(row.Problem.Data.SampleCount)),
            Column("p", row => NumberText.Count(row.Problem.Coefficients.Length)),
            Column("fit", row => Digits(row.Fit)),
            Column("s.e.", row => Digits(row.FitErrors)),
            Column("accurate", row => Digits(row.Accurate)),
            Column("s.e.", row => Digits(row.AccurateErrors)),
            Column("steps", row => NumberText.Count(row.AccurateRun.Steps)),
            Column("first-order", row => Digits(row.FirstOrder)),
            Column("steps", row => NumberText.Count(row.FirstOrderRun.Steps)),
            Column("QR", row => Digits(row.Qr)),
        ];
        TextTable.Write(output, columns);
        output.WriteLine();
        TextLayout.WriteWrapped(output, "fit: LinearRegression.Fit, the fit that gd fit uses.");
        TextLayout.WriteWrapped(
            output,
            "accurate: FitAccurately, or FitPolynomial if the features are powers: iterative refinement (gradient descent preconditioned "
            + "by QR) with residuals, gradient and coefficients in double-double.");
        TextLayout.WriteWrapped(
            output,
            FormattableString.Invariant(
                $"first-order: Nesterov's accelerated gradient with restarts, standardized columns, at most {NistResult.MaxSteps} steps."));
        TextLayout.WriteWrapped(output, "QR: MathNet's MultipleRegression.QR, for comparison.");

        TextColumn Column(string header, Func<NistResult, string> cell) => new(header, true, [.. rows.Select(cell)]);
    }

    private static void WriteJson(TextWriter output, ImmutableArray<NistResult> rows) => Json.Write(output, json =>
    {
        json.WriteStartArray();
        foreach (NistResult row in rows)
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
