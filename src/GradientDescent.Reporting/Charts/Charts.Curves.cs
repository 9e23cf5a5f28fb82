namespace GradientDescent.Reporting;

/// <content>Charts of functions of one parameter, of points and of curves.</content>
public static partial class Charts
{
    private const int FunctionPoints = 600;

    /// <summary>
    /// A function of one parameter, its tangents, and the steps of descents on it: a ring at the start, a dot at each step, a filled circle
    /// at the end.
    /// </summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="function">The function.</param>
    /// <param name="range">The range of the parameter.</param>
    /// <param name="tangentsAt">The places of tangents; <see langword="null"/>: none.</param>
    /// <param name="paths">The names of descents, and the parameters at the start and after each step; or none.</param>
    /// <exception cref="ArgumentException">The range is empty or not finite.</exception>
    /// <example><code>
    /// var steps = new List&lt;double&gt; { -1.8 };
    /// for (int k = 0; k &lt; 10; k++)
    ///     steps.Add(steps[^1] - 0.1 * 2 * steps[^1]);   // the derivative of x² is 2x
    /// Charts.Function("x²", x =&gt; x * x, (-2, 2), tangentsAt: [-1.8], ("rate 0.1", steps)).SaveHtml("descent.html");
    /// </code></example>
    public static Chart Function(
        string title,
        Func<double, double> function,
        (double Min, double Max) range,
        IReadOnlyList<double>? tangentsAt = null,
        params IReadOnlyList<(string Name, IReadOnlyList<double> Steps)> paths)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(paths);
        (_, double min, double max) = Range(("x", range.Min, range.Max), nameof(range));
        double[] x = [.. Enumerable.Range(0, FunctionPoints + 1).Select(i => min + (max - min) * i / FunctionPoints)];
        double[] y = [.. x.Select(function)];
        AxisStyle yAxis = Axes.Around("f(x)", y, margin: 0.08);
        Trace curve = new ScatterTrace
        {
            Name = "f",
            X = x,
            Y = [.. y.Select(value => Axes.CanShow(value) ? value : double.NaN)],
            Mode = "lines",
            Line = new() { Color = Colour.Muted, Width = 2.5 },
            HoverTemplate = "f(%{x:.5~g}) = %{y:.5~g}<extra></extra>",
        };
        return new(title, $"A function of one parameter{ListOf("the steps of ", paths.Select(path => path.Name))}.", new(
            [curve, .. (tangentsAt ?? []).Select(TangentAt), .. paths.SelectMany((path, i) => StepsOf(path.Name, path.Steps, i))],
            new()
            {
                XAxis = Axes.Of("x", min, max),
                YAxis = yAxis,
                ShowLegend = paths.Count > 0 || tangentsAt is { Count: > 0 },
            }));

        Trace TangentAt(double at, int index)
        {
            double h = 1e-4 * (max - min), near = function(at + h) - function(at - h), far = function(at + 2 * h) - function(at - 2 * h);
            double slope = (8 * near - far) / (12 * h);
            double reach = 0.22 * (max - min), left = Math.Max(min, at - reach), right = Math.Min(max, at + reach);
            Colour colour = Colour.OfSeries(paths.Count + index), unseen = Colour.Paper with { Opacity = 0 };
            string text = FormattableString.Invariant($"tangent at {Label.Number(at)}: slope {Label.Number(Math.Round(slope, 3))}");
            return new ScatterTrace
            {
                Name = text,
                X = [left, at, right],
                Y = [function(at) + slope * (left - at), function(at), function(at) + slope * (right - at)],
                Mode = "lines+markers",
                Line = new() { Color = colour, Width = 1.5, Dash = "5px,3px" },
                Marker = new() { Color = new(default, [unseen, colour, unseen]), Size = 6 },
                HoverTemplate = $"{text}<extra></extra>",
            };
        }

