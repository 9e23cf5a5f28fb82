using System.Globalization;

namespace GradientDescent;

/// <summary>The format of a CSV file. The first line of the file contains the column names.</summary>
/// <example><code>
/// using var file = new MemoryStream("area;price;count\n120,5;310000;2\n80;205000;1\n"u8.ToArray());
/// var options = new CsvOptions { Delimiter = ';', DecimalSeparator = ',', Weights = "count" };
/// var data = Dataset.FromCsv(file, "houses.csv", targets: ["price"], options);
/// Console.WriteLine(data.Features(0)[0] == 120.5);   // True
/// </code></example>
public sealed record CsvOptions
{
    /// <summary>The character between two fields. The default is <c>,</c>; many European files use <c>;</c> or a tab.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The decimal separator of numbers. The default is <c>.</c>; many European files use <c>,</c>.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>
    /// The name of the column that contains the weights of the samples. With the default, <see langword="null"/>, every sample has the
    /// weight 1.
    /// </summary>
    public string? Weights { get; init; }

    internal NumberFormatInfo NumberFormat => new() { NumberDecimalSeparator = DecimalSeparator.ToString() };

    internal void Check(string argument)
    {
        if (Delimiter == DecimalSeparator)
            throw Guard.Invalid(argument, $"Delimiter and DecimalSeparator are both '{Delimiter}': they must differ.");
        if (DecimalSeparator is not ('.' or ','))
            throw Guard.Invalid(argument, $"DecimalSeparator is '{DecimalSeparator}': it must be a point or a comma.");
        bool isPartOfNumbers = char.IsAsciiLetterOrDigit(Delimiter) || Delimiter is '+' or '-';
        if (isPartOfNumbers || !char.IsAscii(Delimiter) || Delimiter is '"' or '\r' or '\n' or '\0')
        {
            throw Guard.Invalid(argument,
                $"Delimiter is '{Delimiter}': it must be an ASCII character not used in numbers, such as a comma, a semicolon or a tab.");
        }
    }
}
