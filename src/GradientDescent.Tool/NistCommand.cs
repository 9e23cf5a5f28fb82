using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary><c>gd nist</c>: how many digits are correct on NIST's reference problems. Plain lines on a terminal too.</summary>
internal static class NistCommand
{
    public static IReadOnlyList<string> Examples { get; } = ["gd nist"];

    public static Command Create(TextWriter output)
    {
        var command = new Command("nist", "Fit the eleven linear problems of NIST's Statistical Reference Datasets and count the correct digits.");
        command.SetAction(_ =>
        {
            Write(output, [.. NistProblem.All().Select(NistRow.Of)]);
            return CommandLine.Success;
        });
        return command;
    }

    private static void Write(TextWriter output, ImmutableArray<NistRow> rows)
    {
        WriteWrapped("Correct digits of the worst coefficient, 16 at most, on NIST's linear problems (Statistical Reference Datasets); s.e.: of the worst standard error.");
        output.WriteLine();
        TextColumn[] columns =
        [
            new("set", false, [.. rows.Select(row => row.Problem.Name)]),
            Column("n", row => Figures.Count(row.Problem.Data.SampleCount)),
            Column("p", row => Figures.Count(row.Problem.Coefficients.Length)),
            Column("Fit", row => Digits(row.Fit)),
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
        WriteWrapped("Fit: LinearRegression.Fit. Accurate: FitAccurately and FitPolynomial, which is iterative refinement: gradient descent preconditioned by QR, with residuals, gradient and coefficients in double-double.");
        WriteWrapped(FormattableString.Invariant($"First-order: accelerated gradient with restarts on the standardised columns, {NistRow.MostSteps} steps at most. QR: MathNet's MultipleRegression.QR."));

        TextColumn Column(string header, Func<NistRow, string> cell) => new(header, true, [.. rows.Select(cell)]);

        void WriteWrapped(string text)
        {
            foreach (string line in TextLayout.Wrap(text, TextLayout.DefaultWidth))
                output.WriteLine(line);
        }
    }

    private static string Digits(double digits) => digits.ToString("F1", CultureInfo.InvariantCulture);
}
