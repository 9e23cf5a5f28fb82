namespace GradientDescent;

/// <summary>Checks the conditions on the members of a document that their types do not ensure. Each message names the member.</summary>
internal static class ModelDocumentChecks
{
    /// <summary>Checks a document without a network, and returns the encoding of its columns.</summary>
    /// <exception cref="ModelFormatException">A member has a value that is not allowed, or members do not fit together.</exception>
    public static FeatureEncoding RequireSound(ModelDocument document)
    {
        if (document.Task is not null || document.Layers is not null)
            throw new ModelFormatException($"'task' and 'layers' are members of a {nameof(FeedForwardNetwork)} only.");
        int outputs = document.Weights.Length;
        bool isRegression = document.Kind == nameof(LinearRegression), isSoftmax = document.Kind == nameof(SoftmaxRegression);
        if (!isRegression && !isSoftmax && document.Kind != nameof(LogisticRegression))
        {
            const string Kinds = $"{nameof(LinearRegression)}, {nameof(LogisticRegression)}, {nameof(SoftmaxRegression)}";
            throw new ModelFormatException(
                $"'kind' is '{Format.Clip(document.Kind)}': it must be {Kinds} or {nameof(FeedForwardNetwork)}.");
        }

        FeatureEncoding encoding = EncodingOf(document);
        int features = encoding.FeatureCount;
        RequireAtLeast(outputs, isSoftmax ? 2 : 1, "weights");
        if (!isRegression && !isSoftmax)
            RequireLength(outputs, 1, "weights");
        RequireLength(document.TargetNames.Length, isRegression ? outputs : 1, "targetNames");
        RequireStrings(document.TargetNames, "targetNames");
        for (int k = 0; k < outputs; k++)
        {
            string name = Format.Text($"weights[{k}]");
            if (document.Weights[k] is null)
                throw new ModelFormatException($"'{name}' is null: it must be an array.");
            RequireLength(document.Weights[k].Length, features, name);
            RequireFinite(document.Weights[k], name);
        }

        RequireLength(document.Intercepts.Length, document.Intercept ? outputs : 0, "intercepts");
        RequireFinite(document.Intercepts, "intercepts");
        RequireLabels(document, !isRegression, isSoftmax ? outputs : 2);
        RequireMethod(document);
        return encoding;
    }

    /// <summary>Checks the members that a model of any kind can have or not.</summary>
    /// <exception cref="ModelFormatException">A member has a value that is not allowed.</exception>
    public static void RequireSoundExtras(ModelDocument document, int features)
    {
        if (document.Intervals is { } intervals)
            RequireIntervals(document, intervals, features);
        if (document.Csv is { } csv)
            RequireCreates(csv.ToOptions, "csv");
    }

    public static FeatureEncoding EncodingOf(ModelDocument document)
    {
        ModelColumn[] columns = document.Columns;
        for (int i = 0; i < columns.Length; i++)
        {
            string name = Format.Text($"columns[{i}]");
            if (columns[i] is not { } column)
                throw new ModelFormatException($"'{name}' is null: it must be an object.");
            RequireText(column.Name, $"{name}.name");
            if (column.Filling is { } filling)
                RequireFinite(filling, $"{name}.filling");
            if (column.Date is { } date)
                RequireAlone(column, () => date.ToColumn(column.Name), name, "date");
            if (column.Words is { } words)
                RequireAlone(column, () => words.ToColumn(column.Name), name, "words");
            if (column.Levels is not { } levels)
                continue;
            if (column.Filling is not null)
                throw new ModelFormatException($"'{name}' has a filling and levels: it must be a column of numbers or a text column.");
            if (CategoricalColumn.Objection(levels) is { } objection)
                throw new ModelFormatException($"'{name}': {objection}");
            RequireStrings(levels, $"{name}.levels");
        }

        return FeatureEncoding.TryCreate([.. columns.Select(column => column.ToColumn())], document.Sparse == true, out string? clash)
            ?? throw new ModelFormatException($"'columns': {clash}");
    }

    private static void RequireAlone(ModelColumn column, Func<object> create, string name, string kind)
    {
        if (column.Filling is not null || column.Levels is not null)
            throw new ModelFormatException($"'{name}' has '{kind}' and a filling or levels: a column has one kind.");
        if (column.Date is not null && column.Words is not null)
            throw new ModelFormatException($"'{name}' has 'date' and 'words': a column has one kind.");
        RequireCreates(create, $"{name}.{kind}");
    }

    private static void RequireCreates(Func<object> create, string name)
    {
        try
        {
            create();
        }
        catch (ArgumentException e)
        {
            string problem = e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
            throw new ModelFormatException($"'{name}': {problem}", e);
        }
    }

