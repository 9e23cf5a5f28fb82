namespace GradientDescent;

/// <summary>The settings of a <see cref="SuccessiveHalving"/>. Every setting has a default.</summary>
/// <example><code>
/// var options = new HalvingOptions { Epochs = 90, Factor = 3, Seed = 1 };
/// Console.WriteLine(options.Epochs);   // 90
/// </code></example>
public sealed record HalvingOptions
{
    /// <summary>The number of epochs E that the winner is trained for, at least 1; 50 unless set.</summary>
    public int Epochs { get; init => field = Guard.AtLeast(value, 1, nameof(Epochs)); } = 50;

    /// <summary>The factor η: each round keeps the best 1/η of the candidates, at least 2; 3 unless set.</summary>
    public int Factor { get; init => field = Guard.AtLeast(value, 2, nameof(Factor)); } = 3;

    /// <summary>The seed of shuffles, random starts and held-out samples, the same for all candidates.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The largest number of runs at the same time, at least 1; unset: one per processor. The result does not depend on it.
    /// </summary>
    public int? MaxParallelFits
    {
        get;
        init => field = value is { } set ? Guard.AtLeast(set, 1, nameof(MaxParallelFits)) : null;
    }
}
