namespace GradientDescent.Reporting;

/// <summary>The size of a picture, and the browser that draws it.</summary>
public sealed record ImageOptions
{
    /// <summary>The width in pixels, from 100 to 10,000. Default: 700.</summary>
    public int Width { get; init => field = Size(value, nameof(Width)); } = 700;

    /// <summary>The height in pixels, from 100 to 10,000. Default: the height of the chart on a page.</summary>
    public int? Height { get; init => field = value is { } height ? Size(height, nameof(Height)) : null; }

    /// <summary>The pixels of a PNG file for each pixel of the size, from 1 to 8. Default: 2, which is sharp on all screens.</summary>
    public int Scale
    {
        get; init => field = value is >= 1 and <= 8 ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Scale), FormattableString.Invariant($"Scale is {value}: it must be from 1 to 8."));
    } = 2;

    /// <summary>
    /// The path of a browser: Chromium, Chrome or Edge. <see langword="null"/>: the one that the environment variable <c>CHROMIUM</c> names
    /// or, without it, one that is installed.
    /// </summary>
    public string? Browser { get; init; }

    private static int Size(int value, string name) => value is >= 100 and <= 10_000
        ? value
        : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} is {value}: it must be from 100 to 10,000."));
}
