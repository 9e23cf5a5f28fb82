using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>How often each class was taken for each.</summary>
internal sealed class ConfusionChart(string[] labels, int[,] counts)
    : Chart("Confusion matrix", FormattableString.Invariant($"Actual classes in rows, predicted ones in columns; {Right(counts)} of {Total(counts)} samples are on the diagonal."))
{
    private const double HeadingHeight = 56;
    private const double WidestLabel = 120;
    private const double LargestCell = 60;
    private const double LeastCellWithCount = 20;
    private const double LeastLabelHeight = 16;
    private const double LeastLabelWidth = 32;

    internal override double Draw(SvgCanvas canvas)
    {
        string[] names = [.. labels.Select(label => TextWidth.Shorten(label, WidestLabel))];
        int size = labels.Length;
        double widest = names.Max(TextWidth.Of), left = Math.Max(44, widest) + 20, cell = Math.Min(LargestCell, (PictureWidth - left - 16) / size);
        int every = (int)Math.Ceiling(LeastLabelHeight / cell); // where cells are small not all have a label
        bool isUpright = cell >= LeastLabelWidth || widest + 4 <= cell * every;
        double top = HeadingHeight + (isUpright ? 16 : widest);
        canvas.Text(12, 20, Title, "title");
        canvas.Text(12, 38, FormattableString.Invariant($"{Right(counts)} of {Total(counts)} right; rows: actual, columns: predicted"), "muted");
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
                canvas.Rectangle(x + 0.5, y + 0.5, cell - 1, cell - 1, "fill", 0.06 + 0.5 * count / sum, FormattableString.Invariant($"actual {labels[row]}, predicted {labels[column]}: {count}"));
                canvas.EndSeries();
                if (cell >= LeastCellWithCount)
                    canvas.Text(x + cell / 2, y + cell / 2 + 4, Text(count, cell - 2), anchor: "middle");
            }
        }

        return top + cell * size + 16;
    }

    /// <summary>A count; in thousands, millions or billions if it is wider than its cell.</summary>
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

    private static int Right(int[,] counts) => Enumerable.Range(0, counts.GetLength(0)).Sum(i => counts[i, i]);

    private static long Total(int[,] counts) => counts.Cast<int>().Sum(count => (long)count);
}
