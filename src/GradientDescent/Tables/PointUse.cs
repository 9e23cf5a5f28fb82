using System.Buffers;
using System.Text;

namespace GradientDescent;

/// <summary>Examines whether the points in a column of numbers are decimal points or can stand between thousands.</summary>
/// <remarks>
/// Files with <c>;</c> or a tab between fields often come from countries that write 1250 as <c>1.250</c>. In such a file, a column can be
/// read in two ways if all of these hold: each number with a point has one to three digits before it, without a zero in front, and exactly
/// three behind it; no other number of the file shows that the point is decimal; with a tab, which programs for measurements write too, the
/// column also has a whole number of at least three digits without a point.
/// </remarks>
internal sealed class PointUse(CsvOptions options)
{
    private const int GroupLength = 3, MaxBuffer = 64;

    private static readonly SearchValues<char> _ofNumbers = SearchValues.Create("0123456789.eE+-");

    private bool _hasWholeNumber;

    /// <summary>The first number whose point can stand between thousands, or <see langword="null"/>.</summary>
    public string? Field { get; private set; }

    /// <summary>The line of <see cref="Field"/>.</summary>
    public long Line { get; private set; }

    /// <summary>Whether a point of the column can only be a decimal point.</summary>
    public bool IsDecimal { get; private set; }

    /// <summary>Whether the column can be read in two ways.</summary>
    public bool IsAmbiguous => Field is not null && (_hasWholeNumber || options.Delimiter == ';') && !IsDecimal;

    /// <summary>Returns whether files with these options can be read in two ways: nobody said what the point is.</summary>
    public static bool Matters(CsvOptions options) =>
        options is { Delimiter: ';' or '\t', IsDecimalSeparatorSet: false, DecimalSeparator: '.', ThousandsSeparator: null };

    /// <summary>Adds a number of the column.</summary>
    public void Add(ReadOnlySpan<char> field, long line)
    {
        int start = field.IndexOfAnyInRange('0', '9');
        if (start < 0)
            return;
        bool startsWithPoint = start > 0 && field[start - 1] == '.';
        ReadOnlySpan<char> number = field[start..];
        int end = number.IndexOfAnyExcept(_ofNumbers); // a mark such as m2 has a digit too
        number = number[..((end < 0 ? number : number[..end]).LastIndexOfAnyInRange('0', '9') + 1)];
        int point = number.IndexOf('.');
        if (point < 0 && !startsWithPoint)
        {
            _hasWholeNumber |= number.Length >= GroupLength && number[0] != '0' && !number.ContainsAnyExceptInRange('0', '9');
            return;
        }

        bool isGroup = !startsWithPoint && point <= GroupLength && number[0] != '0' && number.Length - point - 1 == GroupLength
            && !number[(point + 1)..].ContainsAnyExceptInRange('0', '9');
        if (!isGroup)
            IsDecimal = true;
        else if (Field is null)
            (Field, Line) = (field.ToString(), line);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{char}, long)"/>
    public void Add(ReadOnlySpan<byte> field, long line)
    {
        Span<char> buffer = stackalloc char[MaxBuffer];
        if (field.Length <= MaxBuffer && Ascii.IsValid(field))
            Add(buffer[..Encoding.ASCII.GetChars(field, buffer)], line);
        else
            Add(Encoding.UTF8.GetString(field), line);
    }

    /// <summary>Creates the exception that names both ways to read the column.</summary>
    public InvalidDataException Error(string source, string column)
    {
        string reason = _hasWholeNumber
            ? "the column also has whole numbers without a point"
            : "all numbers of the file with a point have three digits behind it";
        string problem = CsvProposals.At(
            source, Line, column, $"{FieldText.Quoted(Field!)} can be read in two ways, because {reason}.").Message;
        CsvOptions[] ways =
        [
            options with { DecimalSeparator = ',', ThousandsSeparator = '.' },
            options with { DecimalSeparator = '.' },
        ];
        return CsvProposals.Error(problem, options,
            [.. ways.Select(way => KeyValuePair.Create(way, Format.Text($"reads it as {new FieldFormat(way).Number(Field!)}")))]);
    }
}
