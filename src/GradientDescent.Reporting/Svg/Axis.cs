using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <summary>An axis: a label, a range of values and a linear or logarithmic scale.</summary>
internal sealed record Axis
{
    private const double Largest = 1e300; // the width of a larger range may overflow
    private const double Smallest = 1e-305; // smaller powers of ten underflow

    private Axis(string label, double minimum, double maximum, bool isLogarithmic) =>
        (Label, Minimum, Maximum, IsLogarithmic) = (label, minimum, maximum, isLogarithmic);

    /// <summary>Whether the axis counts something, so that only whole numbers are marked.</summary>
    public bool IsCount { get; init; }

    public string Label { get; }

    public double Minimum { get; }

    public double Maximum { get; }

    public bool IsLogarithmic { get; }

    public ImmutableArray<Tick> Ticks => IsLogarithmic
        ? Reporting.Ticks.Logarithmic(Minimum, Maximum)
        : Reporting.Ticks.Linear(Minimum, Maximum, IsCount ? 1 : 0);

    /// <summary>A linear axis with the given range.</summary>
    public static Axis Of(string label, double minimum, double maximum) => new(label, minimum, maximum, isLogarithmic: false);

    /// <summary>An axis whose range contains the given values.</summary>
    /// <param name="label">The label of the axis.</param>
    /// <param name="values">The values; those that cannot be shown are ignored.</param>
    /// <param name="prefersLogarithm">Whether the scale is logarithmic if no value is negative.</param>
    /// <param name="margin">The share of the range that stays empty at each end.</param>
    public static Axis Around(string label, IEnumerable<double> values, bool prefersLogarithm = false, double margin = 0.04)
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
            double factor = Math.Pow(high / low, margin);
            return new Axis(label, low / factor, high * factor, isLogarithmic: true);
        }

        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= Math.Max(1e-12 * size, Smallest))
        {
            double half = size <= Smallest ? 1 : size / 2;
            (low, high) = (low - half, high + half);
        }

        double free = (high - low) * margin;
        return Of(label, low - free, high + free);
    }

    /// <summary>The width of the widest label.</summary>
    public double LabelWidth => Ticks.Max(tick => TextWidth.Of(tick.Label));

    /// <summary>Whether a value can be shown on an axis: it is finite and a range around it is finite too.</summary>
    public static bool CanShow(double value) => Math.Abs(value) < Largest;

    /// <summary>The position on the axis: 0 at the start of the range, 1 at its end, NaN for a value that cannot be shown.</summary>
    public double ShareOf(double value)
    {
        if (!CanShow(value))
            return double.NaN;
        if (!IsLogarithmic)
            return (value - Minimum) / (Maximum - Minimum);
        return value <= 0 ? double.NaN : Math.Log(value / Minimum) / Math.Log(Maximum / Minimum);
    }
}
