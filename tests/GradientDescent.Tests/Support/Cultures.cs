using System.Globalization;

namespace GradientDescent.Tests.Support;

/// <summary>Cultures in which text that forgets the invariant culture comes out differently.</summary>
internal static class Cultures
{
    /// <summary>
    /// What <paramref name="read"/> returns under a culture ("" is the invariant one); the decimal comma and the minus sign are set here,
    /// so that they do not depend on the machine's locale data.
    /// </summary>
    public static T Under<T>(string culture, Func<T> read)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var strange = (CultureInfo)CultureInfo.GetCultureInfo(culture).Clone();
        if (culture.Length > 0)
            (strange.NumberFormat.NumberDecimalSeparator, strange.NumberFormat.NegativeSign) = (",", "−");
        try
        {
            CultureInfo.CurrentCulture = strange;
            return read();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>The message of what <paramref name="act"/> throws, which must be the same in every culture.</summary>
    public static string MessageInEveryCulture(Action act)
    {
        string invariant = Under("", Message);
        Under("de-DE", Message).Should().Be(invariant);
        Under("tr-TR", Message).Should().Be(invariant);
        return invariant;

        string Message() => Record.Exception(act)?.Message ?? throw new InvalidOperationException("Nothing was thrown.");
    }
}
