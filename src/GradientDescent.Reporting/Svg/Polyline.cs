using System.Text;

namespace GradientDescent.Reporting;

/// <summary>Reduces the number of points of a line without a visible change.</summary>
internal static class Polyline
{
    /// <summary>
    /// Returns the indices of the points to draw: of all points in one column of pixels the first, the lowest, the highest and the last.
    /// They paint the same pixels (Jugel et al., "M4", VLDB 2014).
    /// </summary>
    public static List<int> Thin(ReadOnlySpan<(double X, double Y)> points)
    {
        var kept = new List<int>();
        for (int start = 0; start < points.Length;)
        {
            double column = Math.Floor(points[start].X);
            int end = start, low = start, high = start;
            bool isBroken = false;
            for (; end < points.Length && (Math.Floor(points[end].X) == column || double.IsNaN(points[end].X)); end++)
            {
                isBroken |= double.IsNaN(points[end].Y);
                if (points[end].Y > points[low].Y)
                    low = end;
                if (points[end].Y < points[high].Y)
                    high = end;
            }

            if (isBroken || end == start) // keep gaps
                kept.AddRange(Enumerable.Range(start, Math.Max(1, end - start)));
            else
                kept.AddRange(new SortedSet<int> { start, low, high, end - 1 });
            start = Math.Max(end, start + 1);
        }

        return kept;
    }

    /// <summary>
    /// Returns the indices of the dots to draw: the first in each square of two by two pixels. A dot is larger than that.
    /// </summary>
    public static IEnumerable<int> Distinct((double X, double Y)[] points) =>
        Enumerable.Range(0, points.Length)
            .Where(i => double.IsFinite(points[i].X + points[i].Y))
            .DistinctBy(i => (Math.Floor(points[i].X / 2), Math.Floor(points[i].Y / 2)));

    /// <summary>Removes points that are within a distance of the line through the others (Ramer 1972; Douglas, Peucker 1973).</summary>
    public static List<(double X, double Y)> Simplify(List<(double X, double Y)> points, double distance)
    {
        if (points.Count < 3)
            return points;
        bool[] isKept = new bool[points.Count];
        (isKept[0], isKept[^1]) = (true, true);
        var parts = new Stack<(int First, int Last)>([(0, points.Count - 1)]);
        while (parts.TryPop(out (int First, int Last) part))
        {
            (double farthest, int index) = (distance, -1);
            for (int i = part.First + 1; i < part.Last; i++)
            {
                double away = Distance(points[i], points[part.First], points[part.Last]);
                if (away > farthest)
                    (farthest, index) = (away, i);
            }

            if (index < 0)
                continue;
            isKept[index] = true;
            parts.Push((part.First, index));
            parts.Push((index, part.Last));
        }

        return [.. points.Where((_, i) => isKept[i])];
    }

    /// <summary>The value of the <c>d</c> attribute. A point that is not finite interrupts the line.</summary>
    public static string Data(IEnumerable<(double X, double Y)> points)
    {
        var data = new StringBuilder();
        bool isDown = false;
        foreach ((double x, double y) in points)
        {
            bool isShown = double.IsFinite(x) && double.IsFinite(y);
            if (isShown)
                data.Append(isDown ? 'L' : 'M').Append(Coordinate(x)).Append(' ').Append(Coordinate(y));
            isDown = isShown;
        }

        return data.ToString();
    }

    private static string Coordinate(double value) => SvgCanvas.Number(Math.Round(Math.Clamp(value, -9999, 9999), 1));

    private static double Distance((double X, double Y) point, (double X, double Y) from, (double X, double Y) to)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt(dx * dx + dy * dy);
        return length == 0
            ? Math.Sqrt((point.X - from.X) * (point.X - from.X) + (point.Y - from.Y) * (point.Y - from.Y))
            : Math.Abs(dx * (from.Y - point.Y) - dy * (from.X - point.X)) / length;
    }
}
