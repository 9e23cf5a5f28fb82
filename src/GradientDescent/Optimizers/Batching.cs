namespace GradientDescent;

/// <summary>How many samples an update sees: all, or a number of them. <c>default</c> is <see cref="Full"/>.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { Batching = Batching.Of(100), MaxEpochs = 1 };
/// TrainingResult result = new Trainer(new Adam(), options).Fit(new LinearRegression(), data);
/// Console.WriteLine($"{data.SampleCount} samples, {result.Steps} updates");   // 442 samples, 5 updates
/// </code></example>
public readonly record struct Batching
{
    private Batching(int size) => Size = size;

    /// <summary>Every update sees all samples: the gradient is exact.</summary>
    public static Batching Full => default;

    /// <summary>Samples an update sees, or <see langword="null"/> for all.</summary>
    public int? Size { get; }

    /// <summary>Whether every update sees all samples.</summary>
    public bool IsFull => Size is null;

    /// <summary>Every update sees <paramref name="size"/> samples, or all where there are fewer.</summary>
    /// <param name="size">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is less than 1.</exception>
    public static Batching Of(int size) => new(Guard.AtLeast(size, 1));

    /// <summary>"full", or the number of samples.</summary>
    public override string ToString() => Size is { } size ? Format.Text($"{size}") : "full";
}
