using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>How often each class was taken for each.</summary>
internal sealed class ConfusionChart(string[] labels, int[,] counts)
    : Chart("Confusion matrix", FormattableString.Invariant($"Actual classes in rows, predicted ones in columns; {Right(counts)} of {Total(counts)} samples are on the diagonal."))
{
    private const double Left = 92;
    private const double Top = 72;

    internal override double Draw(SvgCanvas canvas)
    {
        int size = labels.Length, room = Math.Max(2, (int)(372.0 / size / 7));
        double cell = Math.Min(60, (PictureWidth - Left - 16) / size);
        canvas.Text(12, 20, Title, "title");
        canvas.Text(12, 38, FormattableString.Invariant($"{Right(counts)} of {Total(counts)} right; rows: actual, columns: predicted"), "muted");
        for (int column = 0; column < size; column++)
            canvas.Text(Left + cell * (column + 0.5), Top - 8, SvgCanvas.Shorten(labels[column], Math.Min(room, 9)), "muted", "middle");
        for (int row = 0; row < size; row++)
        {
            canvas.Text(Left - 8, Top + cell * (row + 0.5) + 4, SvgCanvas.Shorten(labels[row], 11), "muted", "end");
            double sum = Math.Max(1, Enumerable.Range(0, size).Sum(column => counts[row, column]));
            for (int column = 0; column < size; column++)
            {
                (double x, double y, int count) = (Left + cell * column, Top + cell * row, counts[row, column]);
                canvas.BeginSeries("", row == column ? 0 : 1);
                canvas.Rectangle(x + 1, y + 1, cell - 2, cell - 2, "fill", 0.06 + 0.5 * count / sum, FormattableString.Invariant($"actual {labels[row]}, predicted {labels[column]}: {count}"));
                canvas.EndSeries();
                if (cell >= 20)
                    canvas.Text(x + cell / 2, y + cell / 2 + 4, count.ToString(CultureInfo.InvariantCulture), anchor: "middle");
            }
        }

        return Top + cell * size + 16;
    }

    private static int Right(int[,] counts) => Enumerable.Range(0, counts.GetLength(0)).Sum(i => counts[i, i]);

    private static long Total(int[,] counts) => counts.Cast<int>().Sum(count => (long)count);
}
