using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GradientDescent;

/// <summary>Brings names and fields of a CSV file to one form, and describes them in messages.</summary>
internal static partial class FieldText
{
    private const int MaxShown = 40;

    /// <summary>Returns a text in Unicode's form C. Text that is not valid Unicode has no such form and is returned unchanged.</summary>
    public static string Composed(string text) => Ascii.IsValid(text) || !IsUnicode(text) ? text : text.Normalize();

    /// <summary>
    /// Returns a text without blanks at its ends, with plain digits for those of other scripts that Unicode's form KC maps to them, with a
    /// hyphen in front for any dash in front or behind, and without underscores, <c>=</c>, <c>~</c> or <c>'</c> in front, the quotation
    /// marks of <c>="95"</c>, and the <c>.-</c> behind a price without cents.
    /// </summary>
    public static string Compatible(string text)
    {
        string trimmed = Trimmed(IsUnicode(text) ? text.Normalize(NormalizationForm.FormKC) : text).ToString()
            .Replace('\u2013', '-').Replace('\u2014', '-').Replace('\u2212', '-').Replace("_", "", StringComparison.Ordinal);
        trimmed = trimmed.TrimStart('=', '~', '\u2248', '\'').Trim('"').Trim();
        if (trimmed.TrimEnd('-') is [.., '.' or ','] price && price.Length < trimmed.Length)
            trimmed = price[..^1];
        return trimmed is [>= '0' and <= '9', .., '-'] ? $"-{trimmed[..^1]}" : trimmed;
    }

    /// <summary>
    /// Returns a column name in the form in which names are compared: composed, with one space for each run of white space, such as a line
    /// break, and without white space and invisible characters at its ends.
    /// </summary>
    public static string Name(string text)
    {
        bool isPlain = Ascii.IsValid(text) && !text.Any(c => c < ' ') && !text.Contains("  ", StringComparison.Ordinal);
        return isPlain ? text.Trim() : Composed(WhiteSpace().Replace(Trimmed(text).ToString(), " "));
    }

    /// <summary>Returns a text without the white space and the invisible characters at its ends.</summary>
    public static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsBlank(text[0]))
            text = text[1..];
        while (text.Length > 0 && IsBlank(text[^1]))
            text = text[..^1];
        return text;
    }

    /// <summary>Returns a level or a label in the form in which they are compared: composed, and without blanks at its ends.</summary>
    public static string Level(string text)
    {
        ReadOnlySpan<char> trimmed = Trimmed(text);
        return Composed(trimmed.Length == text.Length ? text : trimmed.ToString());
    }

    /// <summary>Returns the beginning of a field on one line, without characters that could control a terminal.</summary>
    public static string Shown(string field) =>
        VisibleText.OneLine(Beginning(field)) + (field.Length > MaxShown ? "…" : "");

    /// <summary>Returns a field in quotation marks, with the code points of its invisible and unusual characters.</summary>
    public static string Quoted(string field) => $"'{Shown(field)}'{VisibleText.Unusual(Beginning(field))}";

    /// <inheritdoc cref="Quoted(string)"/>
    public static string Quoted(ReadOnlySpan<byte> field) => Quoted(Encoding.UTF8.GetString(field));

    /// <summary>
    /// Returns whether a field begins like a date or a time: 2024-01-31, 31.1.2024, 1/31/24, 12:30, 3 Jan 2024, or is a month, a quarter or
    /// a week of a year: 2024-01, 2024Q1, Q1 2024, 2024-W05.
    /// </summary>
    public static bool IsDate(string field) => Date().IsMatch(Trimmed(field));

    /// <summary>Returns whether a column name is that of an identifier or of a row number: id, user_id, PassengerId, row, index.</summary>
    public static bool IsNameOfIdentifier(string name) => Identifier().IsMatch(name);

    private static string Beginning(string field) => field.Length > MaxShown ? field[..MaxShown] : field;

    private static bool IsBlank(char c) =>
        char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }

    [GeneratedRegex(
        @"^(?:(?i:(?:.*[ _.-])?id|index|row|(?:row|record)?[ _.-]?(?:no|nr|number|num)\.?|unnamed: 0)|.*[a-z0-9](?:Id|ID))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(
        @"^(?:(?:[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}|[0-9]{1,2}([-/])[0-9]{1,2}\3[0-9]{2}"
        + @"|[0-9]{2}\.[0-9]{2}\.[0-9]{2}|(?:1[89]|20)[0-9]{2}[-/](?:0[1-9]|1[0-2])"
        + @"|(?:1[89]|20)[0-9]{2}[-/ ]?(?:Q[1-4]|W[0-5][0-9])|Q[1-4][-/ ]?(?:1[89]|20)[0-9]{2})"
        + @"(?:[T ]+[0-9]{1,2}:.*)?|[0-9]{1,2}:[0-9]{2}.*"
        + @"|(?:[0-9]{1,4}[-/. ]+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/., ]+[0-9]{1,4}(?:[-/., ]+[0-9]{2,4})?)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Date();
}
