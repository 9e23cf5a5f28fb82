namespace GradientDescent.Reporting;

/// <summary>Axes whose ranges contain given values.</summary>
internal static class Axes
{
    private const double Largest = 1e300; // the width of a larger range may overflow
    private const double Smallest = 1e-305; // smaller powers of ten underflow
    private const int MaxNames = 30;

    /// <summary>Whether a value can be shown on an axis: it is finite and a range around it is finite too.</summary>
    public static bool CanShow(double value) => Math.Abs(value) < Largest;

    /// <summary>Whether the place of a value in a picture is a number that browsers can draw, even if it is outside.</summary>
    public static bool IsNear(double value, double minimum, double maximum) => Math.Abs(value - minimum) <= 1e9 * (maximum - minimum);

    /// <summary>A linear axis with the given range.</summary>
    public static AxisStyle Of(string label, double minimum, double maximum) =>
        new() { Title = TitleOf(label), Range = [minimum, maximum], ZeroLine = false };

    /// <summary>The title of an axis.</summary>
    public static TitleText TitleOf(string label) => new(Label.Of(label)) { Standoff = 8 };

    /// <summary>An axis whose range contains the given values.</summary>
    /// <param name="label">The label of the axis.</param>
    /// <param name="values">The values; those that cannot be shown are ignored.</param>
    /// <param name="prefersLogarithm">Whether the scale is logarithmic if no value is negative.</param>
    /// <param name="margin">The share of the range that stays empty at each end.</param>
    public static AxisStyle Around(string label, IEnumerable<double> values, bool prefersLogarithm = false, double margin = 0.04)
    {
        double[] shown = [.. values.Where(CanShow)];
        if (shown.Length == 0)
            return Of(label, 0, 1);
        double low = shown.Min(), high = shown.Max();
        if (prefersLogarithm && low >= 0 && high > Smallest)
        {
            low = Math.Max(shown.Where(value => value > 0).Min(), Math.Max(high * 1e-20, Smallest));
            if (high / low < 1.01)
                (low, high) = (low / 2, high * 2);
            double free = margin * Math.Log10(high / low);
            return Of(label, Math.Log10(low) - free, Math.Log10(high) + free) with { Type = "log" };
        }

        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= Math.Max(1e-12 * size, Smallest))
        {
            double half = size <= Smallest ? 1 : size / 2;
            (low, high) = (low - half, high + half);
        }

        return Of(label, low - (high - low) * margin, high + (high - low) * margin);
    }

    /// <summary>An axis that counts steps or epochs: from the smallest to the largest value, marked at whole numbers.</summary>
    public static AxisStyle Count(string label, IEnumerable<double> values)
    {
        AxisStyle axis = Around(label, values, margin: 0);
        return axis.Range![1] - axis.Range[0] < 8 ? axis with { Dtick = 1 } : axis;
    }

    /// <summary>An axis with a place, from 0, for each name. Of many names only each second, third, … is written.</summary>
    public static AxisStyle Names(IReadOnlyList<string> names, bool fromTop = false)
    {
        int stride = (names.Count + MaxNames - 1) / MaxNames;
        int[] written = [.. Enumerable.Range(0, names.Count).Where(i => i % stride == 0)];
        return new()
        {
            Range = fromTop ? [names.Count - 0.5, -0.5] : [-0.5, names.Count - 0.5],
            TickVals = [.. written.Select(i => (double)i)],
            TickText = [.. written.Select(i => Label.Short(names[i]))],
            AutoTickAngles = [0, 90],
            ShowGrid = false,
            ZeroLine = false,
        };
    }
}