    private static void RequireIntervals(ModelDocument document, ModelIntervals intervals, int features)
    {
        if (document.Kind != nameof(LinearRegression) || document.Weights.Length > 1)
            throw new ModelFormatException($"'intervals' is not null: only a {nameof(LinearRegression)} with one target has intervals.");
        RequireFinite(intervals.ResidualDeviation, "intervals.residualDeviation");
        if (intervals.ResidualDeviation < 0)
            throw new ModelFormatException(
                Format.Text($"'intervals.residualDeviation' is {intervals.ResidualDeviation}: it must be at least 0."));
        if (intervals.DegreesOfFreedom < 1)
            throw new ModelFormatException(
                Format.Text($"'intervals.degreesOfFreedom' is {intervals.DegreesOfFreedom}: it must be at least 1."));
        RequireLength(intervals.Exponents.Length, features, "intervals.exponents");
        RequireLength(intervals.Centers.Length, features, "intervals.centers");
        RequireFinite(intervals.Centers, "intervals.centers");
        int columns = features + (document.Intercept ? 1 : 0);
        for (int k = 0; k < intervals.Root.Length; k++)
        {
            string name = Format.Text($"intervals.root[{k}]");
            if (intervals.Root[k] is not { } row)
                throw new ModelFormatException($"'{name}' is null: it must be an array.");
            if (row.Length > columns)
                throw new ModelFormatException(Format.Text($"'{name}' has {row.Length} entries: it must have at most {columns}."));
            RequireFinite(row, name);
        }
    }

    public static void RequireMethod(ModelDocument document)
    {
        if (document.Loss is null != document.Scaling is null || document.Loss is null != document.TargetScaling is null)
            throw new ModelFormatException("One of 'loss', 'scaling' and 'targetScaling' is null: all or none must be null.");
        if (document.Loss is null && document.Penalty is not null)
            throw new ModelFormatException("'penalty' is not null, but 'loss' is null: a penalty requires a loss.");
        RequireText(document.Loss ?? "", "loss");
        RequireText(document.Penalty ?? "", "penalty");
        RequireOneOf(Enum.GetValues<FeatureScaling>(), document.Scaling, "scaling");
        RequireOneOf(Enum.GetValues<FeatureScaling>().Where(FitMethod.CanScaleTargets), document.TargetScaling, "targetScaling");
    }

    public static void RequireOneOf<T>(IEnumerable<T> values, string? text, string name) where T : notnull
    {
        string?[] known = [.. values.Select(value => value.ToString())];
        if (text is not null && !known.Contains(text))
            throw new ModelFormatException($"'{name}' is '{Format.Clip(text)}': it must be null or one of {string.Join(", ", known)}.");
    }

    public static void RequireLabels(ModelDocument document, bool mayHaveLabels, int classes)
    {
        RequireOneOf(LabelText.TypeNames, document.LabelType, "labelType");
        if (document.LabelType is null != document.Labels is null)
            throw new ModelFormatException("One of 'labelType' and 'labels' is null: both or none must be null.");
        if (document.Labels is not { } labels)
            return;
        if (!mayHaveLabels)
            throw new ModelFormatException($"'labels' is not null: a {document.Kind} has none.");
        RequireLength(labels.Length, classes, "labels");
        RequireStrings(labels, "labels");
        if (Guard.Twice(labels) is { } twice)
            throw new ModelFormatException($"'labels' has '{Format.Clip(twice)}' twice: each class needs its own label.");
    }

    public static void RequireAtLeast(int length, int least, string name)
    {
        if (length < least)
            throw new ModelFormatException(Format.Text($"'{name}' has {length} entries: it must have at least {least}."));
    }

    public static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ModelFormatException(Format.Text($"'{name}' has {length} entries: it must have {expected}."));
    }

    public static void RequireStrings(string[] strings, string name)
    {
        if (Array.IndexOf(strings, null) is var index and >= 0)
            throw new ModelFormatException(Format.Text($"'{name}[{index}]' is null: it must be a string."));
        if (Array.FindIndex(strings, text => text.Length > LabelText.MaxLength) is var tooLong and >= 0)
            RequireText(strings[tooLong], Format.Text($"{name}[{tooLong}]"));
    }

    private static void RequireText(string text, string name)
    {
        if (text.Length > LabelText.MaxLength)
            throw new ModelFormatException(
                Format.Text($"'{name}' has {text.Length} characters: at most {LabelText.MaxLength} are allowed."));
    }

    public static void RequireFinite(double[] numbers, string name)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.IsFinite(numbers[i]))
                RequireFinite(numbers[i], Format.Text($"{name}[{i}]"));
        }
    }

    private static void RequireFinite(double number, string name)
    {
        if (!double.IsFinite(number)) // the JSON number 1e999 is read as infinity
            throw new ModelFormatException(Format.Text($"'{name}' is {number}: every number must be finite."));
    }
}
