using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>What a model says of a row.</summary>
/// <param name="Number">The predicted number, or the class.</param>
/// <param name="Probabilities">The probability of each class; empty for a regression.</param>
internal readonly record struct Prediction(double Number, ImmutableArray<double> Probabilities);

/// <summary>What a model says of the rows of a file.</summary>
/// <param name="Labels">What the classes are called; empty for a regression.</param>
/// <param name="Rows">One for each row of the file.</param>
/// <param name="Ignored">Columns that the model does not know.</param>
internal sealed record Predictions(ImmutableArray<string> Labels, ImmutableArray<Prediction> Rows, ImmutableArray<string> Ignored)
{
    /// <exception cref="InvalidDataException">A column is missing, or a field cannot be used; the message names columns and line.</exception>
    public static Predictions Of(ModelFile file, CsvTable table)
    {
        ImmutableArray<string> labels = file.Model switch
        {
            LogisticRegression => ["0", "1"],
            SoftmaxRegression when file.Labels.IsEmpty => [.. Enumerable.Range(0, file.Model.OutputCount).Select(k => Figures.Count(k))],
            _ => file.Labels,
        };
        if (file.Model is LinearRegression { OutputCount: > 1 })
            throw new InvalidDataException($"The model predicts {file.Model.OutputCount} targets at once: gd predict takes models of one.");
        return new(
            labels,
            [.. file.Encoding.Encode(table).Select(row => Of(file.Model, row))],
            [.. table.Headers.Except(file.Encoding.Columns.Select(column => column.Name))]);
    }

    /// <summary>A line for each row, written as the file that was read.</summary>
    public void WriteCsv(TextWriter output, CsvOptions format)
    {
        output.WriteLine(Labels.IsEmpty ? "prediction" : $"prediction{format.Delimiter}probability");
        foreach (Prediction row in Rows)
            output.WriteLine(Labels.IsEmpty ? Number(row.Number) : $"{Quoted(Labels[(int)row.Number])}{format.Delimiter}{Number(row.Probabilities[(int)row.Number])}");

        string Number(double number) => number.ToString(CultureInfo.InvariantCulture).Replace('.', format.DecimalSeparator);

        string Quoted(string text) => text.AsSpan().IndexOfAny(['"', '\r', '\n', format.Delimiter]) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>An array with an object for each row; a classifier's has the probabilities of all labels.</summary>
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
                return double.IsFinite(number) ? new(number, []) : throw new InvalidDataException("A prediction is too large for a number: are the units those of the fit?");
        }
    }
}
