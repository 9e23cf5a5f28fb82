using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The meaning of a model's scores; it decides the default loss and the metrics of an evaluation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelTask>))]
public enum ModelTask
{
    /// <summary>A score is the predicted value.</summary>
    Regression,

    /// <summary>A score is the log-odds of class 1 against class 0.</summary>
    BinaryClassification,

    /// <summary>There is one score for each class; their softmax is the probabilities.</summary>
    Classification,
}
