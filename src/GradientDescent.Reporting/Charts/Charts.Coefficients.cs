namespace GradientDescent.Reporting;

/// <content>Charts of coefficients.</content>
public static partial class Charts
{
    private const int MaxCoefficients = 30;

    /// <summary>
    /// The coefficients of a regression with their confidence intervals, in the units of the data. Coefficients of different units cannot
    /// be compared: see <see cref="StandardizedCoefficients(LinearFit, Dataset, double)"/>.
    /// </summary>
    /// <param name="coefficients">The coefficients, such as <see cref="RegressionStatistics.Coefficients"/>; at least one.</param>
    /// <param name="level">The confidence level, between 0 and 1.</param>
    public static Chart Coefficients(IReadOnlyList<CoefficientStatistics> coefficients, double level = 0.95) => CoefficientsOf(
        "Coefficients",
        FormattableString.Invariant($"Estimates with their {100 * level:0.#} % confidence intervals, in the units of the data."),
        "estimate",
        [.. from one in NotEmpty(coefficients)
            let interval = one.ConfidenceInterval(level)
            select (one.Name, one.Estimate, interval.Lower, interval.Upper)]);

    /// <summary>
    /// The standardised coefficients of a linear regression with their confidence intervals: how much the prediction changes if a feature
    /// grows by one standard deviation and the others stay. The largest comes first; of more than thirty, the largest thirty are drawn.
    /// </summary>
    /// <remarks>
    /// The coefficient β of a feature with standard deviation s has the effect β·s, whatever the unit of the feature is. The interval is
    /// that of β, multiplied by s.
    /// </remarks>
    /// <param name="fit">The fit.</param>
    /// <param name="data">The data of the fit, which has the standard deviations. Weights are ignored.</param>
    /// <param name="level">The confidence level, between 0 and 1.</param>
    /// <exception cref="ArgumentException">The data has another number of features.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// Charts.StandardizedCoefficients(LinearRegression.Fit(data), data).SaveHtml("coefficients.html");
    /// </code></example>
    public static Chart StandardizedCoefficients(LinearFit fit, Dataset data, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return StandardizedOf(
            fit.Model, data, [.. fit.Statistics.Coefficients.Take(fit.Weights.Length).Select(one => one.ConfidenceInterval(level))], level);
    }

    /// <summary>
    /// The standardised coefficients of a logistic regression with their confidence intervals: how much the logarithm of the odds changes
    /// if a feature grows by one standard deviation and the others stay.
    /// </summary>
    /// <inheritdoc cref="StandardizedCoefficients(LinearFit, Dataset, double)"/>
    public static Chart StandardizedCoefficients(LogisticFit fit, Dataset data, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return StandardizedOf(
            fit.Model, data, [.. fit.Statistics.Coefficients.Take(fit.Weights.Length).Select(one => one.ConfidenceInterval(level))], level);
    }

    /// <summary>The standardised coefficients of a model with one output, with intervals or without.</summary>
    /// <inheritdoc cref="StandardizedCoefficients(LinearFit, Dataset, double)" path="/remarks"/>
    /// <param name="model">The fitted model.</param>
    /// <param name="data">The data of the fit, which has the standard deviations and the names. Weights are ignored.</param>
    /// <param name="intervals">
    /// The interval of the weight of each feature, in the units of the data; <see langword="null"/>: no intervals.
    /// </param>
    /// <param name="level">The confidence level of the intervals, which the description names.</param>
    /// <exception cref="ArgumentException">
    /// The model has several outputs, the data has another number of features, or there is another number of intervals.
    /// </exception>
    public static Chart StandardizedCoefficients(
        LinearModel model, Dataset data, IReadOnlyList<(double Lower, double Upper)>? intervals = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (model.OutputCount != 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"model has {model.OutputCount} outputs: it must have one."), nameof(model));
        }

        if (intervals is not null && intervals.Count != model.FeatureCount)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"intervals has {intervals.Count} entries: it must have one for each feature, {model.FeatureCount}."),
                nameof(intervals));
        }

        return StandardizedOf(model, data, intervals, level);
    }

    private static Chart StandardizedOf(
        LinearModel model, Dataset data, IReadOnlyList<(double Lower, double Upper)>? intervals, double level)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.FeatureCount != model.FeatureCount)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"data has {data.FeatureCount} features, the model {model.FeatureCount}: they must be equal."),
                nameof(data));
        }

        bool hasIntervals = intervals is { Count: > 0 };
        double[] spreads = Spread.OfFeatures(data);
        string changes = model is LogisticRegression ? "the logarithm of the odds" : "the prediction";
        string with = hasIntervals ? FormattableString.Invariant($", with {100 * level:0.#} % confidence intervals") : "";
        return CoefficientsOf(
            "Standardised coefficients",
            $"How much {changes} changes if a feature grows by one standard deviation and the others stay{with}.",
            "change per standard deviation",
            [.. Enumerable.Range(0, model.FeatureCount)
                .Select(j => (Name: data.FeatureNames[j], Estimate: model.Weights[j] * spreads[j], Interval: IntervalOf(j)))
                .Select(one => (one.Name, one.Estimate, one.Interval.Lower, one.Interval.Upper))
                .OrderByDescending(one => Math.Abs(one.Estimate))]);

        // A fit whose statistics cannot be computed has no intervals.
        (double Lower, double Upper) IntervalOf(int j) =>
            hasIntervals ? (intervals![j].Lower * spreads[j], intervals[j].Upper * spreads[j]) : (double.NaN, double.NaN);
    }

    private static Chart CoefficientsOf(
        string title, string description, string label, IReadOnlyList<(string Name, double Estimate, double Lower, double Upper)> all)
    {
        (string Name, double Estimate, double Lower, double Upper)[] rows = [.. all.Take(MaxCoefficients)];
        string note = rows.Length == all.Count ? "" : FormattableString.Invariant($" {rows.Length} of {all.Count} are drawn.");
        return new(title, description + note, new(
        [
            new ScatterTrace
            {
                X = [.. rows.Select(row => row.Estimate)],
                Y = [.. rows.Select((_, i) => (double)i)],
                Mode = "markers",
                Marker = new() { Color = Colour.OfSeries(0), Size = 8 },
                ErrorX = new(
                    [.. rows.Select(row => row.Upper - row.Estimate)],
                    [.. rows.Select(row => row.Estimate - row.Lower)],
                    Colour.OfSeries(0)),
                Text = [.. rows.Select(row => $"{Label.Short(row.Name)}: {Label.Number(row.Estimate)}{Interval(row.Lower, row.Upper)}")],
                HoverTemplate = "%{text}<extra></extra>",
                ShowLegend = false,
            },
        ],
        new()
        {
            Height = 110 + 24 * rows.Length,
            XAxis = Axes.Around(label, rows.SelectMany(row => new[] { 0, row.Estimate, row.Lower, row.Upper })) with { ZeroLine = true },
            YAxis = Axes.Names([.. rows.Select(row => row.Name)], fromTop: true) with { ShowGrid = true },
        }));

        static string Interval(double lower, double upper) =>
            double.IsFinite(lower + upper) ? $", from {Label.Number(lower)} to {Label.Number(upper)}" : "";
    }
}
