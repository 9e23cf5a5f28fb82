using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GradientDescent.DataView;

/// <summary>Reads columns of a view into a data set, by one pass of one cursor.</summary>
internal sealed class ViewReader
{
    private readonly IDataView _view;
    private readonly ImmutableArray<DataViewSchema.Column> _features;
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column? _weight;
    private readonly ImmutableArray<string> _names;

    /// <exception cref="ArgumentException">A column is of a type that cannot be used, or named twice.</exception>
    public ViewReader(
        IDataView view, ImmutableArray<DataViewSchema.Column> features, DataViewSchema.Column label, DataViewSchema.Column? weight)
    {
        (_view, _features, _label, _weight) = (view, features, label, weight);
        if (features.IsEmpty)
            throw new ArgumentException("There are no columns of features: at least one is needed.", nameof(features));
        foreach (DataViewSchema.Column column in features)
        {
            RequireNumbers(column, nameof(features), isOne: false);
            if (column.Index == label.Index || column.Index == weight?.Index)
                throw new ArgumentException($"Column '{column.Name}' is a feature and the label or weight.", nameof(features));
        }

        if (features.DistinctBy(column => column.Index).Count() < features.Length)
            throw new ArgumentException("A column of features is named twice: names must differ.", nameof(features));
        if (label.Type is not KeyDataViewType)
            RequireNumbers(label, nameof(label), isOne: true);
        if (weight is { } weights)
            RequireNumbers(weights, nameof(weight), isOne: true);
        _names = [.. features.SelectMany(column => ViewColumns.NumberNames(column))];
    }

    private IEnumerable<DataViewSchema.Column> Columns => _weight is { } weight ? [.. _features, _label, weight] : [.. _features, _label];

    /// <exception cref="InvalidDataException">There are no rows, or a value is missing or not valid.</exception>
    public Dataset Read()
    {
        foreach (DataViewSchema.Column column in Columns)
            FrameNulls.Refuse(_view, column);

        int width = _names.Length, capacity = (int)Math.Clamp(_view.GetRowCount() ?? 64, 1, Array.MaxLength / width), count = 0;
        double[] features = new double[capacity * width], targets = new double[capacity];
        double[]? weights = _weight is null ? null : new double[capacity];
        using (DataViewRowCursor cursor = _view.GetRowCursor(Columns))
        {
            (NumberReader Reader, int Count)[] readers =
                [.. _features.Select(column => (NumberReader.Create(cursor, column), NumberReader.CountOf(column.Type)))];
            NumberReader label = NumberReader.Create(cursor, _label);
            NumberReader? weight = _weight is { } column ? NumberReader.Create(cursor, column) : null;
            for (; cursor.MoveNext(); count++)
            {
                if (count == targets.Length)
                    Resize((int)Math.Min(2L * count, Array.MaxLength / width));
                Span<double> row = features.AsSpan(count * width, width);
                foreach ((NumberReader reader, int numbers) in readers)
                {
                    reader.Read(row[..numbers]);
                    row = row[numbers..];
                }

                label.Read(targets.AsSpan(count, 1));
                weight?.Read(weights.AsSpan(count, 1));
                Check(count, features.AsSpan(count * width, width), targets[count], weights is null ? 1 : weights[count]);
            }
        }

        if (count == 0)
            throw new InvalidDataException("The view has no rows: at least one is needed.");
        if (weights is not null && !weights.AsSpan(0, count).ContainsAnyExcept(0))
            throw new InvalidDataException($"All weights of column '{_weight!.Value.Name}' are 0: at least one must be greater.");
        if (count < targets.Length)
            Resize(count);
        var data = Dataset.From(features, width, targets, weights, _names, copy: false);
        return _features.All(column => NumberReader.IsSingle(column.Type)) ? data.WithPrecision(NumericPrecision.Single) : data;

        void Resize(int rows)
        {
            if (rows == targets.Length)
                throw new InvalidDataException(FormattableString.Invariant(
                    $"The view has more than {count} rows of {width} features: they do not fit into one data set."));
            Array.Resize(ref features, rows * width);
            Array.Resize(ref targets, rows);
            if (weights is not null)
                Array.Resize(ref weights, rows);
        }
    }

    private void Check(int row, ReadOnlySpan<double> features, double target, double weight)
    {
        for (int i = 0; i < features.Length; i++)
        {
            if (!double.IsFinite(features[i]))
                throw Error(row, FeatureAt(i), features[i], "it must be finite");
        }

        if (!double.IsFinite(target))
        {
            throw _label.Type is KeyDataViewType
                ? new InvalidDataException(FormattableString.Invariant(
                    $"Row {row}, column '{_label.Name}' has the key 0, which means a missing value: each row needs a class."))
                : Error(row, $"'{_label.Name}'", target, "it must be finite");
        }

        if (!double.IsFinite(weight) || weight < 0)
            throw Error(row, $"'{_weight!.Value.Name}'", weight, "a weight must be finite and at least 0");
    }

    /// <summary>Returns the name of the column of a feature and, in a vector, that of the slot.</summary>
    private string FeatureAt(int feature)
    {
        int start = 0;
        foreach (DataViewSchema.Column column in _features)
        {
            int end = start + NumberReader.CountOf(column.Type);
            if (feature < end)
                return column.Type is VectorDataViewType ? $"'{column.Name}', slot '{_names[feature]}'," : $"'{column.Name}'";
            start = end;
        }

        return $"'{_names[feature]}'";
    }

    private static InvalidDataException Error(int row, string column, double value, string rule)
    {
        string missing = double.IsNaN(value) ? ", a missing value" : "";
        return new InvalidDataException(FormattableString.Invariant($"Row {row}, column {column} is {value}{missing}: {rule}."));
    }

    private static void RequireNumbers(DataViewSchema.Column column, string argument, bool isOne)
    {
        if (isOne && column.Type is VectorDataViewType)
            throw new ArgumentException($"Column '{column.Name}' is a vector: {argument} must be a column of single numbers.", argument);
        if (NumberReader.CountOf(column.Type) > 0)
            return;
        string advice = column.Type switch
        {
            TextDataViewType when argument == "label" => "make keys of it by MapValueToKey, or read ToCsvTable()",
            TextDataViewType => "leave it out of features, or encode it: FeatureEncoding.From(view.ToCsvTable())",
            KeyDataViewType => "keys are not quantities, so map them to vectors by MapKeyToVector",
            VectorDataViewType { IsKnownSize: false } => "the size of a vector must be fixed",
            _ => "it must be of numbers or bool, or a vector of them",
        };
        throw new ArgumentException($"Column '{column.Name}' is {column.Type}: {advice}.", argument);
    }
}
