using System.Text;

namespace GradientDescent.Reporting;

/// <summary>Runs, fits and pictures as one self-contained HTML page: it asks no network for anything and opens from a disk.</summary>
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

    /// <param name="title">The page's heading.</param>
    public Report(string title)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        Title = title;
    }

    /// <summary>The page's heading.</summary>
    public string Title { get; }

    /// <summary>Sentences below the page's heading, a paragraph each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The smallest loss there is, where it is known: then a curve shows how far above it each run is. None unless set.</summary>
    public double? Optimum { get; init; }

    /// <summary>Adds a run: to the table and to the curves.</summary>
    /// <param name="run">Its name is not that of another run.</param>
    /// <returns>This report.</returns>
    /// <exception cref="ArgumentException">There is a run of that name.</exception>
    public Report Add(ReportRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_runs.Exists(other => other.Name == run.Name))
            throw new ArgumentException($"run is named '{run.Name}': there is another run of that name.", nameof(run));
        _runs.Add(run);
        return this;
    }

    /// <summary>Adds pictures. A path or a line that has a run's name gets the run's colour and is switched on and off with it.</summary>
    /// <param name="heading">The section; charts of the same heading stand together.</param>
    /// <param name="charts">The pictures.</param>
    /// <returns>This report.</returns>
    public Report Add(string heading, params ReadOnlySpan<Chart> charts)
    {
        SectionOf(heading).Charts.AddRange(charts);
        return this;
    }

    /// <summary>Adds a table of texts, above the pictures of the same heading.</summary>
    /// <param name="heading">The section.</param>
    /// <param name="header">A name for each column.</param>
    /// <param name="rows">A text for each column; the first one names the row, the others are set to the right, as numbers are.</param>
    /// <returns>This report.</returns>
    /// <exception cref="ArgumentException">There is no column, or a row has not as many texts as there are columns.</exception>
    public Report AddTable(string heading, IReadOnlyList<string> header, params IReadOnlyList<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        if (header.Count == 0)
            throw new ArgumentException("header is empty: a table needs a column.", nameof(header));
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Count != header.Count)
                throw new ArgumentException(FormattableString.Invariant($"rows[{i}] has {rows[i].Count} texts: it must have {header.Count}, one for each column."), nameof(rows));
        }

        SectionOf(heading).Tables.Add((header, rows));
        return this;
    }

    /// <summary>Adds what a regression's fit is judged by: residuals over predictions, their histogram, their normal quantiles and, if given, coefficients
    /// with their intervals.</summary>
    /// <param name="heading">The section.</param>
    /// <param name="predictions">At least one.</param>
    /// <param name="targets">As many.</param>
    /// <param name="coefficients">Such as those of <see cref="RegressionStatistics.Coefficients"/>.</param>
    /// <returns>This report.</returns>
    public Report AddFit(string heading, IReadOnlyList<double> predictions, IReadOnlyList<double> targets, IReadOnlyList<CoefficientStatistics>? coefficients = null)
    {
        Add(heading, Charts.Residuals(predictions, targets), Charts.ResidualHistogram(predictions, targets), Charts.ResidualQuantiles(predictions, targets));
        return coefficients is { Count: > 0 } ? Add(heading, Charts.Coefficients(coefficients)) : this;
    }

    /// <summary>The page's text.</summary>
    public string ToHtml()
    {
        var sections = new List<Section>();
        if (_runs.Count > 0)
        {
            List<Chart> curves = [Charts.Loss(_runs), .. Optimum is { } optimum ? [Charts.LossAbove(optimum, _runs)] : Array.Empty<Chart>(), Charts.LearningRate(_runs)];
            if (_runs.Exists(run => run.Reports.Count > 0))
                curves.Add(Charts.GradientNorm(_runs));
            sections.Add(new Section("Curves") { Charts = curves });
        }

        return HtmlPage.Write(Title, Notes, _runs, [.. sections, .. _sections]);
    }

    /// <summary>Writes <see cref="ToHtml"/> to a file.</summary>
    /// <param name="path">The file; an existing one is overwritten.</param>
    public void SaveHtml(string path) => File.WriteAllText(path, ToHtml(), new UTF8Encoding(false));

    private Section SectionOf(string heading)
    {
        ArgumentException.ThrowIfNullOrEmpty(heading);
        if (_sections.Find(section => section.Heading == heading) is { } known)
            return known;
        _sections.Add(new Section(heading));
        return _sections[^1];
    }
}
