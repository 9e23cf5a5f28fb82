using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>How the fields of a column become features. Only the parts of a date can be combined.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<ColumnEncoding>))]
public enum ColumnEncoding
{
    /// <summary>
    /// A column of numbers is <see cref="Number"/>, a column of dates <see cref="Days"/>, and any other column <see cref="Category"/>.
    /// </summary>
    Automatic = 0,

    /// <summary>One feature, the number itself: see <see cref="NumericColumn"/>.</summary>
    Number = 1,

    /// <summary>
    /// A feature of 0 and 1 for each level but the first: see <see cref="CategoricalColumn"/>. Use it for numbers that are codes, such as
    /// postal codes.
    /// </summary>
    Category = 2,

    /// <summary>The days since the first date of the column, with the time of day as a fraction: see <see cref="DateColumn"/>.</summary>
    Days = 4,

    /// <summary>The year of a date, a number.</summary>
    Year = 8,

    /// <summary>A feature of 0 and 1 for each month that occurs but the first.</summary>
    Month = 16,

    /// <summary>A feature of 0 and 1 for each day of the week that occurs but the first; weeks begin on Monday.</summary>
    Weekday = 32,

    /// <summary>A text whose words are counted in the features that their hashes select: see <see cref="HashedColumn"/>.</summary>
    Words = 64,
}
