using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GradientDescent.Tool;

/// <summary>Writes predictions and the columns of the file that the user wants to keep.</summary>
/// <param name="Predictions">The predictions.</param>
/// <param name="Format">The format of the file, which is also that of the output.</param>
/// <param name="Kept">The columns of the file to write before the predictions: their names and fields.</param>
/// <param name="HasAllProbabilities">Whether each class has a column with its probability.</param>
/// <param name="HasIntervals">Whether the predictions have intervals.</param>
/// <param name="OmitsBadRows">Whether rows without a prediction are left out.</param>
internal sealed record PredictionWriter(
    Predictions Predictions,
    CsvOptions Format,
    ImmutableArray<(string Name, ImmutableArray<string> Fields)> Kept,
    bool HasAllProbabilities,
    bool HasIntervals,
    bool OmitsBadRows)
{
    /// <summary>The names of the columns behind the kept ones.</summary>
    public string[] OwnColumns =>
    [
        "prediction",
        .. Predictions.Labels.IsEmpty ? HasIntervals ? ["lower", "upper"] : []
            : HasAllProbabilities ? ShownLabels.Select(label => $"probability_{label}").ToArray()
            : (string[])["probability"],
    ];

    /// <summary>The labels as they are in the file of the fit; if all are numbers, in the format of this file.</summary>
    private string[] ShownLabels
    {
        get
        {
            bool areNumbers = Predictions.Labels
                .All(label => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
            return [.. Predictions.Labels.Select(label => areNumbers ? Localized(label) : label)];
        }
    }

    private IEnumerable<(int Index, Prediction Row)> Rows =>
        Predictions.Rows.Index().Where(row => !OmitsBadRows || row.Item.Problem is null);

    /// <summary>Writes one line for each row, in the format of the file.</summary>
    public void WriteCsv(TextWriter output)
    {
        string[] shown = ShownLabels;
        string[] own = OwnColumns;
        WriteLine([.. Kept.Select(column => column.Name), .. own]);
        foreach ((int index, Prediction row) in Rows)
            WriteLine([.. Kept.Select(column => column.Fields[index]), .. Fields(row)]);

        IEnumerable<string> Fields(Prediction row)
        {
            if (row.Problem is not null)
                return Enumerable.Repeat("", own.Length);
            if (Predictions.Labels.IsEmpty)
                return row.Interval is var (lower, upper) ? [Number(row.Number), Number(lower), Number(upper)] : [Number(row.Number)];
            int predicted = (int)row.Number;
            return HasAllProbabilities
                ? [shown[predicted], .. row.Probabilities.Select(Number)]
                : [shown[predicted], Number(row.Probabilities[predicted])];
        }

        void WriteLine(IEnumerable<string> fields) => output.WriteLine(string.Join(Format.Delimiter, fields.Select(Quoted)));

        string Number(double number) => Localized(number.ToString(CultureInfo.InvariantCulture));

        string Quoted(string text) => text.AsSpan().IndexOfAny(['"', '\r', '\n', Format.Delimiter]) < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>
    /// Writes an array with one object for each row. For a classifier, the object contains the probability of every label; for a row
    /// without a prediction, it contains the reason.
    /// </summary>
    public void WriteJson(TextWriter output)
    {
        Json.Write(output, json =>
        {
            json.WriteStartArray();
            foreach ((int index, Prediction row) in Rows)
            {
                json.WriteStartObject();
                if (!Kept.IsEmpty)
                    WriteKept(json, index);
                WritePrediction(json, row);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

        void WriteKept(Utf8JsonWriter json, int index)
        {
            json.WriteStartObject("columns");
            foreach ((string name, ImmutableArray<string> fields) in Kept)
                json.WriteString(name, fields[index]);
            json.WriteEndObject();
        }
    }

    private string Localized(string number) => number.Replace('.', Format.DecimalSeparator);

    private void WritePrediction(Utf8JsonWriter json, Prediction row)
    {
        if (row.Problem is { } problem)
        {
            json.WriteNull("prediction");
            json.WriteString("problem", problem);
            return;
        }

        if (Predictions.Labels.IsEmpty)
        {
            json.WriteNumber("prediction", row.Number);
            if (row.Interval is var (lower, upper))
            {
                json.WriteNumber("lower", lower);
                json.WriteNumber("upper", upper);
            }

            return;
        }

        json.WriteString("prediction", Predictions.Labels[(int)row.Number]);
        json.WriteStartObject("probabilities");
        foreach ((string label, double probability) in Predictions.Labels.Zip(row.Probabilities))
            json.WriteNumber(label, probability);
        json.WriteEndObject();
    }
}
