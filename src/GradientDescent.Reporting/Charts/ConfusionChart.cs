using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>A confusion matrix.</summary>
internal sealed class ConfusionChart(string[] labels, int[,] counts)
    : Chart(
        "Confusion matrix",
        FormattableString.Invariant(
            $"Actual classes in rows, predicted classes in columns; {Correct(counts)} of {Total(counts)} samples are on the diagonal."))
{
    private const double HeadingHeight = 56;
    private const double MaxLabelWidth = 120;
    private const double MaxCellSize = 60;
    private const double MinCellWithCount = 20;
    private const double MinLabelHeight = 16;
    private const double MinLabelWidth = 32;

    internal override double Draw(SvgCanvas canvas)
    {
        string[] names = [.. labels.Select(label => TextWidth.Shorten(label, MaxLabelWidth))];
        int size = labels.Length;
        double widest = names.Max(TextWidth.Of), left = Math.Max(44, widest) + 20;
        double cell = Math.Min(MaxCellSize, (SvgCanvas.PictureWidth - left - 16) / size);
        int every = (int)Math.Ceiling(MinLabelHeight / cell); // small cells: not every row has a label
        bool isUpright = cell >= MinLabelWidth || widest + 4 <= cell * every;
        double top = HeadingHeight + (isUpright ? 16 : widest);
        canvas.Text(12, 20, Title, "title");
        string summary = FormattableString.Invariant($"{Correct(counts)} of {Total(counts)} correct; rows: actual, columns: predicted");
        canvas.Text(12, 38, summary, "muted");
        for (int label = 0; label < size; label += every)
        {
            double middle = cell * (label + 0.5);
            canvas.Text(left - 8, top + middle + 4, names[label], "muted", "end");
            if (isUpright)
                canvas.Text(left + middle, top - 8, TextWidth.Shorten(labels[label], cell * every - 4), "muted", "middle");
            else
                canvas.TurnedText(left + middle + 4, top - 8, names[label], "muted");
        }

        for (int row = 0; row < size; row++)
        {
            double sum = Math.Max(1, Enumerable.Range(0, size).Sum(column => counts[row, column]));
            for (int column = 0; column < size; column++)
            {
                (double x, double y, int count) = (left + cell * column, top + cell * row, counts[row, column]);
                canvas.BeginSeries("", row == column ? 0 : 1);
                string hint = FormattableString.Invariant($"actual {labels[row]}, predicted {labels[column]}: {count}");
                canvas.Rectangle(x + 0.5, y + 0.5, cell - 1, cell - 1, "fill", 0.06 + 0.5 * count / sum, hint);
                canvas.EndSeries();
                if (cell >= MinCellWithCount)
                    canvas.Text(x + cell / 2, y + cell / 2 + 4, Text(count, cell - 2), anchor: "middle");
            }
        }

        return top + cell * size + 16;
    }

    /// <summary>A count, in thousands, millions or billions if it is too wide for its cell.</summary>
    private static string Text(int count, double width)
    {
        string text = count.ToString(CultureInfo.InvariantCulture);
        foreach ((string unit, double size) in (ReadOnlySpan<(string, double)>)[("k", 1e3), ("M", 1e6), ("G", 1e9)])
        {
            if (TextWidth.Of(text) <= width)
                break;
            text = Math.Round(count / size).ToString(CultureInfo.InvariantCulture) + unit;
        }

        return text;
    }

    private static int Correct(int[,] counts) => Enumerable.Range(0, counts.GetLength(0)).Sum(i => counts[i, i]);

    private static long Total(int[,] counts) => counts.Cast<int>().Sum(count => (long)count);
}
