using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The target column as numbers: its values, or the class of each label.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Model">The model, one of <see cref="Models"/>.</param>
/// <param name="Reason">The reason for the choice of this model, or <see langword="null"/> if the user named it.</param>
/// <param name="Values">The number of each row: the value, or the class.</param>
/// <param name="Labels">The label of each class; empty for a regression.</param>
internal sealed record TargetColumn(string Name, string Model, string? Reason, double[] Values, ImmutableArray<string> Labels)
{
    public const string Linear = "linear", Logistic = "logistic", Softmax = "softmax";

    private const int MaxClasses = 100;
    private const int MaxNumbersAsLabels = 10;
    private const int RowsPerLabel = 10;
    private const int MaxListedLabels = 3;

    public static ImmutableArray<string> Models { get; } = [Linear, Logistic, Softmax];

    public bool IsClass => Model != Linear;

    /// <param name="table">The file.</param>
    /// <param name="name">The name of the target column.</param>
    /// <param name="asked">The model that the user named, or <see langword="null"/> to choose the model from the values.</param>
    /// <exception cref="InvalidDataException">The column is not valid for the model; the message gives the reason.</exception>
    public static TargetColumn Of(CsvTable table, string name, string? asked)
    {
        ImmutableArray<string> fields = table.Column(name);
        int missing = fields.ToList().FindIndex(CsvTable.IsMissing);
        if (missing >= 0)
            throw table.ErrorAt(missing, name, "the value is missing; a target must have all values.");
        double?[] numbers = [.. fields.Select(table.NumberOf)];
        (string model, string? reason) = asked is null ? Choose(numbers, fields.Distinct().Count()) : (asked, null);
        if (model == Linear)
            return new(name, model, reason, [.. table.Numbers(name)], []);

        string[] labels = numbers.Contains(null)
            ? [.. fields.Distinct().Order(StringComparer.Ordinal)]
            : [.. numbers.OfType<double>().Distinct().Order().Select(number => FormattableString.Invariant($"{number}"))];
        CheckLabels(labels, model, $"{table.Source}, column '{name}'");
        Dictionary<string, int> classOf = labels.Index().ToDictionary(label => label.Item, label => label.Index);
        IEnumerable<string> labelOfRow = numbers.Contains(null)
            ? fields
            : numbers.Select(number => FormattableString.Invariant($"{number}"));
        return new(name, model, reason, [.. labelOfRow.Select(label => (double)classOf[label])], [.. labels]);
    }

    private static void CheckLabels(string[] labels, string model, string column)
    {
        if (labels.Length == 1)
            throw new InvalidDataException($"{column} is {TextLayout.Quote(labels[0])} in every row: a classifier needs two labels.");
        if (labels.Length > MaxClasses)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{column} has {labels.Length} different labels: a classifier takes at most {MaxClasses}."));
        }

        if (model == Logistic && labels is not ["0", "1"])
        {
            string listed = string.Join(", ", labels.Take(MaxListedLabels).Select(TextLayout.Quote));
            string rest = labels.Length > MaxListedLabels ? ", ..." : "";
            throw new InvalidDataException(
                $"{column} holds {listed}{rest}: --model logistic takes 0 and 1; --model softmax takes any labels.");
        }
    }

    private static (string Model, string Reason) Choose(double?[] numbers, int labelCount)
    {
        double[] different = [.. numbers.OfType<double>().Distinct().Order()];
        if (numbers.Contains(null))
            return (Softmax, labelCount == 1 ? "holds one label" : FormattableString.Invariant($"holds {labelCount} different labels"));
        if (different.Length == 1)
            return (Linear, "holds one number");
        if (different is [0, 1])
            return (Logistic, "holds 0 and 1 only");
        if (different.Length == 2)
            return (Softmax, "holds two different numbers only");
        bool areLabels = different.Length <= MaxNumbersAsLabels
            && numbers.Length >= RowsPerLabel * different.Length
            && different.All(double.IsInteger);
        return areLabels
            ? (Softmax, FormattableString.Invariant($"holds {different.Length} different whole numbers only"))
            : (Linear, FormattableString.Invariant($"holds {different.Length} different numbers"));
    }
}
