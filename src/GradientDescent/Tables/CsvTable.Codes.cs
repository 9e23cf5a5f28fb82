using System.Globalization;

namespace GradientDescent;

// Columns of numbers that measure nothing.
public sealed partial class CsvTable
{
    private const int MinIdentifiers = 100, MinIdentifierDigits = 8;

    /// <summary>
    /// Returns whether a column of numbers identifies the rows: its numbers are whole and all different, and it is called id, index, row or
    /// the like, such as PassengerId, or has at least 100 numbers with the same number of digits, at least 8, that are no points in time.
    /// </summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidDataException">The column does not exist.</exception>
    public bool LooksLikeIdentifier(string name)
    {
        TableColumn column = this[name];
        if (!column.HasNumbersOnly || !(FieldText.IsNameOfIdentifier(name) || AreLongNumbers(column)))
            return false;
        double[] numbers = column.Numbers.ToArray();
        return Array.TrueForAll(numbers, double.IsInteger) && new HashSet<double>(numbers).Count == numbers.Length;
    }

    /// <summary>
    /// Returns whether the numbers of a column look like codes: all of them are digits only, and at least one has more than one digit and
    /// begins with 0, as the postal code 02139 does.
    /// </summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidDataException">The column does not exist.</exception>
    public bool LooksLikeCodes(string name)
    {
        TableColumn column = this[name];
        bool startsWithZero = false;
        for (int row = 0; row < RowCount; row++)
        {
            ReadOnlySpan<byte> field = column.Bytes(row);
            if (field.IsEmpty || field.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                if (column.IsMissing(row))
                    continue;
                return false;
            }

            startsWithZero |= field.Length > 1 && field[0] == '0';
        }

        return startsWithZero;
    }

    private bool AreLongNumbers(TableColumn column)
    {
        int length = column.Bytes(0).Length;
        if (RowCount < MinIdentifiers || length < MinIdentifierDigits)
            return false;
        bool areTimes = true;
        for (int row = 0; row < RowCount; row++)
        {
            ReadOnlySpan<byte> field = column.Bytes(row);
            if (field.Length != length || field.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                return false;
            areTimes = areTimes && IsTime(field, column.Number(row));
        }

        return !areTimes;
    }

    /// <summary>Returns whether a number is a time of Unix between 2001 and 2033, in seconds or ms, or begins as 20240131 does.</summary>
    private static bool IsTime(ReadOnlySpan<byte> digits, double number) =>
        number is (>= 1e9 and < 2e9) or (>= 1e12 and < 2e12)
        || (digits[0] is (byte)'1' or (byte)'2'
            && DateTime.TryParseExact(
                System.Text.Encoding.ASCII.GetString(digits[..8]), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
}
