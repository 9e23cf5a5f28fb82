namespace GradientDescent.Reporting;

/// <content>Charts of rate range tests.</content>
public static partial class Charts
{
    /// <summary>
    /// Rate range tests: smoothed losses over the rates of their steps, on logarithmic scales. A ring marks the suggested rate of each
    /// test. Of a single test, the losses of the steps are drawn too, as points.
    /// </summary>
    /// <param name="tests">The tests with their names; at least one.</param>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// var range = LearningRateRange.Run(new Adam(), new LinearRegression(), data);
    /// Charts.LearningRateRange(("Adam", range)).SaveHtml("rates.html");
    /// </code></example>
    public static Chart LearningRateRange(params IReadOnlyList<(string Name, LearningRateRange Test)> tests)
    {
        Series[] lines = [.. NotEmpty(tests).Select(one => new Series(one.Name, [.. one.Test.Rates], [.. one.Test.SmoothedLosses]))];
        Series[] dots = tests is [(var name, var only)] && !only.Losses.SequenceEqual(only.SmoothedLosses)
            ? [new Series(name, [.. only.Rates], [.. only.Losses]) { IsDots = true, Suffix = ", each batch" }] : [];
        double ceiling = tests.Max(one => Math.Max(one.Test.FirstLoss, 0)) * 10;
        IEnumerable<double> shown = lines.SelectMany(one => one.Y).Where(loss => !(loss > ceiling) || ceiling == 0);
        string suggested = string.Join(", ", tests.Where(one => one.Test.Suggested is not null)
            .Select(one => FormattableString.Invariant($"{one.Name} {one.Test.Suggested:G3}")));
        return new(
            "Rate range test",
            suggested.Length == 0 ? "Losses over learning rates. No rate is suggested."
                : $"Losses over learning rates; rings mark the suggested rates: {suggested}.",
            new([.. Series.Traces([.. lines, .. dots]), .. tests.SelectMany((one, i) => SuggestedRate(one.Name, one.Test, i))], new()
            {
                XAxis = Axes.Around("learning rate", lines.SelectMany(one => one.X), prefersLogarithm: true, margin: 0),
                YAxis = Axes.Around("smoothed loss", shown, prefersLogarithm: true),
            }));

        static IEnumerable<Trace> SuggestedRate(string name, LearningRateRange test, int index) => test.Suggested is not { } rate ? [] :
        [
            new ScatterTrace
            {
                Name = Label.Short(name),
                Meta = new(name),
                LegendGroup = name,
                ShowLegend = false,
                X = [rate],
                Y = [test.SmoothedLosses[test.Rates.IndexOf(rate)]],
                Mode = "markers",
                Marker = new() { Symbol = "circle", Size = 11, Color = Colour.Paper, Line = Series.LineOf(index) with { Dash = null } },
                HoverTemplate = "suggested rate %{x:.3~g}",
            },
        ];
    }
}
