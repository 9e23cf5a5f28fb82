using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace GradientDescent;

// Other numbers and text become constants. Nothing is converted to another type: it would lose its derivatives without a word.
internal partial interface IDifferentiable<TSelf>
{
    static TSelf INumberBase<TSelf>.Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider) =>
        TSelf.Constant(double.Parse(s, style, provider));

    static TSelf INumberBase<TSelf>.Parse(string s, NumberStyles style, IFormatProvider? provider) =>
        TSelf.Constant(double.Parse(s, style, provider));

    static TSelf ISpanParsable<TSelf>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => TSelf.Constant(double.Parse(s, provider));

    static TSelf IParsable<TSelf>.Parse(string s, IFormatProvider? provider) => TSelf.Constant(double.Parse(s, provider));

    static bool INumberBase<TSelf>.TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out TSelf result) =>
        AsConstant(double.TryParse(s, style, provider, out double value), value, out result);

    static bool INumberBase<TSelf>.TryParse(
        [NotNullWhen(true)] string? s, NumberStyles style, IFormatProvider? provider, out TSelf result) =>
        AsConstant(double.TryParse(s, style, provider, out double value), value, out result);

    static bool ISpanParsable<TSelf>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out TSelf result) =>
        AsConstant(double.TryParse(s, provider, out double value), value, out result);

    static bool IParsable<TSelf>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TSelf result) =>
        AsConstant(double.TryParse(s, provider, out double value), value, out result);

    static bool INumberBase<TSelf>.TryConvertFromChecked<TOther>(TOther value, out TSelf result) => TryConvertFrom(value, out result);

    static bool INumberBase<TSelf>.TryConvertFromSaturating<TOther>(TOther value, out TSelf result) => TryConvertFrom(value, out result);

    static bool INumberBase<TSelf>.TryConvertFromTruncating<TOther>(TOther value, out TSelf result) => TryConvertFrom(value, out result);

    static bool INumberBase<TSelf>.TryConvertToChecked<TOther>(TSelf value, [MaybeNullWhen(false)] out TOther result) =>
        TryConvertTo(out result);

    static bool INumberBase<TSelf>.TryConvertToSaturating<TOther>(TSelf value, [MaybeNullWhen(false)] out TOther result) =>
        TryConvertTo(out result);

    static bool INumberBase<TSelf>.TryConvertToTruncating<TOther>(TSelf value, [MaybeNullWhen(false)] out TOther result) =>
        TryConvertTo(out result);

    private static bool TryConvertFrom<TOther>(TOther value, out TSelf result) where TOther : INumberBase<TOther>
    {
        if (value is IHasDerivatives)
        {
            result = default;
            return false;
        }

        result = TSelf.Constant(double.CreateSaturating(value));
        return true;
    }

    private static bool TryConvertTo<TOther>([MaybeNullWhen(false)] out TOther result)
    {
        result = default;
        return false;
    }

    private static bool AsConstant(bool isNumber, double value, out TSelf result)
    {
        result = TSelf.Constant(value);
        return isNumber;
    }
}
