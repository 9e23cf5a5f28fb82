using System.Globalization;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>
/// Builds an interpolated string in the invariant culture. A long one may be written as a sum of interpolated strings.
/// </summary>
[InterpolatedStringHandler]
internal ref struct InvariantText(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Appends a value; −0 as 0.</summary>
    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        if (value is 0.0 or 0f)
            _text.AppendFormatted(0.0, alignment, format);
        else
            _text.AppendFormatted(value, alignment, format);
    }

    /// <summary>The text. The builder cannot be used afterwards.</summary>
    public string ToStringAndClear() => _text.ToStringAndClear();
}
