using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The target column as numbers: values, or the classes of labels.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Model">One of <see cref="Models"/>.</param>
/// <param name="Why">Why it is this model, unless the user said so.</param>
/// <param name="Values">A number for each row.</param>
/// <param name="Labels">The label of each class; empty for a regression.</param>
internal sealed record Target(string Name, string Model, string? Why, double[] Values, ImmutableArray<string> Labels)
{
    public const string Linear = "linear", Logistic = "logistic", Softmax = "softmax";
    private const int MaxClasses = 100;
    private const int MaxNumbersAsLabels = 10;
    private const int RowsForALabel = 10;

    public static ImmutableArray<string> Models { get; } = [Linear, Logistic, Softmax];

    public bool IsClass => Model != Linear;

    /// <param name="table">The file.</param>
    /// <param name="name">The target's column.</param>
    /// <param name="asked">The model that the user wants; <see langword="null"/>: the one that the column suggests.</param>
    /// <exception cref="InvalidDataException">The column does not suit the model; the message says why.</exception>
    public static Target Of(CsvTable table, string name, string? asked)
    {
        ImmutableArray<string> fields = table.Column(name);
        int missing = fields.ToList().FindIndex(CsvTable.IsMissing);
        if (missing >= 0)
            throw table.ErrorAt(missing, name, "the value is missing; a target is never filled in.");
        double?[] numbers = [.. fields.Select(table.NumberOf)];
        (string model, string? why) = asked is null ? Suggested(numbers, fields.Distinct().Count()) : (asked, null);
        if (model == Linear)
            return new(name, model, why, [.. table.Numbers(name)], []);

        string[] labels = numbers.Contains(null)
            ? [.. fields.Distinct().Order(StringComparer.Ordinal)]
            : [.. numbers.OfType<double>().Distinct().Order().Select(number => FormattableString.Invariant($"{number}"))];
        string where = $"{table.Source}, column '{name}'";
        if (labels.Length == 1)
            throw new InvalidDataException($"{where} is {TextLayout.Shown(labels[0])} everywhere: a classifier needs two labels.");
        if (labels.Length > MaxClasses)
            throw new InvalidDataException(FormattableString.Invariant($"{where} has {labels.Length} different labels: a classifier takes at most {MaxClasses}."));
        if (model == Logistic && labels is not ["0", "1"])
            throw new InvalidDataException($"{where} holds {Listed(labels)}: --model logistic takes 0 and 1; --model softmax takes any labels.");
        Dictionary<string, int> classOf = labels.Index().ToDictionary(label => label.Item, label => label.Index);
        IEnumerable<string> texts = numbers.Contains(null) ? fields : numbers.Select(number => FormattableString.Invariant($"{number}"));
        return new(name, model, why, [.. texts.Select(text => (double)classOf[text])], [.. labels]);
    }

    private static (string Model, string Why) Suggested(double?[] numbers, int texts)
    {
        double[] different = [.. numbers.OfType<double>().Distinct().Order()];
        if (numbers.Contains(null))
            return (Softmax, texts == 1 ? "holds one text" : FormattableString.Invariant($"holds texts, {texts} different labels"));
        if (different.Length == 1)
            return (Linear, "holds one number");
        if (different is [0, 1])
            return (Logistic, "holds 0 and 1 only");
        if (different.Length == 2)
            return (Softmax, "holds two different numbers only");
        return different.Length <= MaxNumbersAsLabels && numbers.Length >= RowsForALabel * different.Length && different.All(double.IsInteger)
            ? (Softmax, FormattableString.Invariant($"holds {different.Length} different whole numbers only"))
            : (Linear, FormattableString.Invariant($"holds numbers, {different.Length} different ones"));
    }

    private static string Listed(string[] labels)
    {
        const int Most = 3;
        return string.Join(", ", labels.Take(Most).Select(TextLayout.Shown)) + (labels.Length > Most ? ", ..." : "");
    }
}
