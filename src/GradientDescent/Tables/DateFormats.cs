using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

/// <summary>Reads dates: those of ISO 8601, or those of the format that the options name.</summary>
internal static class DateFormats
{
    private static readonly string[] _iso =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM", "yyyy/MM",
        .. from separator in (string[])["'T'", " "]
           from time in (string[])["HH:mmK", "HH:mm:ssK", "HH:mm:ss.FFFFFFFK"]
           select $"yyyy-MM-dd{separator}{time}",
    ];

    /// <summary>The formats that are tried on a column of other dates, to propose one.</summary>
    private static readonly string[] _others =
    [
        "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy", "yyyy.M.d", "yyyy-M-d", "d.M.yy", "d/M/yy", "M/d/yy",
        "d MMM yyyy", "d-MMM-yyyy", "MMM d yyyy", "MMM d, yyyy", "d MMMM yyyy", "MMMM d, yyyy",
        "d.M.yyyy H:mm", "d/M/yyyy H:mm", "M/d/yyyy H:mm", "d.M.yyyy H:mm:ss", "d/M/yyyy H:mm:ss", "M/d/yyyy H:mm:ss",
        "M/d/yyyy h:mm tt", "M/d/yyyy h:mm:ss tt",
    ];

    /// <summary>Returns a date, or <see langword="null"/> if the text is not one. A time without an offset is taken as UTC.</summary>
    /// <param name="text">The text, without blanks at its ends.</param>
    /// <param name="format">The format, or <see langword="null"/> for those of ISO 8601.</param>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text, string? format)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal;
        bool isRead = format is null
            ? DateTimeOffset.TryParseExact(text, _iso, CultureInfo.InvariantCulture, Style, out DateTimeOffset date)
            : DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, Style, out date);
        return isRead ? date : null;
    }

    /// <summary>Returns whether a format has year, month and day, so that it reads each date that it writes.</summary>
    public static bool IsValid(string format)
    {
        try
        {
            var date = new DateTimeOffset(2023, 11, 30, 0, 0, 0, TimeSpan.Zero); // no number is that of another part
            return Parse(date.ToString(format, CultureInfo.InvariantCulture), format)?.Date == date.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Returns the formats that read all fields, none of which is missing.</summary>
    public static ImmutableArray<string> For(IReadOnlyCollection<string> fields) =>
        [.. _others.Where(format => fields.All(field => Parse(FieldText.Trimmed(field), format) is not null))];

    /// <summary>Returns the formats that read the most fields and more than half of them.</summary>
    public static ImmutableArray<string> ForMost(IReadOnlyCollection<string> fields)
    {
        int[] counts = [.. _others.Select(format => fields.Count(field => Parse(FieldText.Trimmed(field), format) is not null))];
        return [.. _others.Where((_, index) => counts[index] == counts.Max() && 2 * counts[index] > fields.Count)];
    }
}
