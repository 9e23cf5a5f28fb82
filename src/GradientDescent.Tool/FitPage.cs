using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>A fit as a page for a browser.</summary>
internal static class FitPage
{
    private const int MaxPoints = 4000; // more of them make a page of megabytes, and hide each other

    /// <param name="fit">What is told in words and figures.</param>
    /// <param name="settings">How it was made.</param>
    /// <param name="reports">What a log has kept of the run.</param>
    /// <param name="parsed">What the user asked for.</param>
    public static Report Of(FitReport fit, FitSettings settings, IReadOnlyList<TrainingReport> reports, ParseResult parsed)
    {
        Fitted fitted = fit.Fitted;
        bool hasCurves = fitted.Result.Steps > 1;
        string[] ending = hasCurves ? [] : [fitted.Result.ToString()];
        var page = new Report(fit.Title) { Notes = [Page.CommandOf(parsed), .. ending, .. HeldOut(settings), .. fit.AllNotes(), .. LeftOut(fitted)] };
        if (hasCurves)
        {
            page.Add(new ReportRun(settings.Name, fitted.Result)
            {
                Settings = settings.Optimizer is { } optimizer ? Page.SettingsOf(optimizer, settings.Options) : "The library's own fit: it takes no settings.",
                Seed = settings.Optimizer is null && settings.HeldOut is null ? null : settings.Options.Seed,
                Reports = reports,
            });
        }

        page.AddTable("Figures", fit.MetricsTable());
        foreach (IReadOnlyList<TextColumn> table in fit.CoefficientTables(TextLayout.DefaultWidth, mostRows: int.MaxValue, longestName: int.MaxValue))
            page.AddTable("Coefficients", [.. table, .. Intervals(fit)]);
        AddPictures("On the training data", fitted.Training, fitted.Statistics?.Coefficients[..^1]); // the intercept, which is last, has another scale
        if (fitted.Validation is { } held)
            AddPictures("On the validation data", held, null);
        return page;

        void AddPictures(string heading, Dataset data, ImmutableArray<CoefficientStatistics>? coefficients)
        {
            if (fitted.Model is LinearRegression regression)
            {
                int[] shown = Shown(data);
                page.AddFit(heading, [.. shown.Select(i => regression.Predict(data.Features(i)))], [.. shown.Select(i => data.Targets(i)[0])], coefficients);
                return;
            }

            page.Add(heading, fitted.Model is LogisticRegression logistic
                ? Charts.ConfusionMatrix(logistic, data, fitted.Target.Labels)
                : Charts.ConfusionMatrix((SoftmaxRegression)fitted.Model, data, fitted.Target.Labels));
        }
    }

    private static IEnumerable<TextColumn> Intervals(FitReport fit)
    {
        if (fit.Fitted.Statistics is null)
            return [];
        (double Lower, double Upper)[] intervals = [.. Enumerable.Range(0, fit.Fitted.Names.Length).Select(row => fit.StatisticsOf(row)!.ConfidenceInterval())];
        return
        [
            new("95 % from", true, [.. intervals.Select(interval => FitReport.Number(interval.Lower, "G6"))]),
            new("to", true, [.. intervals.Select(interval => FitReport.Number(interval.Upper, "G6"))]),
        ];
    }

    /// <summary>All samples, or as many that are spread evenly over the data.</summary>
    private static int[] Shown(Dataset data) => data.SampleCount <= MaxPoints
        ? [.. Enumerable.Range(0, data.SampleCount)]
        : [.. Enumerable.Range(0, MaxPoints).Select(i => (int)((long)i * data.SampleCount / MaxPoints))];

    private static IEnumerable<string> HeldOut(FitSettings settings) =>
        settings.HeldOut is { } share ? [FormattableString.Invariant($"Held out for validation: {share} of the samples, drawn with seed {settings.Options.Seed}.")] : [];

    private static IEnumerable<string> LeftOut(Fitted fitted) =>
        fitted.Model is LinearRegression && fitted.Training.SampleCount > MaxPoints
            ? [string.Create(CultureInfo.InvariantCulture, $"The pictures of residuals show {MaxPoints} samples, spread evenly over the data.")]
            : [];
}
