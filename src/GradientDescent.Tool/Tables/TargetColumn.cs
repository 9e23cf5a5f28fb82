using System.Collections.Immutable;
using System.Runtime.InteropServices;

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
    private const int MaxLikelyClasses = 20;
    private const int MaxListedLabels = 3;
    private const int MaxLabelsOfFewRows = 10;

    public static ImmutableArray<string> Models { get; } = [Linear, Logistic, Softmax];

    public bool IsClass => Model != Linear;

    /// <summary>The notes: the positive class unless the classes are 0 and 1, similar labels, and a number that never changes.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            string name = TextLayout.Quote(Name);
            if (Model == Logistic && Labels is not ["0", "1"])
            {
                yield return $"The probability is that of '{TextLayout.Quote(Labels[1])}' (not '{TextLayout.Quote(Labels[0])}'); "
                    + "--positive changes it.";
            }

            if (SimilarText.Note(Labels) is { } similar)
                yield return $"{name}: {similar}";
            if (Model == Linear && Array.TrueForAll(Values, value => value == Values[0]))
                yield return FormattableString.Invariant($"{name} is {Values[0]} in every row: there is nothing to explain.");
        }
    }

    /// <param name="table">The file.</param>
    /// <param name="name">The name of the target column.</param>
    /// <param name="asked">The model that the user named, or <see langword="null"/> to choose the model from the values.</param>
    /// <param name="positive">The positive label of two that the user named, or <see langword="null"/>.</param>
    /// <exception cref="InvalidDataException">The column is not valid for the model; the message gives the reason.</exception>
    public static TargetColumn Of(CsvTable table, string name, string? asked, string? positive = null)
    {
        name = ColumnNames.NameIn(table, name);
        if (table.MissingCount(name) > 0)
            throw MissingError(table, name);
        bool areNumbers = table.IsNumeric(name);
        if (asked is null && !areNumbers)
        {
            RefuseNumbers(table, name, table.Column(name));
            RefuseOwnLabels(table, name, table.Column(name));
        }

        if (areNumbers || asked == Linear)
        {
            // Numbers throws if they can be read in two ways, which does not matter for labels that the user calls so.
            double[] numbers = asked is null or Linear ? NumbersOf(table, name)
                : [.. table.Column(name).Select(field => table.NumberOf(field)!.Value)];
            return OfNumbers(table.Source, name, numbers, asked, positive);
        }

        string[] labels = [.. table.Column(name).Distinct().Order(StringComparer.Ordinal)];
        (string model, string? reason) = asked is not null ? (asked, null) : ChooseForText(labels.Length);
        double[] classes = [.. table.Column(name).Select(text => (double)Array.BinarySearch(labels, text, StringComparer.Ordinal))];
        var column = new TargetColumn(name, model, reason, classes, [.. labels]);
        return column.WithPositive(positive, PositiveLabel.IndexIn, table.Source);
    }

    /// <summary>The target of a file of numbers.</summary>
    /// <param name="source">The name of the file, for messages.</param>
    /// <param name="name">The name of the target.</param>
    /// <param name="numbers">The target of each row. −0 becomes 0.</param>
    /// <param name="asked">The model that the user named, or <see langword="null"/> to choose the model from the values.</param>
    /// <param name="positive">The positive label of two that the user named, or <see langword="null"/>.</param>
    /// <exception cref="InvalidDataException">The numbers are not valid for the model; the message gives the reason.</exception>
    public static TargetColumn OfNumbers(string source, string name, double[] numbers, string? asked, string? positive)
    {
        double[] different = Different(numbers).ToArray();
        (string model, string? reason) = asked is not null ? (asked, null) : ChooseForNumbers(different, numbers.Length);
        TargetColumn column = model == Linear ? new(name, model, reason, numbers, []) : new(
            name, model, reason, Array.ConvertAll(numbers, number => (double)Array.BinarySearch(different, number)),
            [.. different.Select(number => FormattableString.Invariant($"{number}"))]);
        return column.WithPositive(positive, _ => 1, source);
    }

    /// <summary>Checks the labels, and makes the positive one of two the second.</summary>
    /// <param name="positive">The positive label that the user named, or <see langword="null"/>.</param>
    /// <param name="choose">Returns the index of the positive label, if the user named none.</param>
    /// <param name="source">The name of the data, for messages.</param>
    private TargetColumn WithPositive(string? positive, Func<string[], int> choose, string source)
    {
        string place = $"{source}, column '{Name}'";
        if (positive is not null && Model != Logistic)
            throw new InvalidDataException($"{place}: --positive needs two labels; the model is {Model}.");
        if (Model == Linear)
            return this;
        CheckLabels([.. Labels], Model, place);
        int index = Model != Logistic ? 1 : positive is null ? choose([.. Labels]) : IndexOf(positive, place);
        return index == 1 ? this : this with { Labels = [Labels[1], Labels[0]], Values = Array.ConvertAll(Values, one => 1 - one) };
    }

    /// <summary>Returns the index of the positive label that the user named.</summary>
    private int IndexOf(string positive, string place)
    {
        int index = Labels.IndexOf(positive.Trim().Normalize());
        return index >= 0 ? index : throw new InvalidDataException(
            $"{place}: --positive is '{TextLayout.Quote(positive)}', "
            + $"but the labels are {string.Join(" and ", Labels.Select(TextLayout.Quote))}.");
    }

    /// <summary>Returns the different numbers in ascending order. −0 and 0 are one.</summary>
    private static ReadOnlySpan<double> Different(double[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] += 0.0;
        double[] different = [.. numbers];
        Array.Sort(different);
        int count = 0;
        foreach (double number in different)
        {
            if (count == 0 || number != different[count - 1])
                different[count++] = number;
        }

        return different.AsSpan(0, count);
    }

    /// <summary>Returns a copy of the numbers of a column.</summary>
    private static double[] NumbersOf(CsvTable table, string name)
    {
        try
        {
            return ImmutableCollectionsMarshal.AsArray(table.Numbers(name))!;
        }
        catch (InvalidDataException e) when (!CsvHint.HasProposals(e) && !table.IsNumeric(name))
        {
            e.Data[CsvHint.LastSentenceKey] = "A linear model needs numbers as its target.";
            throw;
        }
    }

    private static InvalidDataException MissingError(CsvTable table, string name)
    {
        ImmutableArray<string> fields = table.Column(name);
        int missing = fields.ToList().FindIndex(table.IsMissing);
        string word = EncodedFeatures.Word(fields[missing]);
        InvalidDataException error = table.ErrorAt(missing, name, $"the value is missing{word}; a target must have all values.");
        if (IsLabel(table, fields, fields[missing]))
            error.Data[CsvHint.LastSentenceKey] = $"If '{TextLayout.Quote(fields[missing])}' is a label, --na \"\" takes it as one.";
        return error;
    }

    /// <summary>
    /// Returns whether a missing value can be a label without its meaning: it is a word such as None among other labels, and no other
    /// column has such words.
    /// </summary>
    private static bool IsLabel(CsvTable table, ImmutableArray<string> fields, string missing) =>
        CsvOptions.DefaultMissingValues.Contains(missing)
        && fields.All(field => CsvOptions.DefaultMissingValues.Contains(field) || !table.IsMissing(field))
        && fields.Any(field => !table.IsMissing(field) && table.NumberOf(field) is null)
        && table.Headers.Count(name => table.Column(name).Any(CsvOptions.DefaultMissingValues.Contains)) == 1;

    /// <summary>Throws if most values of a target with text are numbers in any notation or dates, because they are no labels.</summary>
    private static void RefuseNumbers(CsvTable table, string name, ImmutableArray<string> fields)
    {
        if (2 * fields.Count(table.LooksLikeNumber) <= fields.Length
            && table.SuggestOptions(name).All(options => options.MissingValues.Length > table.Options.MissingValues.Length))
        {
            return;
        }

        int row = fields.ToList().FindIndex(field => table.NumberOf(field) is null);
        InvalidDataException error = table.NumberErrorAt(row, name);
        if (CsvHint.ProposesMissingValues(error, table.Options)) // of no use, because a target must have all values
        {
            error = table.ErrorAt(
                row, name, $"'{TextLayout.Quote(fields[row])}' is not a number, but most values of the target are numbers.");
        }

        error.Data[CsvHint.LastSentenceKey] = "--model softmax takes such values as labels.";
        throw error;
    }

    /// <summary>Throws if most rows of a target have a label of their own, because such values are no classes.</summary>
    private static void RefuseOwnLabels(CsvTable table, string name, ImmutableArray<string> fields)
    {
        string[] labels = [.. fields.Distinct()];
        if (labels.Length <= MaxLabelsOfFewRows || 2 * labels.Length <= fields.Length)
            return;
        string listed = string.Join(", ", labels.Take(MaxListedLabels).Select(label => $"'{TextLayout.Quote(label)}'"));
        throw new InvalidDataException(FormattableString.Invariant(
            $"{table.Source}, column '{name}' has {labels.Length} different values in {fields.Length} rows, such as {listed}: ")
            + "they look like numbers with text or names, not like classes. --model softmax takes such values as labels.");
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

        if (model == Logistic && labels.Length > 2)
        {
            string listed = string.Join(", ", labels.Take(MaxListedLabels).Select(TextLayout.Quote));
            string rest = labels.Length > MaxListedLabels ? ", ..." : "";
            throw new InvalidDataException(
                $"{column} holds {listed}{rest}: --model logistic takes two labels; --model softmax takes any number of them.");
        }
    }

    /// <summary>Chooses the model for text: logistic for two labels, otherwise softmax.</summary>
    private static (string Model, string Reason) ChooseForText(int labelCount) => labelCount == 2
        ? (Logistic, "holds two labels")
        : (Softmax, labelCount == 1 ? "holds one label" : FormattableString.Invariant($"holds {labelCount} different labels"));

    /// <summary>Chooses the model for numbers: logistic for two different ones, otherwise linear.</summary>
    private static (string Model, string Reason) ChooseForNumbers(ReadOnlySpan<double> different, int rowCount)
    {
        if (different.Length == 1)
            return (Linear, "holds one number");
        if (different is [0, 1])
            return (Logistic, "holds 0 and 1 only");
        if (different.Length == 2)
            return (Logistic, "holds two different numbers only; --model linear fits them as numbers");
        bool canBeClasses = different.Length <= MaxLikelyClasses && 2 * different.Length <= rowCount
            && different.ToArray().All(double.IsInteger);
        string classes = canBeClasses ? "; --model softmax takes them as classes" : "";
        return (Linear, FormattableString.Invariant($"holds {different.Length} different numbers{classes}"));
    }
}
