using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The arguments that name a file to learn from, its target, and how its columns become numbers.</summary>
internal sealed class DataArguments
{
    private const string FileName = CsvFormatOptions.FileName, TargetName = "--target";

    private readonly Argument<string?> _file;
    private readonly Option<string?> _target = new(TargetName)
    {
        Description = "The column to predict. Not for a LIBSVM file, whose lines begin with it.",
        HelpName = "COLUMN",
    };
    private readonly TableOptions _table = new();
    private readonly CsvFormatOptions _csv = new();

    /// <param name="otherwise">A sentence about the command without a file; <see langword="null"/>: it needs one.</param>
    public DataArguments(string? otherwise = null)
    {
        _file = new(FileName)
        {
            Description = "A CSV file with column names in the first line; all columns except the target are features. Or an Arrow file "
                + "(.arrow, see gd convert), which may be larger than memory, or a LIBSVM file (.svm, .libsvm or .svmlight). "
                + (otherwise ?? "- reads CSV from standard input."),
            Arity = otherwise is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
    }

    /// <summary>The name of the file, for checks that no other argument names it.</summary>
    public Symbol File => _file;

    /// <summary>Adds the file and the target, which come first in the help.</summary>
    public void AddFileTo(Command command)
    {
        command.Add(_file);
        command.Add(_target);
    }

    /// <summary>Adds the options for columns and for the format, which come last in the help.</summary>
    public void AddColumnsTo(Command command)
    {
        _table.AddTo(command);
        _csv.AddTo(command);
    }

    public void Check(CommandResult result)
    {
        _csv.Check(result);
        bool hasTarget = result.GetResult(_target) is not null;
        if (result.TextOf(_file) is not { } path)
        {
            bool needsFile = _file.Arity.MinimumNumberOfValues > 0;
            if (hasTarget && !needsFile)
                result.AddError($"{TargetName} needs a {FileName}.");
            else if (!hasTarget && needsFile)
            {
                result.AddError(Arguments.Missing(_file)); // because an error in a validator hides those of missing arguments
                result.AddError(Arguments.Missing(_target));
            }

            return;
        }

        if (CsvInput.PathProblem(path) is { } problem)
            result.AddError(problem);
        else if (FileKind.IsOfNumbers(path))
            CheckNumberFile(result, path, hasTarget);
        else if (!hasTarget)
            result.AddError(Arguments.Missing(_target));
    }

    /// <summary>Reads the samples, or returns <see langword="null"/> if the user named no file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">The model that the user named, or <see langword="null"/> to choose it from the target.</param>
    /// <param name="positive">The positive label that the user named, or <see langword="null"/>.</param>
    /// <param name="trainingRows">Returns the rows to learn means from, when the target is known; default: all.</param>
    /// <exception cref="InvalidDataException">The file is not valid; the message names the place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public TrainingData? Read(
        ParseResult parsed, string? model, string? positive = null, Func<TargetColumn, ImmutableArray<int>>? trainingRows = null)
    {
        string? path = parsed.GetValue(_file), target = parsed.GetValue(_target);
        return path is null ? null
            : FileKind.IsOfNumbers(path) ? ReadNumbers(path, target, model, positive)
            : ReadTable(parsed, path, target!, model, positive, trainingRows);
    }

    private void CheckNumberFile(CommandResult result, string path, bool hasTarget)
    {
        if (hasTarget && FileKind.IsLibSvm(path))
            result.AddError($"{TargetName} does not apply to '{path}': each line of a LIBSVM file begins with the target.");
        FileKind.Refuse(result, path, _table.Options.Concat(_csv.Options));
    }

    private static TrainingData ReadNumbers(string path, string? target, string? model, string? positive)
    {
        Dataset data = NumberFile.Read(path, target);
        string source = Path.GetFileName(path);
        double[] values = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])];
        var column = TargetColumn.OfNumbers(source, data.TargetNames[0], values, model, positive);
        return new(source, column, column.IsClass ? data.WithTargets(column.Values, column.Name) : data, [.. column.Notes]);
    }

    /// <summary>Reads a CSV file. Its text is garbage when this method returns.</summary>
    private TrainingData ReadTable(
        ParseResult parsed, string path, string target, string? model, string? positive,
        Func<TargetColumn, ImmutableArray<int>>? trainingRows)
    {
        TableSettings columns = _table.Of(parsed);
        CsvTable table = columns.Choose(CsvInput.Read(path, CsvFormatOptions.Of(parsed)), target, out ImmutableArray<string> notes);
        var column = TargetColumn.Of(table, target, model, positive);
        ImmutableArray<int> rows = trainingRows is null ? default : Arguments.OnData(table.Source, () => trainingRows(column));
        var features = EncodedFeatures.Of(table.Without(column.Name), column.Name, column.Values, columns, rows);
        return new(table.Source, column, features.Data, [.. notes, .. column.Notes, .. features.Notes]);
    }
}
