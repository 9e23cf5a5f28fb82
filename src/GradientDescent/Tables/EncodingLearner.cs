using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Makes the encoding of the columns of a table from the fields in it.</summary>
internal sealed partial class EncodingLearner
{
    private const int MaxLevelsOfFewRows = 10, MaxExamples = 3;

    private readonly CsvTable _table;
    private readonly EncodingOptions _options;
    private readonly IReadOnlyDictionary<string, ColumnEncoding> _kinds;

    public EncodingLearner(CsvTable table, EncodingOptions options) =>
        (_table, _options, _kinds) = (table, options, options.CheckedColumns(table));

    private bool FillsMissing => _options.MissingNumbers != MissingNumbers.Refuse;

    private IEnumerable<int> TrainingRows =>
        _options.TrainingRows.IsDefault ? Enumerable.Range(0, _table.RowCount) : _options.TrainingRows;

    /// <summary>Returns the columns of the encoding, and those that it does not use.</summary>
    public (ImmutableArray<FeatureColumn> Columns, ImmutableArray<LeftOutColumn> LeftOut) Learn()
    {
        List<FeatureColumn> columns = [];
        List<LeftOutColumn> leftOut = [];
        foreach (string name in _table.Headers.Where(name => name != _table.Options.Weights))
        {
            ColumnEncoding kind = _kinds.GetValueOrDefault(name);
            if (kind == ColumnEncoding.Automatic && _options.LeaveOutUnusable && Uselessness(name) is { } unusable)
                leftOut.Add(unusable);
            else
                columns.Add(ColumnFor(name, kind == ColumnEncoding.Automatic ? KindOf(name) : kind));
        }

        return columns.Count > 0 || leftOut.Count == 0 ? ([.. columns], [.. leftOut])
            : throw new InvalidDataException(
                $"{_table.Source} has no column that can be a feature: '{leftOut[0].Name}' {leftOut[0].Reason}.");
    }

    private ColumnEncoding KindOf(string name) => _options.LeaveOutUnusable && _table.LooksLikeCodes(name) ? ColumnEncoding.Category
        : _table[name].IsNumeric ? ColumnEncoding.Number
        : _table.IsDates(name) ? ColumnEncoding.Days
        : ColumnEncoding.Category;

    private FeatureColumn ColumnFor(string name, ColumnEncoding kind) => kind switch
    {
        ColumnEncoding.Number => Numeric(name),
        ColumnEncoding.Category => Categorical(name),
        ColumnEncoding.Words => new HashedColumn(name, _options.HashedFeatureCount, _options.PhraseLength),
        _ => Dates(name, kind),
    };

    private NumericColumn Numeric(string name)
    {
        TableColumn column = _table[name];
        if (!column.IsNumeric)
            throw _table.NumberErrorAt(FirstText(_table.Column(name)), name);
        _table.RequireOneReading(name);
        if (column.HasNumbersOnly && !FillsMissing)
            return new NumericColumn(name);
        double[] known = [.. TrainingRows.Select(column.Number).Where(double.IsFinite)];
        if (known.Length > 0 && FillsMissing)
            return new NumericColumn(name, _options.MissingNumbers == MissingNumbers.Mean ? Mean(known) : Median(known));
        int missing = column.FirstMissing();
        string rows = _options.TrainingRows.IsDefault ? "" : " in the training rows";
        string others = known.Length == 0 ? $"; all values of this column{rows} are missing" : "";
        throw _table.ErrorAt(missing, name, $"{_table.Fields.Objection(column[missing])}{others}.");
    }