        IEnumerable<Trace> StepsOf(string name, IReadOnlyList<double> steps, int index)
        {
            double[] shown = [.. steps.TakeWhile(step => Axes.IsNear(step, min, max))];
            if (shown.Length == 0)
                return [];
            ScatterTrace whole = new()
            {
                Name = Label.Short(name),
                Meta = new(name),
                LegendGroup = name,
                X = shown,
                Y = [.. shown.Select(function).Select(value => Axes.IsNear(value, yAxis.Range![0], yAxis.Range[1]) ? value : double.NaN)],
                CustomData = [.. shown.Select((_, step) => (double[])[step])],
                Mode = "lines+markers",
                Line = Series.LineOf(index) with { Width = 1.2 },
                Marker = new() { Color = Colour.OfSeries(index), Size = 6 },
                HoverTemplate = "step %{customdata[0]}: f(%{x:.5~g}) = %{y:.5~g}",
            };
            return
            [
                whole,
                Mark(0, PathTraces.StartMark(index)),
                Mark(shown.Length - 1, PathTraces.EndMark(index)),
            ];

            Trace Mark(int step, MarkerStyle marker) => whole with
            {
                X = [whole.X![step]],
                Y = [whole.Y![step]],
                CustomData = [[step]],
                Mode = "markers",
                Marker = marker,
                ShowLegend = false,
            };
        }
    }

    /// <summary>Points and the line that was fitted to them.</summary>
    /// <param name="x">The feature, at least one value.</param>
    /// <param name="y">The target, one for each.</param>
    /// <param name="fit">A fit with one feature.</param>
    /// <exception cref="ArgumentException">The counts differ, or the fit does not have one feature.</exception>
    /// <example><code>
    /// double[] age = [58, 39, 25, 44], pay = [65e3, 43e3, 23e3, 51e3];
    /// Charts.Line(age, pay, LinearRegression.Fit(age, pay)).SaveHtml("line.html");
    /// </code></example>
    public static Chart Line(IReadOnlyList<double> x, IReadOnlyList<double> y, LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Weights.Length != 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"fit has {fit.Weights.Length} features: it must have one."), nameof(fit));
        }

        return LineOf(x, y, fit.FeatureNames[0], fit.TargetName, [("fitted line", fit.Weights[0], fit.Intercept)]);
    }

    /// <summary>Points and straight lines through them.</summary>
    /// <param name="x">The feature, at least one value.</param>
    /// <param name="y">The target, one for each.</param>
    /// <param name="lines">The lines, or none.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static Chart Line(
        IReadOnlyList<double> x, IReadOnlyList<double> y, params IReadOnlyList<(string Name, double Slope, double Intercept)> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return LineOf(x, y, "x", "y", lines);
    }

    /// <summary>
    /// Curves of any kind. An axis is logarithmic if all its values are positive and the largest is at least a hundred times the smallest.
    /// </summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="xLabel">The label of the horizontal axis.</param>
    /// <param name="yLabel">The label of the vertical axis.</param>
    /// <param name="curves">The curves with their names; at least one.</param>
    /// <exception cref="ArgumentException">There is no curve, or one has different numbers of x and y.</exception>
    public static Chart Curves(
        string title,
        string xLabel,
        string yLabel,
        params IReadOnlyList<(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)> curves)
    {
        ArgumentNullException.ThrowIfNull(xLabel);
        ArgumentNullException.ThrowIfNull(yLabel);
        foreach ((_, IReadOnlyList<double> x, IReadOnlyList<double> y) in NotEmpty(curves))
            SameCount(x, y, nameof(curves), nameof(curves));
        Series[] series = [.. curves.Select(curve => new Series(curve.Name, [.. curve.X], [.. curve.Y]))];
        return new(title, $"{yLabel} over {xLabel}{ListOf("", curves.Select(curve => curve.Name))}.", new(Series.Traces(series), new()
        {
            XAxis = AxisOf(xLabel, series.SelectMany(one => one.X), margin: 0),
            YAxis = AxisOf(yLabel, series.SelectMany(one => one.Y), margin: 0.05),
            HoverMode = "x unified",
        }));

        static AxisStyle AxisOf(string label, IEnumerable<double> values, double margin)
        {
            double[] shown = [.. values.Where(Axes.CanShow)];
            bool isWide = shown.Length > 0 && shown.Min() > 0 && shown.Max() / shown.Min() >= 100;
            return Axes.Around(label, shown, isWide, margin);
        }
    }

    private static Chart LineOf(
        IReadOnlyList<double> x,
        IReadOnlyList<double> y,
        string xName,
        string yName,
        IReadOnlyList<(string Name, double Slope, double Intercept)> lines)
    {
        NotEmpty(x);
        SameCount(x, y);
        int[] shown = Thinning.Dots(x, y);
        AxisStyle axis = Axes.Around(xName, x);
        double[] ends = [.. axis.Range!];
        ScatterTrace points = new()
        {
            Name = "data",
            X = [.. shown.Select(i => x[i])],
            Y = [.. shown.Select(i => y[i])],
            Mode = "markers",
            Marker = new() { Color = Colour.Ink, Size = 7 },
            Opacity = 0.75,
            HoverTemplate = "(%{x:.5~g}, %{y:.5~g})<extra></extra>",
        };
        IEnumerable<Trace> drawn = lines.Select((line, i) => new ScatterTrace
        {
            Name = Label.Short(line.Name),
            Meta = new(line.Name),
            X = ends,
            Y = [.. ends.Select(at => line.Intercept + line.Slope * at)],
            Mode = "lines",
            Line = Series.LineOf(i),
            HoverTemplate = FormattableString.Invariant($"{Label.Number(line.Intercept)} + {Label.Number(line.Slope)}·x"),
        });
        return new(
            $"{yName} over {xName}",
            FormattableString.Invariant($"{x.Count} points{ListOf("", lines.Select(line => line.Name))}.")
                + Thinning.Note(shown.Length, x.Count),
            new([points, .. drawn], new()
            {
                XAxis = axis,
                YAxis = Axes.Around(yName, y, margin: 0.1),
                ShowLegend = lines.Count > 0,
            }));
    }

    private static string ListOf(string start, IEnumerable<string> names)
    {
        string list = string.Join(", ", names);
        return list.Length == 0 ? "" : $", with {start}{list}";
    }
}
