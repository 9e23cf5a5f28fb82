using System.Collections.Immutable;
using System.CommandLine;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>Creates an HTML page for a fit.</summary>
internal static class FitPage
{
    private const int MaxPoints = 4000; // with more points, the page has several megabytes and the points overlap

    /// <param name="fit">The fit to show.</param>
    /// <param name="settings">The settings of the fit.</param>
    /// <param name="reports">The reports of the run.</param>
    /// <param name="parsed">The parsed command line.</param>
    public static Report Of(FitReport fit, FitSettings settings, IReadOnlyList<TrainingReport> reports, ParseResult parsed)
    {
        FittedModel fitted = fit.Fitted;
        bool hasCurves = fitted.Result.Steps > 1;
        string[] ending = hasCurves ? [] : [RunText.Of(fitted.Result)];
        var page = new Report(fit.Title)
        {
            Notes =
            [
                PageText.CommandOf(parsed), .. ending, .. HeldOut(settings), .. Statistics(fitted), .. fit.AllNotes(),
                .. ShownPoints(fitted),
            ],
        };
        if (hasCurves)
        {
            page.Add(new ReportRun(settings.NameOf(fitted.Result), fitted.Result)
            {
                Settings = settings.Optimizer is { } optimizer
                    ? PageText.SettingsOf(optimizer, settings.Options, settings.FitOptions)
                    : "The library's own fit: it takes no settings.",
                Seed = settings.Optimizer is null && settings.HeldOut is null ? null : settings.Options.Seed,
                Reports = reports,
            });
        }

        page.AddTable("Metrics", fit.MetricsTable());
        foreach (IReadOnlyList<TextColumn> table in fit.CoefficientTables(TextLayout.DefaultWidth, int.MaxValue, int.MaxValue))
            page.AddTable("Coefficients", [.. table, .. Intervals(fit)]);
        foreach (IReadOnlyList<TextColumn> table in fit.ContrastTable(int.MaxValue, int.MaxValue))
            page.AddTable("Classes compared", table);
        // The intercept is the last coefficient. It is left out because its scale differs from that of the others.
        AddCharts("On the training data", fitted.Training, fitted.Regression?.Coefficients[..^1]);
        if (fitted.Validation is { } held)
            AddCharts("On the validation data", held, null);
        return page;

        void AddCharts(string heading, Dataset data, ImmutableArray<CoefficientStatistics>? coefficients)
        {
            if (fitted.Model is LinearRegression regression)
            {
                int[] shown = Shown(data);
                double[] predictions = [.. shown.Select(i => regression.Predict(data.Features(i)))];
                page.AddFit(heading, predictions, [.. shown.Select(i => data.Targets(i)[0])], coefficients);
                return;
            }

            page.AddTable(heading, ClassifierTables.Classes(fitted.Judge(data)!));
            page.Add(heading, fitted.Model is LogisticRegression logistic
                ? Charts.ConfusionMatrix(logistic, data, fitted.Target.Labels)
                : Charts.ConfusionMatrix((SoftmaxRegression)fitted.Model, data, fitted.Target.Labels));
        }
    }

    private static IEnumerable<TextColumn> Intervals(FitReport fit)
    {
        if (fit.Fitted.Statistics is not { Coefficients: [_, ..] tests })
            return [];
        (double Lower, double Upper)[] intervals = [.. tests.Select(test => test.Interval)];
        return
        [
            new("95 % from", true, [.. intervals.Select(interval => NumberText.Cell(interval.Lower, "G6"))]),
            new("to", true, [.. intervals.Select(interval => NumberText.Cell(interval.Upper, "G6"))]),
        ];
    }

    private static IEnumerable<string> Statistics(FittedModel fitted) => fitted.Statistics is { } statistics ? [$"{statistics.Text}."] : [];

    /// <summary>Returns the indices of all samples, or of 4000 evenly spaced samples if there are more.</summary>
    private static int[] Shown(Dataset data) => data.SampleCount <= MaxPoints
        ? [.. Enumerable.Range(0, data.SampleCount)]
        : [.. Enumerable.Range(0, MaxPoints).Select(i => (int)((long)i * data.SampleCount / MaxPoints))];

    private static IEnumerable<string> HeldOut(FitSettings settings) =>
        settings.HeldOut is { } share
            ? [FormattableString.Invariant($"Held out for validation: {share} of the samples, chosen with seed {settings.Options.Seed}.")]
            : [];

    private static IEnumerable<string> ShownPoints(FittedModel fitted) =>
        fitted.Model is LinearRegression && fitted.Training.SampleCount > MaxPoints
            ? [FormattableString.Invariant($"The charts of residuals show {MaxPoints} samples, spread evenly over the data.")]
            : [];
}
