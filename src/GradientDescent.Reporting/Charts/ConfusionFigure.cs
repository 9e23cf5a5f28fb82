using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>A confusion matrix: actual classes in rows, predicted classes in columns.</summary>
internal static class ConfusionFigure
{
    private const int MaxClassesWithCounts = 20;

    public static Chart Of(string[] labels, double[,] counts)
    {
        int size = labels.Length;
        double total = counts.Cast<double>().Sum(), correct = Enumerable.Range(0, size).Sum(i => counts[i, i]);
        double[] ofActual = [.. Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Sum(column => counts[row, column]))];
        string share = total == 0 ? "" : FormattableString.Invariant($" ({100.0 * correct / total:0.#} %)");
        return new(
            "Confusion matrix",
            FormattableString.Invariant($"{correct} of {total} samples are correct{share}. Rows: actual; columns: predicted."),
            new(
                Cells.Of(size, size, StyleOf, size <= MaxClassesWithCounts ? (row, column) => Short(counts[row, column]) : null, HintOf),
                new()
                {
                    Height = Math.Clamp(140 + 44 * size, 280, 560),
                    BarMode = "overlay",
                    BarGap = 0,
                    XAxis = Axes.Names(labels) with { Title = Axes.TitleOf("predicted") },
                    YAxis = Axes.Names(labels, fromTop: true) with { Title = Axes.TitleOf("actual") },
                }));

        // The right ones in one colour, the wrong ones in another; the stronger, the larger the share of the actual class.
        MarkerStyle StyleOf(int row) => new()
        {
            Color = new(default, [.. Enumerable.Range(0, size).Select(column => Colour.OfSeries(row == column ? 0 : 1) with
            {
                Opacity = Math.Round(0.06 + 0.5 * counts[row, column] / (ofActual[row] == 0 ? 1 : ofActual[row]), 3),
            })]),
            Line = new() { Color = Colour.Paper, Width = size <= MaxClassesWithCounts ? 2 : 0.5 },
        };

        string HintOf(int row, int column)
        {
            double percent = 100 * counts[row, column] / ofActual[row];
            string part = ofActual[row] == 0 ? "" : FormattableString.Invariant($" ({percent:0.#} % of them)");
            return FormattableString.Invariant(
                $"actual {Label.Short(labels[row])}, predicted {Label.Short(labels[column])}: {counts[row, column]}{part}");
        }
    }

    /// <summary>A count with three digits at the most, in thousands, millions or billions.</summary>
    private static string Short(double count)
    {
        (double size, string unit) = count switch
        {
            < 10_000 => (1, ""),
            < 1_000_000 => (1e3, "k"),
            < 1_000_000_000 => (1e6, "M"),
            _ => (1e9, "G"),
        };
        return (unit.Length == 0 ? Math.Round(count, 1) : Math.Round(count / size)).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
