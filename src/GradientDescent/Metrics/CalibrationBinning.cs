using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>How samples are divided into the bins of a <see cref="CalibrationCurve"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CalibrationBinning>))]
public enum CalibrationBinning
{
    /// <summary>Bins with about equal sums of weights. Equal probabilities are in one bin.</summary>
    EqualCount,

    /// <summary>Bins [i/n, (i + 1)/n) for i from 0 to n − 1; the last one includes 1.</summary>
    EqualWidth,
}
