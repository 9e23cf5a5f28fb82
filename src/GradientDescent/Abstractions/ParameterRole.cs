using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The role of a block of parameters in a model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ParameterRole>))]
public enum ParameterRole
{
    /// <summary>Weights, which multiply inputs. Penalties apply to them.</summary>
    Weight,

    /// <summary>Biases or intercepts, which are added. Penalties do not apply to them unless their settings include intercepts.</summary>
    Bias,

    /// <summary>
    /// Other parameters, such as scales or positions. They are treated as weights unless an optimizer treats them differently.
    /// </summary>
    Other,
}
