using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The index that the first feature has in a LIBSVM file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LibSvmIndexing>))]
public enum LibSvmIndexing
{
    /// <summary>0 if the index 0 occurs in the file, otherwise 1.</summary>
    Automatic = 0,

    /// <summary>The first feature has the index 0.</summary>
    ZeroBased = 1,

    /// <summary>The first feature has the index 1, as LIBSVM and SVMlight write it. The index 0 is an error.</summary>
    OneBased = 2,
}
