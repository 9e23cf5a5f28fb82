using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>What replaces missing numbers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MissingNumbers>))]
public enum MissingNumbers
{
    /// <summary>Nothing: a missing number is an error.</summary>
    Refuse,

    /// <summary>The mean of the known numbers of the column.</summary>
    Mean,

    /// <summary>The median of the known numbers of the column; the mean of the two middle ones if their count is even.</summary>
    Median,
}
