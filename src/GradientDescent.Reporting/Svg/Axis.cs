using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <summary>A range of values and its scale.</summary>
internal sealed record Axis
{
    private const double Largest = 1e300; // beyond it widths of ranges may overflow
    private const double Smallest = 1e-305; // below it powers of ten do

    private Axis(string label, double minimum, double maximum, bool isLogarithmic) => (Label, Minimum, Maximum, IsLogarithmic) = (label, minimum, maximum, isLogarithmic);

    /// <summary>Whether only whole numbers are marked, as where something is counted.</summary>
    public bool IsCount { get; init; }

    public string Label { get; }

    public double Minimum { get; }

    public double Maximum { get; }

    public bool IsLogarithmic { get; }

    public ImmutableArray<Tick> Ticks => IsLogarithmic ? Reporting.Ticks.Logarithmic(Minimum, Maximum) : Reporting.Ticks.Linear(Minimum, Maximum, IsCount ? 1 : 0);

    /// <summary>A given range.</summary>
    public static Axis Of(string label, double minimum, double maximum) => new(label, minimum, maximum, isLogarithmic: false);

    /// <summary>The range of some values.</summary>
    /// <param name="label">What they are.</param>
    /// <param name="values">Those that cannot be shown are left out.</param>
    /// <param name="prefersLogarithm">Whether the scale is logarithmic if all values are positive.</param>
    /// <param name="margin">Share of the range left free at both ends.</param>
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

    /// <summary>Whether a value has a place on any axis: it is finite, and not so large that a range around it is not.</summary>
    public static bool CanShow(double value) => Math.Abs(value) < Largest;

    /// <summary>0 at the range's start, 1 at its end; NaN for what cannot be shown.</summary>
    public double ShareOf(double value)
    {
        if (!CanShow(value))
            return double.NaN;
        if (!IsLogarithmic)
            return (value - Minimum) / (Maximum - Minimum);
        return value <= 0 ? double.NaN : Math.Log(value / Minimum) / Math.Log(Maximum / Minimum);
    }
}
