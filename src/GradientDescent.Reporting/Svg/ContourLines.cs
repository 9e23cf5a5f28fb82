namespace GradientDescent.Reporting;

/// <summary>Contour lines of a function on a grid, by marching squares.</summary>
/// <remarks>
/// If two lines cross a cell, the mean of its corners decides which crossings belong together. Cells with a corner that is not finite are
/// skipped.
/// </remarks>
internal sealed class ContourLines
{
    private readonly int _columns;
    private readonly int _rows;
    private readonly double[] _values;
    private readonly Func<int, double> _x;
    private readonly Func<int, double> _y;

    /// <param name="function">The function of x and y.</param>
    /// <param name="x">The range of x.</param>
    /// <param name="y">The range of y.</param>
    /// <param name="cells">The number of cells in each direction.</param>
    public ContourLines(Func<double, double, double> function, (double Min, double Max) x, (double Min, double Max) y, int cells)
    {
        (_columns, _rows) = (cells + 1, cells + 1);
        _x = i => x.Min + (x.Max - x.Min) * i / cells;
        _y = j => y.Min + (y.Max - y.Min) * j / cells;
        _values = new double[_columns * _rows];
        for (int j = 0; j < _rows; j++)
        {
            for (int i = 0; i < _columns; i++)
                _values[j * _columns + i] = function(_x(i), _y(j));
        }
    }

    /// <summary>
    /// Levels that divide the area, with more levels where the function is low. The lowest level surrounds an area that the grid resolves.
    /// </summary>
    public double[] Levels(int count)
    {
        double[] sorted = [.. _values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            return [];
        IEnumerable<double> levels = Enumerable.Range(1, count).Select(k => sorted[(int)(ShareBelow(k) * (sorted.Length - 1))]);
        return [.. levels.Distinct().Where(level => level > sorted[0])];

        double ShareBelow(int k) => Math.Pow(k / (count + 1.0), 2);
    }

    /// <summary>The lines of one level. A closed line ends at its first point.</summary>
    public List<List<(double X, double Y)>> At(double level)
    {
        var neighbours = new Dictionary<int, (int First, int Second)>();
        var edges = new List<int>();
        Span<int> crossed = stackalloc int[4];
        for (int j = 0; j + 1 < _rows; j++)
        {
            for (int i = 0; i + 1 < _columns; i++)
            {
                int count = Crossings(i, j, level, crossed, out bool joinsAcross);
                if (count == 2)
                {
                    Join(crossed[0], crossed[1]);
                }
                else if (count == 4)
                {
                    Join(crossed[0], crossed[joinsAcross ? 1 : 3]);
                    Join(crossed[2], crossed[joinsAcross ? 3 : 1]);
                }
            }
        }

        var lines = new List<List<(double X, double Y)>>();
        var seen = new HashSet<int>();
        foreach (int edge in edges.Where(edge => neighbours[edge].Second < 0).Concat(edges)) // open lines first, each from one of its ends
        {
            if (!seen.Contains(edge))
                lines.Add(Follow(edge));
        }

        return lines;

        void Join(int a, int b)
        {
            Link(a, b);
            Link(b, a);
        }

        void Link(int from, int to)
        {
            if (neighbours.TryGetValue(from, out (int First, int Second) known))
            {
                neighbours[from] = known with { Second = to };
                return;
            }

            neighbours[from] = (to, -1);
            edges.Add(from);
        }

        List<(double X, double Y)> Follow(int start)
        {
            var line = new List<(double X, double Y)>();
            int edge = start;
            while (edge >= 0 && seen.Add(edge))
            {
                line.Add(PointOn(edge, level));
                (int first, int second) = neighbours[edge];
                edge = !seen.Contains(first) ? first : second >= 0 && !seen.Contains(second) ? second : -1;
            }

            if (neighbours[start].Second >= 0)
                line.Add(line[0]);
            return line;
        }
    }

    // An edge is numbered by its lower left corner: even edges go to the right, odd edges up.
    private int Crossings(int i, int j, double level, Span<int> crossed, out bool joinsAcross)
    {
        int corner = j * _columns + i;
        double a = _values[corner], b = _values[corner + 1], c = _values[corner + _columns + 1], d = _values[corner + _columns];
        joinsAcross = (a + b + c + d) / 4 >= level == a >= level; // then a and c are connected, and the lines separate b and d
        if (!double.IsFinite(a + b + c + d))
            return 0;
        int count = 0;
        if (a >= level != b >= level)
            crossed[count++] = 2 * corner;
        if (b >= level != c >= level)
            crossed[count++] = 2 * (corner + 1) + 1;
        if (c >= level != d >= level)
            crossed[count++] = 2 * (corner + _columns);
        if (d >= level != a >= level)
            crossed[count++] = 2 * corner + 1;
        return count;
    }

    private (double X, double Y) PointOn(int edge, double level)
    {
        int corner = edge / 2, i = corner % _columns, j = corner / _columns;
        bool isUp = int.IsOddInteger(edge);
        double from = _values[corner], to = _values[corner + (isUp ? _columns : 1)], share = (level - from) / (to - from);
        return isUp ? (_x(i), _y(j) + share * (_y(j + 1) - _y(j))) : (_x(i) + share * (_x(i + 1) - _x(i)), _y(j));
    }
}
