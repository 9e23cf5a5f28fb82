using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>Creates an HTML page for a fit.</summary>
internal static class FitPage
{
    private const int MaxPictureWidth = 128, MaxRows = 1000;

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
                .. fit.OmittedRows(MaxRows),
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
        if (fitted.Validation is { } held)
            AddCharts("On the validation data", held);
        AddCharts("On the training data", fitted.Training);
        AddWeights();
        foreach (IReadOnlyList<TextColumn> table in fit.CoefficientTables(TextLayout.DefaultWidth, MaxRows, int.MaxValue))
            page.AddTable("Coefficients", [.. table, .. Intervals(fit, MaxRows)]);
        foreach (IReadOnlyList<TextColumn> table in fit.ContrastTable(int.MaxValue, int.MaxValue))
            page.AddTable("Classes compared", table);
        return page;

        void AddCharts(string heading, Dataset data)
        {
            if (fitted.Model is LinearRegression regression)
            {
                double[] targets = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])];
                page.AddFit(heading, regression.PredictAll(data), targets);
                return;
            }

            ClassificationReport report = fitted.Judge(data)!;
            page.AddClassifier(heading, report);
            page.AddTable(heading, ClassifierTables.Classes(report));
        }

        void AddWeights()
        {
            if (fitted.NamedCount > MaxPictureWidth * MaxPictureWidth || fitted.NamedCount <= fitted.Training.FeatureCount)
                return; // a picture of so many weights, or of those of hashed words, says nothing
            if (PictureWidth(fitted.Training.FeatureNames) is { } width)
            {
                page.Add(
                    "Coefficients", Charts.Weights(fitted.Model, width, fitted.Model.OutputCount > 1 ? fitted.Target.Labels : ["weights"]));
            }
            else if (fitted.Model.OutputCount == 1)
            {
                page.Add("Coefficients", Charts.StandardizedCoefficients(fitted.Model, fitted.Training, IntervalsOf(fitted.Statistics)));
            }
        }
    }

    /// <summary>
    /// The width of the pictures whose pixels the features are: a square number of features, at least 16, whose names are one name with the
    /// numbers of the pixels in their order; <see langword="null"/> for other features.
    /// </summary>
    private static int? PictureWidth(ImmutableArray<string> names)
    {
        int width = (int)Math.Sqrt(names.Length);
        string start = names[0].TrimEnd("0123456789".ToCharArray());
        return width >= 4 && width * width == names.Length
            && int.TryParse(names[0].AsSpan(start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && Enumerable.Range(0, names.Length).All(j => names[j] == FormattableString.Invariant($"{start}{first + j}"))
            ? width : null;
    }

    /// <summary>The intervals of the weights; <see langword="null"/> if there are none.</summary>
    private static (double Lower, double Upper)[]? IntervalsOf(FitStatistics? statistics) =>
        statistics is { Coefficients: [_, .. [_, ..] weights] } ? [.. weights.Select(test => test.Interval)] : null;

    private static IEnumerable<TextColumn> Intervals(FitReport fit, int maxRows)
    {
        if (fit.Fitted.Statistics is not { Coefficients: [_, ..] tests })
            return [];
        (double Lower, double Upper)[] intervals = [.. tests.Take(maxRows).Select(test => test.Interval)];
        return
        [
            new("95 % from", true, [.. intervals.Select(interval => NumberText.Cell(interval.Lower, "G6"))]),
            new("to", true, [.. intervals.Select(interval => NumberText.Cell(interval.Upper, "G6"))]),
        ];
    }

    private static IEnumerable<string> Statistics(FittedModel fitted) => fitted.Statistics is { } statistics ? [$"{statistics.Text}."] : [];

    private static IEnumerable<string> HeldOut(FitSettings settings) =>
        settings.HeldOut is { } share
            ? [FormattableString.Invariant($"Held out for validation: {share} of the samples, chosen with seed {settings.Options.Seed}.")]
            : [];
}
