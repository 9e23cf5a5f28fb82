using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>The values of a function at the points of a grid, by rows of equal y. They are written with five digits.</summary>
/// <param name="Rows">The rows.</param>
[JsonConverter(typeof(GridConverter))]
internal sealed record Grid(double[][] Rows)
{
    public Grid Select(Func<double, double> function) => new([.. Rows.Select(row => row.Select(function).ToArray())]);
}

internal sealed class GridConverter : JsonConverter<Grid>
{
    public override Grid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Grid value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (double[] row in value.Rows)
        {
            writer.WriteStartArray();
            foreach (double number in row)
            {
                if (double.IsFinite(number))
                    writer.WriteRawValue(number.ToString("G5", CultureInfo.InvariantCulture), skipInputValidation: true);
                else
                    writer.WriteNullValue();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}

/// <summary>Writes a number that is not finite as null, which plotly.js does not draw.</summary>
internal sealed class NumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}
