namespace GradientDescent;

/// <summary>The number of samples that a step uses: all, or a given number. <c>default</c> is <see cref="Full"/>.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { Batching = Batching.Mini(100), MaxEpochs = 1 };
/// TrainingResult result = new Trainer(new Adam(), options).Fit(new LinearRegression(), data);
/// Console.WriteLine($"{data.SampleCount} samples, {result.Steps} steps");   // 442 samples, 5 steps
/// </code></example>
public readonly record struct Batching
{
    private Batching(int size) => Size = size;

    /// <summary>Full batches: every step uses all samples, so the gradient is exact.</summary>
    public static Batching Full => default;

    /// <summary>The number of samples that a step uses, or <see langword="null"/> for all.</summary>
    public int? Size { get; }

    /// <summary>Whether every step uses all samples.</summary>
    public bool IsFull => Size is null;

    /// <summary>Mini-batches: every step uses <paramref name="size"/> samples, or all if there are fewer.</summary>
    /// <param name="size">The number of samples, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is less than 1.</exception>
    public static Batching Mini(int size) => new(Guard.AtLeast(size, 1));

    /// <summary>Returns "full" or the number of samples.</summary>
    public override string ToString() => Size is { } size ? Format.Text($"{size}") : "full";
}
