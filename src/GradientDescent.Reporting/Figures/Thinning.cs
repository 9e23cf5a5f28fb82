namespace GradientDescent.Reporting;

/// <summary>Chooses which points of many are drawn.</summary>
internal static class Thinning
{
    /// <summary>Dots of a cloud beyond this number make a page slow and cover each other.</summary>
    public const int MaxDots = 4000;

    private const int Columns = 800;

    /// <summary>
    /// Returns the indices of the points of a line to draw: all up to 800; of more, of all points in one of 800 columns the first, the
    /// lowest, the highest and the last. They paint the same pixels on a screen of this width (Jugel et al., "M4", VLDB 2014).
    /// </summary>
    /// <param name="x">The places, ascending.</param>
    /// <param name="y">The values; one that is not finite interrupts the line.</param>
    public static List<int> Line(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count <= Columns)
            return [.. Enumerable.Range(0, x.Count)];
        var kept = new List<int>();
        double first = x[0], width = (x[^1] - first) / Columns;
        for (int start = 0; start < x.Count;)
        {
            double column = ColumnOf(x[start]);
            int end = start, low = start, high = start;
            bool isBroken = false;
            for (; end < x.Count && ColumnOf(x[end]).Equals(column); end++)
            {
                isBroken |= !double.IsFinite(y[end]);
                if (y[end] < y[low])
                    low = end;
                if (y[end] > y[high])
                    high = end;
            }

            if (isBroken)
                kept.AddRange(Enumerable.Range(start, end - start));
            else
                kept.AddRange(new SortedSet<int> { start, low, high, end - 1 });
            start = end;
        }

        return kept;

        double ColumnOf(double place) => Math.Floor((place - first) / width);
    }

    /// <summary>
    /// Returns the indices of the dots to draw: all of them or, of more than <see cref="MaxDots"/>, so many at equal distances in the order
    /// of the data, and those with the smallest and the largest x and y.
    /// </summary>
    public static int[] Dots(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        int[] all = [.. Enumerable.Range(0, x.Count).Where(i => Axes.CanShow(x[i]) && Axes.CanShow(y[i]))];
        if (all.Length <= MaxDots)
            return all;
        IEnumerable<int> spread = Enumerable.Range(0, MaxDots).Select(k => all[(int)((long)k * all.Length / MaxDots)]);
        int[] extremes = [all.MinBy(i => x[i]), all.MaxBy(i => x[i]), all.MinBy(i => y[i]), all.MaxBy(i => y[i])];
        return [.. spread.Concat(extremes).Distinct().Order()];
    }

    /// <summary>A sentence that says how many of the dots are drawn; empty if all are.</summary>
    public static string Note(int shown, int all) =>
        shown == all ? "" : FormattableString.Invariant($" {shown} of {all} points are drawn.");
}
