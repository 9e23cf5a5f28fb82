using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>What a <see cref="RunHistory"/> keeps of a training run. Immutable; <c>with</c> makes a copy with changes.</summary>
/// <remarks>Strings must be valid Unicode without the character NUL. Numbers are kept exactly, NaN and infinities included.</remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// RunRecord run = RunRecord.From(LinearRegression.Fit(data), data) with { Name = "all columns" };
/// Console.WriteLine($"{run.Model}, {run.Reason}, R² {run.TrainingMetrics["rSquared"]:F3}");   // LinearRegression, Converged, R² 0.518
/// </code></example>
public sealed partial record RunRecord
{
    /// <summary>The number that the history gave to the run, from 1; 0 before the run is added.</summary>
    public long Id { get; init; }

    /// <summary>The user's name of the run; empty without one.</summary>
    public string Name { get; init => field = Text(value, nameof(Name)); } = "";

    /// <summary>The start of the run, in UTC.</summary>
    public DateTimeOffset Started { get; init => field = value.ToUniversalTime(); }

    /// <summary>The wall time of the run.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// The settings as text, such as <see cref="TrainingOptions.ToString"/>; empty if they are not known. They should not depend on the
    /// machine, so that equal settings are equal strings.
    /// </summary>
    public string Settings { get; init => field = Text(value, nameof(Settings)); } = "";

    /// <summary>The class of the model, such as <c>LinearRegression</c>; empty if a function was optimised.</summary>
    public string Model { get; init => field = Text(value, nameof(Model)); } = "";

    /// <summary>The name of the algorithm, such as <c>Adam</c>.</summary>
    public string Optimizer { get; init => field = Text(value, nameof(Optimizer)); } = "";

    /// <summary>The name of the target.</summary>
    public string Target { get; init => field = Text(value, nameof(Target)); } = "";

    /// <summary>The place of the data, such as the name of a file; empty if it is not known.</summary>
    public string DataSource { get; init => field = Text(value, nameof(DataSource)); } = "";

    /// <summary>The hash of the training data, see <see cref="Dataset.Fingerprint"/>; empty if it is not known.</summary>
    public string DataFingerprint { get; init => field = Text(value, nameof(DataFingerprint)); } = "";

    /// <summary>The number of samples that the run was trained on.</summary>
    public long SampleCount { get; init; }

    /// <summary>The number of features.</summary>
    public long FeatureCount { get; init; }

    /// <summary>The reason for the end of the run.</summary>
    public StopReason Reason { get; init; }

    /// <summary>The number of steps made.</summary>
    public long Steps { get; init; }

    /// <summary>The number of complete passes over the data.</summary>
    public long Epochs { get; init; }

    /// <summary>The loss at the parameters found.</summary>
    public double Loss { get; init; }

    /// <summary>The seed; <see langword="null"/> if the run does not depend on one.</summary>
    public long? Seed { get; init; }

    /// <summary>The path of the file with the model; empty if the model was not saved.</summary>
    public string ModelFile { get; init => field = Text(value, nameof(ModelFile)); } = "";

    /// <summary>Metrics on the training data, by name, such as <c>rmse</c>.</summary>
    public ImmutableSortedDictionary<string, double> TrainingMetrics { get; init => field = Sorted(value, nameof(TrainingMetrics)); } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Metrics on validation data, by name; empty without such data.</summary>
    public ImmutableSortedDictionary<string, double> ValidationMetrics { get; init => field = Sorted(value, nameof(ValidationMetrics)); } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>The user's tags, by name.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init => field = SortedTags(value); } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Returns a copy with one more tag, or with another value of the tag.</summary>
    /// <param name="name">The name of the tag.</param>
    /// <param name="value">The value of the tag.</param>
    public RunRecord WithTag(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return this with { Tags = Tags.SetItem(name, value) };
    }

    /// <summary>Returns the number, the name, the model, the optimizer, the reason for the end and the loss.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Id} {(Name.Length > 0 ? Name : Target)}: {Model}, {Optimizer}, {Reason} at loss {Loss:G6}");

    private static string Text(string value, string property)
    {
        ArgumentNullException.ThrowIfNull(value, property);
        for (int i = 0; i < value.Length; i++)
        {
            if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]))
                i++;
            else if (value[i] == '\0' || char.IsSurrogate(value[i]))
                throw new ArgumentException(
                    FormattableString.Invariant($"{property} has U+{(int)value[i]:X4} at {i}: it must be valid Unicode without NUL."),
                    property);
        }

        return value;
    }

    private static ImmutableSortedDictionary<string, double> Sorted(ImmutableSortedDictionary<string, double> metrics, string property)
    {
        ArgumentNullException.ThrowIfNull(metrics, property);
        foreach (string name in metrics.Keys)
            Text(name, property);
        return metrics.WithComparers(StringComparer.Ordinal);
    }

    private static ImmutableSortedDictionary<string, string> SortedTags(ImmutableSortedDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags, nameof(Tags));
        foreach ((string name, string value) in tags)
        {
            Text(name, nameof(Tags));
            Text(value, nameof(Tags));
        }

        return tags.WithComparers(StringComparer.Ordinal);
    }
}
