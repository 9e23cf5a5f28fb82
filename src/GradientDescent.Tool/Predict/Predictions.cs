using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>The prediction for one row.</summary>
/// <param name="Number">The predicted number, or the class.</param>
/// <param name="Probabilities">The probability of each class; empty for a regression.</param>
internal readonly record struct Prediction(double Number, ImmutableArray<double> Probabilities);

/// <summary>The predictions for the rows of a file.</summary>
/// <param name="Labels">The labels of the classes; empty for a regression.</param>
/// <param name="Rows">The prediction for each row of the file.</param>
/// <param name="Ignored">The columns of the file that the model does not use.</param>
internal sealed record Predictions(ImmutableArray<string> Labels, ImmutableArray<Prediction> Rows, ImmutableArray<string> Ignored)
{
    /// <exception cref="InvalidDataException">
    /// A column is missing, a field is not valid, the model has more than one target, or a prediction is not a finite number.
    /// </exception>
    public static Predictions Of(ModelFile file, CsvTable table)
    {
        ImmutableArray<string> labels = file.Model switch
        {
            LogisticRegression when file.Labels.IsEmpty => ["0", "1"],
            SoftmaxRegression when file.Labels.IsEmpty => [.. Enumerable.Range(0, file.Model.OutputCount).Select(k => NumberText.Count(k))],
            _ => file.Labels,
        };
        if (file.Model is LinearRegression { OutputCount: > 1 })
            throw new InvalidDataException($"The model predicts {file.Model.OutputCount} targets: gd predict needs a model of one target.");
        return new(
            labels,
            [.. file.Encoding.Encode(table).Select(row => Of(file.Model, row))],
            table.Without([.. file.Encoding.Columns.Select(column => column.Name)]).Headers);
    }

    /// <summary>Writes one line for each row, in the format of the input file.</summary>
    public void WriteCsv(TextWriter output, CsvOptions format)
    {
        bool areNumbers = Labels.All(label => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        string[] labels = [.. Labels.Select(label => areNumbers ? Localized(label) : label)];
        output.WriteLine(Labels.IsEmpty ? "prediction" : $"prediction{format.Delimiter}probability");
        foreach (Prediction row in Rows)
            output.WriteLine(Labels.IsEmpty ? Number(row.Number) : LabelAndProbability(row));

        string LabelAndProbability(Prediction row)
        {
            int predicted = (int)row.Number;
            return $"{Quoted(labels[predicted])}{format.Delimiter}{Number(row.Probabilities[predicted])}";
        }

        string Number(double number) => Quoted(Localized(number.ToString(CultureInfo.InvariantCulture)));

        string Localized(string number) => number.Replace('.', format.DecimalSeparator);

        string Quoted(string text) => text.AsSpan().IndexOfAny(['"', '\r', '\n', format.Delimiter]) < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>
    /// Writes an array with one object for each row. For a classifier, the object contains the probability of every label.
    /// </summary>
    public void WriteJson(TextWriter output)
    {
        Json.Write(output, json =>
        {
            json.WriteStartArray();
            foreach (Prediction row in Rows)
            {
                json.WriteStartObject();
                if (Labels.IsEmpty)
                    json.WriteNumber("prediction", row.Number);
                else
                    json.WriteString("prediction", Labels[(int)row.Number]);
                if (!Labels.IsEmpty)
                {
                    json.WriteStartObject("probabilities");
                    foreach ((string label, double probability) in Labels.Zip(row.Probabilities))
                        json.WriteNumber(label, probability);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static Prediction Of(LinearModel model, double[] row)
    {
        switch (model)
        {
            case LogisticRegression logistic:
                double probability = logistic.PredictProbability(row);
                return new(logistic.Predict(row) ? 1 : 0, [1 - probability, probability]);
            case SoftmaxRegression softmax:
                return new(softmax.Predict(row), softmax.PredictProbability(row));
            default:
                double number = ((LinearRegression)model).Predict(row);
                return double.IsFinite(number)
                    ? new(number, [])
                    : throw new InvalidDataException("A prediction is too large for a double: are the units the same as in the fit?");
        }
    }
}
