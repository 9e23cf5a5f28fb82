namespace GradientDescent.Reporting;

/// <summary>Runs, fits and charts as one self-contained HTML page that works without a network.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var log = new TrainingLog();
/// var options = new TrainingOptions { MaxEpochs = 200, Observers = [log] };
/// TrainingResult result = new Trainer(new Adam(0.01), options).Fit(new LinearRegression(), data);
/// new Report("Diabetes")
///     .Add(new ReportRun("Adam", result) { Settings = "rate 0.01", Seed = options.Seed, Reports = log.Reports })
///     .SaveHtml("report.html");
/// </code></example>
public sealed class Report
{
    private readonly List<ReportRun> _runs = [];
    private readonly List<Section> _sections = [];

    /// <param name="title">The heading of the page.</param>
    public Report(string title)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        Title = title;
    }

    /// <summary>The heading of the page.</summary>
    public string Title { get; }

    /// <summary>Paragraphs about the page, below its figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The smallest possible loss, if it is known: then a chart shows how far each run is above it. Default: <see langword="null"/>.
    /// </summary>
    public double? Optimum { get; init; }

    /// <summary>Adds a run to the table of runs and to the curves.</summary>
    /// <param name="run">The run; its name must be unique in this report.</param>
    /// <returns>This report.</returns>
    /// <exception cref="ArgumentException">The report already has a run with this name.</exception>
    public Report Add(ReportRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_runs.Exists(other => other.Name == run.Name))
            throw new ArgumentException($"run is named '{run.Name}': the report already has a run with this name.", nameof(run));
        _runs.Add(run);
        return this;
    }

    /// <summary>Adds charts. A path or a line with the name of a run has the colour of the run and is shown and hidden with it.</summary>
    /// <param name="heading">The heading of the section. Charts with the same heading are in one section.</param>
    /// <param name="charts">The charts to add.</param>
    /// <returns>This report.</returns>
    public Report Add(string heading, params ReadOnlySpan<Chart> charts)
    {
        SectionOf(heading).Charts.AddRange(charts);
        return this;
    }

    /// <summary>Adds a table of strings below the charts of the same section.</summary>
    /// <param name="heading">The heading of the section.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">
    /// The rows, each with one string per column. The first names the row; the others are aligned to the right, like numbers.
    /// </param>
    /// <returns>This report.</returns>
    /// <exception cref="ArgumentException">There is no column, or the length of a row differs from the number of columns.</exception>
    public Report AddTable(string heading, IReadOnlyList<string> header, params IReadOnlyList<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        if (header.Count == 0)
            throw new ArgumentException("header is empty: a table needs a column.", nameof(header));
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Count != header.Count)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"rows[{i}] has {rows[i].Count} strings: it must have {header.Count}, one per column."),
                    nameof(rows));
            }
        }

        SectionOf(heading).Tables.Add((header, rows));
        return this;
    }

    /// <summary>
    /// Adds the charts of a regression: predictions over targets, and of the residuals those over predictions, their histogram and their
    /// normal quantiles.
    /// </summary>
    /// <param name="heading">The heading of the section.</param>
    /// <param name="predictions">The predictions; at least one.</param>
    /// <param name="targets">The targets, one for each prediction.</param>
    /// <returns>This report.</returns>
    public Report AddFit(string heading, IReadOnlyList<double> predictions, IReadOnlyList<double> targets) => Add(
        heading,
        Charts.Predictions(predictions, targets),
        Charts.Residuals(predictions, targets),
        Charts.ResidualHistogram(predictions, targets),
        Charts.ResidualQuantiles(predictions, targets));

    /// <summary>
    /// Adds the charts of a linear regression: predictions over targets, the standardised coefficients with their intervals, and the
    /// residuals.
    /// </summary>
    /// <param name="heading">The heading of the section.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="data">The data of the fit.</param>
    /// <returns>This report.</returns>
    /// <exception cref="ArgumentException">The data has another number of features.</exception>
    public Report AddFit(string heading, LinearFit fit, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(data);
        IReadOnlyList<double> predictions = fit.PredictAll(data);
        double[] targets = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])];
        return Add(
            heading,
            Charts.Predictions(predictions, targets),
            Charts.StandardizedCoefficients(fit, data),
            Charts.Residuals(predictions, targets),
            Charts.ResidualHistogram(predictions, targets),
            Charts.ResidualQuantiles(predictions, targets));
    }

    /// <summary>Adds the charts of a classifier: its confusion matrix, ROC, precision over recall and calibration.</summary>
    /// <param name="heading">The heading of the section.</param>
    /// <param name="report">The report of the classifier, such as <see cref="LogisticFit.Report(Dataset)"/> gives it.</param>
    /// <returns>This report.</returns>
    public Report AddClassifier(string heading, ClassificationReport report) => Add(
        heading, Charts.ConfusionMatrix(report), Charts.Roc(report), Charts.PrecisionRecall(report), Charts.Calibration(report));

    /// <summary>Returns the text of the HTML page.</summary>
    public string ToHtml()
    {
        Section? section = null;
        if (_runs.Count > 0)
        {
            List<Chart> curves = [Charts.Loss(_runs)];
            if (Optimum is { } optimum)
                curves.Add(Charts.LossAbove(optimum, _runs));
            curves.Add(Charts.LearningRate(_runs));
            if (_runs.Exists(run => run.Reports.Count > 0))
                curves.Add(Charts.GradientNorm(_runs));
            section = new Section("Training") { Charts = curves };
        }

        return ReportPage.Write(Title, Notes, _runs, _sections, section);
    }

    /// <summary>Writes <see cref="ToHtml"/> to a file.</summary>
    /// <param name="path">The path of the file. An existing file is replaced as a whole; if this fails, it is unchanged.</param>
    public void SaveHtml(string path) => AtomicFile.WriteText(path, ToHtml());

    /// <summary>Returns the title and the number of runs.</summary>
    public override string ToString() => FormattableString.Invariant($"{Title}: {_runs.Count} runs");

    private Section SectionOf(string heading)
    {
        ArgumentException.ThrowIfNullOrEmpty(heading);
        if (_sections.Find(section => section.Heading == heading) is { } known)
            return known;
        _sections.Add(new Section(heading));
        return _sections[^1];
    }
}
