using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A column that an encoding does not use.</summary>
public sealed class LeftOutColumn
{
    internal LeftOutColumn()
    {
    }

    /// <summary>The name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>The reason, such as: has 891 different values in 891 rows, as an identifier has.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The values of <see cref="CsvOptions.DateFormat"/> with which the column has dates; empty if it does not look like dates.
    /// </summary>
    public ImmutableArray<string> DateFormats { get; init; } = [];

    /// <summary>Returns the name and the reason.</summary>
    public override string ToString() => $"{Name} {Reason}";
}
