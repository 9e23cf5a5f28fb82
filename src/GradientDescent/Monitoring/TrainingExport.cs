using System.Globalization;
using System.Text.Json;

namespace GradientDescent;

/// <summary>Writes reports and histories as CSV or JSON. Numbers use the invariant culture and have all their digits.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingResult result = new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 3 }).Fit(new LinearRegression(), data);
/// using var file = new StreamWriter("history.csv");
/// result.History.WriteCsv(file);
/// </code></example>
public static class TrainingExport
{
    private static readonly string[] _reportColumns =
        ["step", "epoch", "samples", "loss", "gradientNorm", "learningRate", "endsEpoch", "epochLoss", "validationLoss", "elapsedSeconds"];

    private static readonly string[] _epochColumns =
        ["epoch", "step", "loss", "learningRate", "validationLoss", "validationMetric", "trainingMetric", "fullLoss"];

    /// <summary>Writes a line of column names, then one line for each report. Unknown values are empty.</summary>
    public static void WriteCsv(this IEnumerable<TrainingReport> reports, TextWriter writer) =>
        WriteCsv(_reportColumns, Cells(reports), writer);

    /// <inheritdoc cref="WriteCsv(IEnumerable{TrainingReport}, TextWriter)"/>
    public static void WriteCsv(this IEnumerable<EpochRecord> epochs, TextWriter writer) => WriteCsv(_epochColumns, Cells(epochs), writer);

    /// <summary>Writes an array with one object for each report. Values that are unknown or not finite are null.</summary>
    public static void WriteJson(this IEnumerable<TrainingReport> reports, Stream stream) =>
        WriteJson(_reportColumns, Cells(reports), stream);

    /// <inheritdoc cref="WriteJson(IEnumerable{TrainingReport}, Stream)"/>
    public static void WriteJson(this IEnumerable<EpochRecord> epochs, Stream stream) => WriteJson(_epochColumns, Cells(epochs), stream);

    private static IEnumerable<double[]> Cells(IEnumerable<TrainingReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return reports.Select(r => (double[])
            [r.Step, r.Epoch, r.Samples, r.Loss, r.GradientNorm, r.LearningRate, r.EndsEpoch ? 1
                : 0, r.EpochLoss, r.ValidationLoss, r.Elapsed.TotalSeconds]);
    }

    private static IEnumerable<double[]> Cells(IEnumerable<EpochRecord> epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        return epochs.Select(e =>
            (double[])[e.Epoch, e.Step, e.Loss, e.LearningRate, e.ValidationLoss, e.ValidationMetric, e.TrainingMetric, e.FullLoss]);
    }

    private static void WriteCsv(string[] columns, IEnumerable<double[]> rows, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine(string.Join(',', columns));
        foreach (double[] row in rows)
            writer.WriteLine(string.Join(',',
                row.Select(cell => double.IsNaN(cell) ? "" : cell.ToString("R", CultureInfo.InvariantCulture))));
    }

    private static void WriteJson(string[] columns, IEnumerable<double[]> rows, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (double[] row in rows)
        {
            json.WriteStartObject();
            for (int j = 0; j < columns.Length; j++)
            {
                if (double.IsFinite(row[j]))
                    json.WriteNumber(columns[j], row[j]);
                else
                    json.WriteNull(columns[j]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
