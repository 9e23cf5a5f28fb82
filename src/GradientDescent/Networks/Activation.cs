using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The function that a layer of a network applies to each of its sums.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Activation>))]
public enum Activation
{
    /// <summary>f(z) = z.</summary>
    Identity,

    /// <summary>f(z) = max(z, 0), with the derivative 0 at 0.</summary>
    ReLU,

    /// <summary>f(z) = tanh z.</summary>
    Tanh,

    /// <summary>f(z) = 1/(1 + e^−z).</summary>
    Sigmoid,
}
