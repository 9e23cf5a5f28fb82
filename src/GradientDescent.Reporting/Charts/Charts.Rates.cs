namespace GradientDescent.Reporting;

/// <content>Charts of rate range tests.</content>
public static partial class Charts
{
    /// <summary>
    /// Rate range tests: smoothed losses over the rates of their steps, on logarithmic scales. A dot marks the suggested rate of each test.
    /// Of a single test, the losses of the steps are drawn too, as points.
    /// </summary>
    /// <param name="tests">The tests with their names; at least one.</param>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// var range = LearningRateRange.Run(new Adam(), new LinearRegression(), data);
    /// Charts.LearningRateRange(("Adam", range)).SaveSvg("rates.svg");
    /// </code></example>
    public static Chart LearningRateRange(params IReadOnlyList<(string Name, LearningRateRange Test)> tests)
    {
        Series[] lines = [.. NotEmpty(tests).Select(one =>
            new Series(one.Name, SeriesKind.Line, [.. one.Test.Rates], [.. one.Test.SmoothedLosses]))];
        Series[] points = tests is [(var name, var only)] && !only.Losses.SequenceEqual(only.SmoothedLosses)
            ? [new Series(name, SeriesKind.Points, [.. only.Rates], [.. only.Losses], ", each batch")] : [];
        double ceiling = tests.Max(one => Math.Max(one.Test.FirstLoss, 0)) * 10;
        IEnumerable<double> shown = lines.SelectMany(one => one.Y).Where(loss => !(loss > ceiling) || ceiling == 0);
        string label = tests is [{ Test.Suggested: { } found }]
            ? FormattableString.Invariant($"suggested rate: {found:G3}") : "rings: suggested rates";
        string suggested = string.Join(", ", tests.Where(one => one.Test.Suggested is not null)
            .Select(one => FormattableString.Invariant($"{one.Name} {one.Test.Suggested:G3}")));
        return new XyChart(
            "Rate range test",
            suggested.Length == 0 ? "Losses over learning rates. No rate is suggested."
                : $"Losses over learning rates. Suggested rates: {suggested}.",
            Axis.Around("learning rate", lines.SelectMany(one => one.X), prefersLogarithm: true, margin: 0),
            Axis.Around(suggested.Length == 0 ? "smoothed loss" : $"smoothed loss; {label}", shown, prefersLogarithm: true),
            [.. lines, .. points])
        {
            Background = SuggestedRates,
        };

        void SuggestedRates(SvgCanvas canvas, Frame frame)
        {
            foreach ((_, LearningRateRange test) in tests)
            {
                if (test.Suggested is not { } rate)
                    continue;
                double loss = test.SmoothedLosses[test.Rates.IndexOf(rate)];
                (double x, double y) = frame.Place(rate, loss);
                canvas.Line(x, frame.Top, x, frame.Base, "zero");
                canvas.Circle(x, y, 4, "ring");
            }
        }
    }
}
