using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>Computes the features of the rows of a table.</summary>
internal sealed class TableEncoder
{
    private readonly ImmutableArray<FeatureColumn> _columns;
    private readonly CsvTable _table;
    private readonly ImmutableArray<string> _others;
    private readonly TableColumn[] _fields;
    private readonly bool[] _areNumeric;
    private readonly int[] _featureCounts;
    private readonly FeatureRow _row = new();

    /// <param name="columns">The columns of the encoding.</param>
    /// <param name="table">The table that contains the rows.</param>
    /// <param name="others">The other columns of numbers that the caller reads: options that a message names must not change them.</param>
    /// <exception cref="InvalidDataException">A column is not in the table, or its points can be read in two ways.</exception>
    public TableEncoder(ImmutableArray<FeatureColumn> columns, CsvTable table, params ImmutableArray<string> others)
    {
        (_columns, _table, _others) = (columns, table, others);
        table.RequireColumns(columns.Select(column => column.Name));
        foreach (NumericColumn column in columns.OfType<NumericColumn>())
            table.RequireOneReading(column.Name);
        _fields = [.. columns.Select(column => table[column.Name])];
        _areNumeric = [.. columns.Select(column => column is NumericColumn)];
        _featureCounts = [.. columns.Select(column => column.FeatureCount)];
    }

    /// <summary>Computes the features of one row. They are valid until the next row is computed.</summary>
    /// <param name="row">The index of the row.</param>
    /// <exception cref="InvalidDataException">A field is not valid; the message names the options that read its column.</exception>
    public FeatureRow Encode(int row)
    {
        if (Problem(row) is not { } problem)
            return _row;
        string name = _columns[problem.Column].Name;
        throw _columns[problem.Column] is NumericColumn && !_fields[problem.Column].IsMissing(row)
            ? _table.Only([.. _columns.Select(column => column.Name), .. _others]).NumberErrorAt(row, name)
            : _table.ErrorAt(row, name, problem.Objection);
    }

    /// <summary>Computes the features of one row. They are 0 if a field is not valid.</summary>
    /// <param name="row">The index of the row.</param>
    /// <param name="objection">
    /// What is wrong with the first field that is not valid, with its line and column, or <see langword="null"/>.
    /// </param>
    public FeatureRow Encode(int row, out string? objection)
    {
        objection = null;
        if (Problem(row) is not { } problem)
            return _row;
        objection = _table.ErrorAt(row, _columns[problem.Column].Name, problem.Objection).Message;
        _row.Clear();
        return _row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // it runs once per row
    private (int Column, string Objection)? Problem(int row)
    {
        _row.Clear();
        for (int i = 0; i < _fields.Length; i++)
        {
            if (_areNumeric[i] && double.IsFinite(_fields[i].Number(row)))
                _row.Add(0, _fields[i].Number(row));
            else if (_columns[i].Encode(_fields[i][row], _table.Fields, _row) is { } objection)
                return (i, objection);
            _row.FirstOfColumn += _featureCounts[i];
        }

        return null;
    }
}