    private DateColumn Dates(string name, ColumnEncoding parts)
    {
        ImmutableArray<string> fields = _table.Column(name);
        if (Array.FindIndex([.. fields], IsNoDate) is var row and >= 0)
            throw _table.DateErrorAt(row, name);
        DateTimeOffset?[] dates = [.. fields.Select(_table.Fields.Date)];
        DateTimeOffset[] known = [.. TrainingRows.Select(row => dates[row]).OfType<DateTimeOffset>().Order()];
        int missing = Array.IndexOf(dates, null);
        if (known.Length == 0 || (missing >= 0 && !FillsMissing))
        {
            string others = known.Length == 0 ? "; all dates of this column are missing" : "";
            throw _table.ErrorAt(missing, name, $"{_table.Fields.Objection(fields[missing])}{others}.");
        }

        DateTimeOffset[] all = [.. dates.OfType<DateTimeOffset>()];
        ImmutableArray<int> months = [.. all.Select(date => date.Month).Distinct().Order()];
        ImmutableArray<DayOfWeek> weekdays = [.. all.Select(date => date.DayOfWeek).Distinct().OrderBy(DateColumn.OrderOf)];
        bool hasNumber = parts.HasFlag(ColumnEncoding.Days) || parts.HasFlag(ColumnEncoding.Year);
        bool hasLevels = (parts.HasFlag(ColumnEncoding.Month) && months.Length > 1)
            || (parts.HasFlag(ColumnEncoding.Weekday) && weekdays.Length > 1);
        if (!hasNumber && !hasLevels)
            throw new InvalidDataException($"{_table.Source}, column '{FieldText.Shown(name)}' has the same {parts} in every row.");
        return new DateColumn(
            name,
            parts.HasFlag(ColumnEncoding.Days) ? known[0] : null,
            parts.HasFlag(ColumnEncoding.Year),
            parts.HasFlag(ColumnEncoding.Month) ? months : [],
            parts.HasFlag(ColumnEncoding.Weekday) ? weekdays : [],
            FillsMissing ? known[(known.Length - 1) / 2] : null);

        bool IsNoDate(string field) => _table.Fields.Date(field) is null && !_table.IsMissing(field);
    }

    private CategoricalColumn Categorical(string name)
    {
        ImmutableArray<string> fields = _table.Column(name);
        if (!_table[name].IsNumeric && _kinds.GetValueOrDefault(name) == ColumnEncoding.Automatic)
            RefuseNumbers(name, fields);
        string[] levels = LevelsOf(name, fields);
        if (levels.FirstOrDefault(level => _table.IsMissing(level)) is { } missing && !_options.MissingTextIsLevel)
            throw _table.MissingLevelAt(fields.IndexOf(missing), name);
        bool canBeMany = _options.Sparse && _kinds.GetValueOrDefault(name) == ColumnEncoding.Category;
        if (!canBeMany && LooksLikeIdentifier(levels.Length))
        {
            string examples = string.Join(", ", fields.Distinct().Take(MaxExamples).Select(FieldText.Quoted));
            string place = $"{_table.Source}, column '{FieldText.Shown(name)}'";
            throw new InvalidDataException(Format.Text($"{place} has {levels.Length} different values in ") +
                Format.Text($"{fields.Length} rows, such as {examples}: it looks like an identifier, a date or numbers with text. ") +
                "Leave it out, convert it to numbers, or count the words of a text (ColumnEncoding.Words).");
        }

        if (levels.Length > 1 && levels.Length <= _options.MaxLevels)
            return new CategoricalColumn(name, levels);
        string strings = Format.Count(levels.Length, "different string");
        throw new InvalidDataException(
            Format.Text($"{_table.Source}, column '{name}' has {strings}: one-hot encoding takes from 2 to {_options.MaxLevels}."));
    }

    /// <summary>Returns the levels in ordinal order; numbers in ascending order; with the option, missing text is the last level.</summary>
    private string[] LevelsOf(string name, ImmutableArray<string> fields)
    {
        IEnumerable<string> levels = fields.Distinct();
        bool hasMissing = _options.MissingTextIsLevel && _table.MissingCount(name) > 0;
        if (hasMissing)
            levels = levels.Where(level => !_table.IsMissing(level));
        levels = _table[name].IsNumeric
            ? levels.OrderBy(level => _table.NumberOf(level)).ThenBy(level => level, StringComparer.Ordinal)
            : levels.Order(StringComparer.Ordinal);
        return hasMissing ? [.. levels, CategoricalColumn.MissingLevel] : [.. levels];
    }

    /// <summary>Returns the first row whose field is neither a number nor missing.</summary>
    private int FirstText(ImmutableArray<string> fields) =>
        Array.FindIndex([.. fields], field => !_table.IsMissing(field) && _table.NumberOf(field) is null);

    /// <summary>Computes the mean of finite numbers without overflow. The result is within the range of the numbers.</summary>
    private static double Mean(double[] numbers)
    {
        double sum = Reductions.Sum(numbers);
        double mean = double.IsFinite(sum) ? sum / numbers.Length : numbers.Sum(number => number / numbers.Length);
        return Math.Clamp(mean, numbers.Min(), numbers.Max());
    }

    private static double Median(double[] numbers)
    {
        Array.Sort(numbers);
        double low = numbers[(numbers.Length - 1) / 2], high = numbers[numbers.Length / 2];
        return low == high ? low : double.IsFinite(low + high) ? (low + high) / 2 : low / 2 + high / 2;
    }
}
