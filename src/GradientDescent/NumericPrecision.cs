using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The element type that numbers are stored in.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The members name the element types themselves.")]
[JsonConverter(typeof(JsonStringEnumConverter<NumericPrecision>))]
public enum NumericPrecision
{
    /// <summary>64-bit floating point: <see cref="double"/>.</summary>
    Double,

    /// <summary>32-bit floating point: <see cref="float"/>.</summary>
    Single,
}
