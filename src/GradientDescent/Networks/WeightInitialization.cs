using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The distribution of a layer's weights at the start of training. Biases start at 0.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WeightInitialization>))]
public enum WeightInitialization
{
    /// <summary><see cref="He"/> for <see cref="Activation.ReLU"/>, <see cref="Glorot"/> for the other activations.</summary>
    Automatic,

    /// <summary>
    /// Uniform in [−b, b) with b = √(6/n) and n inputs, which has the variance 2/n of He et al., "Delving Deep into Rectifiers", 2015,
    /// equation 10.
    /// </summary>
    He,

    /// <summary>
    /// Uniform in [−b, b) with b = √(6/(n + m)), n inputs and m outputs: Glorot and Bengio, "Understanding the difficulty of training deep
    /// feedforward neural networks", 2010, equation 16.
    /// </summary>
    Glorot,
}
