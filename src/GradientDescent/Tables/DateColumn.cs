using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

/// <summary>A column of dates or times. Its features are numbers, or 0 and 1 for months and days of the week.</summary>
/// <remarks>
/// The features, as far as they are chosen, in this order: <c>column.days</c>, the days since the origin in UTC, with the time of day as a
/// fraction; <c>column.year</c>; one for each month but the first, such as <c>column=Feb</c>; one for each day of the week but the first,
/// such as <c>column=Tue</c>. The first month and the first day of the week have no feature: the other coefficients are differences from
/// them. Year, month and day of the week are those that the field has, without conversion to UTC.
/// </remarks>
public sealed class DateColumn : FeatureColumn
{
    private const int MonthCount = 12, DayCount = 7;

    /// <param name="name">The name of the column.</param>
    /// <param name="origin">The time from which days are counted; <see langword="null"/>: days are not a feature.</param>
    /// <param name="hasYear">Whether the year is a feature.</param>
    /// <param name="months">The months that the dates can have, 1 to 12, all different; empty: the month is not a feature.</param>
    /// <param name="weekdays">
    /// The days of the week that the dates can have, all different; empty: the day of the week is not a feature.
    /// </param>
    /// <param name="filling">The date that replaces a missing one, or <see langword="null"/> if a missing date is an error.</param>
    /// <exception cref="ArgumentException">
    /// There is no feature, or a month or a day of the week is not valid or occurs twice.
    /// </exception>
    public DateColumn(
        string name,
        DateTimeOffset? origin,
        bool hasYear = false,
        ImmutableArray<int> months = default,
        ImmutableArray<DayOfWeek> weekdays = default,
        DateTimeOffset? filling = null)
        : base(name)
    {
        (Origin, HasYear, Filling) = (origin?.ToUniversalTime(), hasYear, filling);
        (Months, Weekdays) = (months.IsDefault ? [] : months, weekdays.IsDefault ? [] : weekdays);
        if (Objection(Months, Weekdays) is { } objection)
            throw Guard.Invalid(objection.Argument, $"{objection.Problem}");
        if (FeatureCount == 0)
            throw Guard.Invalid(nameof(origin), $"The column '{Format.Clip(name)}' would have no feature: choose days, year, at least " +
                $"two months or at least two days of the week.");
        if (filling is { } date && Encode(date, new FeatureRow()) is { } unknown)
            throw Guard.Invalid(nameof(filling), $"{unknown}");
    }

    /// <summary>The time from which days are counted, in UTC; <see langword="null"/>: days are not a feature.</summary>
    public DateTimeOffset? Origin { get; }

    /// <summary>Whether the year is a feature.</summary>
    public bool HasYear { get; }

    /// <summary>The months that the dates can have; empty: the month is not a feature.</summary>
    public ImmutableArray<int> Months { get; }

    /// <summary>The days of the week that the dates can have; empty: the day of the week is not a feature.</summary>
    public ImmutableArray<DayOfWeek> Weekdays { get; }

    /// <summary>The date that replaces a missing one, or <see langword="null"/> if a missing date is an error.</summary>
    public DateTimeOffset? Filling { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> FeatureNames =>
    [
        .. Origin is null ? [] : (string[])[$"{Name}.days"],
        .. HasYear ? (string[])[$"{Name}.year"] : [],
        .. Months.Skip(1).Select(month => $"{Name}={Abbreviation(month)}"),
        .. Weekdays.Skip(1).Select(day => $"{Name}={Abbreviation(day)}"),
    ];

    /// <inheritdoc/>
    public override int FeatureCount =>
        (Origin is null ? 0 : 1) + (HasYear ? 1 : 0) + Math.Max(0, Months.Length - 1) + Math.Max(0, Weekdays.Length - 1);

    internal override long CharacterCount => Name.Length;

    internal override long FeatureNameCharacterCount => FeatureNames.Sum(name => (long)name.Length);

    /// <summary>Returns the name and the parts of the date.</summary>
    public override string ToString()
    {
        string[] parts =
        [
            .. Origin is { } origin ? (string[])[Format.Text($"days since {origin:yyyy-MM-dd}")] : [],
            .. HasYear ? (string[])["year"] : [],
            .. Months.IsEmpty ? [] : (string[])[string.Join(" ", Months.Select(Abbreviation))],
            .. Weekdays.IsEmpty ? [] : (string[])[string.Join(" ", Weekdays.Select(Abbreviation))],
        ];
        return $"{Name} ({string.Join(", ", parts)})";
    }

    internal override string? Encode(string field, FieldFormat format, FeatureRow row)
    {
        if (format.IsMissing(field))
            return Filling is { } filling ? Encode(filling, row) : $"{format.Objection(field)}.";
        return format.Date(field) is { } date
            ? Encode(date, row) is { } unknown ? $"{FieldText.Quoted(field)}: {unknown}" : null
            : $"{FieldText.Quoted(field)} is not a date such as {format.DateExample}.";
    }

    /// <summary>Returns a description of the first error, or <see langword="null"/> if months and days of the week are valid.</summary>
    internal static (string Argument, string Problem)? Objection(ImmutableArray<int> months, ImmutableArray<DayOfWeek> weekdays)
    {
        if (months.FirstOrDefault(month => month is < 1 or > MonthCount, 1) is var month && month is < 1 or > MonthCount)
            return ("months", Format.Text($"A month is {month}: it must be from 1 to {MonthCount}."));
        if (weekdays.Any(day => !Enum.IsDefined(day)))
            return ("weekdays", Format.Text($"A day of the week is {(int)weekdays.First(day => !Enum.IsDefined(day))}: it is not known."));
        if (months.Distinct().Count() < months.Length)
            return ("months", "A month occurs twice: all must differ.");
        return weekdays.Distinct().Count() < weekdays.Length ? ("weekdays", "A day of the week occurs twice: all must differ.") : null;
    }

    /// <summary>The days of the week in their order: weeks begin on Monday.</summary>
    internal static int OrderOf(DayOfWeek day) => ((int)day + DayCount - 1) % DayCount;

    private string? Encode(DateTimeOffset date, FeatureRow row)
    {
        int next = 0;
        if (Origin is { } origin)
            row.Add(next++, (date - origin).TotalDays);
        if (HasYear)
            row.Add(next++, date.Year);
        int month = Months.IndexOf(date.Month), weekday = Weekdays.IndexOf(date.DayOfWeek);
        if (month < 0 && !Months.IsEmpty)
            return $"{Abbreviation(date.Month)} is not one of the known months: {string.Join(", ", Months.Select(Abbreviation))}.";
        if (weekday < 0 && !Weekdays.IsEmpty)
            return $"{Abbreviation(date.DayOfWeek)} is not one of the known days: {string.Join(", ", Weekdays.Select(Abbreviation))}.";
        if (month > 0)
            row.Add(next + month - 1, 1);
        next += Math.Max(0, Months.Length - 1);
        if (weekday > 0)
            row.Add(next + weekday - 1, 1);
        return null;
    }

    private static string Abbreviation(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month);

    private static string Abbreviation(DayOfWeek day) => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(day);
}
