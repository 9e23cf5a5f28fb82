using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd predict</c>, which predicts with a saved model on new data.</summary>
internal sealed class PredictCommand
{
    private const int MaxListedColumns = 5, MaxListedProblems = 5;
    private const string All = "all", Empty = "empty", Drop = "drop";

    private readonly Argument<string> _model = new("MODEL.json")
    {
        Description = "A model file of gd fit, or of a program that uses this library.",
    };
    private readonly Argument<string> _file = new(CsvFormatOptions.FileName)
    {
        Description = "Data with the columns of the model, in any order; other columns are ignored. "
            + "Text and missing values are encoded as in gd fit. - reads standard input. Or an Arrow file (.arrow) or LIBSVM file (.svm) "
            + "with the features of the model.",
    };
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints JSON with the probabilities of all classes instead of CSV.",
    };
    private readonly Option<string[]> _keep = new("--keep")
    {
        Description = "Columns of the file to write before the prediction, separated by commas, such as identifiers, or all.",
        HelpName = "COLUMNS",
    };
    private readonly Option<bool> _probabilities = new("--probabilities")
    {
        Description = "Writes the probability of each class, not only that of the predicted one.",
    };
    private readonly Option<double?> _interval = Arguments.Number(
        "--interval", level => level is > 0 and < 1, "greater than 0 and less than 1",
        "Writes the interval in which a new sample lies with this probability, such as 0.95. The model must be linear.");
    private readonly Option<string?> _badRows = Arguments.Word(
        "--bad-rows", "HOW", [Empty, Drop],
        "What to do with rows that cannot be predicted: empty gives them no prediction, drop leaves them out. Both go on and report "
        + "them. Without it, the first one is an error.");
    private readonly Option<string?> _output = new("--output")
    {
        Description = "The file to write. Default: standard output.",
        HelpName = "FILE",
    };
    private readonly CsvFormatOptions _csv = new();

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd fit houses.csv --target price --save price.json",
        "gd predict price.json new.csv",
        "gd predict price.json new.csv --output prices.csv --keep id",
        "gd predict price.json new.csv --interval 0.95",
        "gd predict species.json new.csv --probabilities --bad-rows empty",
        "gd predict price.json neu.csv --delimiter \";\" --decimal \",\"",
    ];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var predict = new PredictCommand();
        var command = new Command(
            "predict",
            "Predict a number, or a class and its probability, for each row of a file. "
            + "A CSV file is read as that of the fit was, unless an option says otherwise. "
            + "The output has its delimiter and decimal separator.")
        {
            predict._model, predict._file, predict._output, predict._json, predict._keep, predict._probabilities, predict._interval,
            predict._badRows,
        };
        predict._csv.AddTo(command);
        command.Validators.Add(predict.Check);
        command.SetAction(parsed => predict.Run(parsed, output, error));
        return command;
    }

    private void Check(CommandResult result)
    {
        foreach (Symbol symbol in new Symbol[] { _model, _file, _output })
        {
            if (result.TextOf(symbol) is { } path && ProblemOf(symbol, path) is { } problem)
                result.AddError(problem);
        }

        if (result.TextOf(_output) is { Length: > 0 } output
            && new Symbol[] { _model, _file }.Any(input => result.NamesSameFile(input, output)))
        {
            result.AddError($"--output is '{output}', an input file: it would be overwritten.");
        }

        if (result.TextOf(_file) is { } data && FileKind.IsOfNumbers(data))
            FileKind.Refuse(result, data, [_keep, _badRows, .. _csv.Options]);
        _csv.Check(result);

        string? ProblemOf(Symbol symbol, string path) =>
            symbol == _file ? CsvInput.PathProblem(path) : Arguments.PathProblem(symbol.Name, path);
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error)
    {
        string model = parsed.GetValue(_model)!;
        Arguments.RefuseDirectory(model, "model file");
        if (parsed.GetValue(_output) is { } target)
        {
            Arguments.RefuseDirectory(target, "file to write");
            Arguments.RequireFolder(_output.Name, target);
        }

        ModelFile file = Load(model, parsed.GetValue(_file)!);
        PredictionWriter result = Predict(parsed, file);
        Report(result, error);
        if (parsed.GetValue(_output) is { } path)
        {
            AtomicFile.Write(path, file =>
            {
                using var writer = new StreamWriter(file, leaveOpen: true) { NewLine = "\n" };
                Write(writer);
            });
        }
        else
        {
            Write(output);
        }

        bool hasNone = Array.TrueForAll([.. result.Predictions.Rows], row => row.Problem is not null);
        return hasNone ? ExitCode.DataError : ExitCode.Success;

        void Write(TextWriter writer)
        {
            if (parsed.GetValue(_json))
                result.WriteJson(writer);
            else
                result.WriteCsv(writer);
        }
    }

    /// <exception cref="InvalidDataException">The file is not a model file, and what it is can be said.</exception>
    private static ModelFile Load(string model, string file)
    {
        try
        {
            return ModelFile.Load(model);
        }
        catch (ModelFormatException e) when (HasExtension(model, ".onnx"))
        {
            throw new InvalidDataException(
                $"'{model}' is a model for ONNX Runtime. gd predict reads what gd fit --save writes to a name that ends with .json.", e);
        }
        catch (ModelFormatException e) when (HasExtension(file, ".json") && !HasExtension(model, ".json"))
        {
            throw new InvalidDataException(
                $"'{model}' is not a model file. The model comes first: gd predict {TextLayout.Quote(file)} {TextLayout.Quote(model)}", e);
        }

        static bool HasExtension(string path, string extension) =>
            Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a file as the samples of the fit were read, unless an option says otherwise, and predicts its rows.</summary>
    private PredictionWriter Predict(ParseResult parsed, ModelFile model)
    {
        string path = parsed.GetValue(_file)!;
        double? level = parsed.GetValue(_interval);
        if (FileKind.IsOfNumbers(path))
            return WriterOf(parsed, Arguments.OnData(path, () => Predictions.Of(model, NumberFile.Read(path, model), level)), new(), []);
        CsvOptions format = CsvFormatOptions.Of(parsed, model.Csv);
        try
        {
            CsvTable table = CsvInput.Read(path, format);
            bool allowsBadRows = parsed.GetValue(_badRows) is not null;
            string[] kept = parsed.GetValue(_keep) ?? [];
            IEnumerable<string> names = kept is [All] && !table.Headers.Contains(All) ? table.Headers : ColumnNames.NamesIn(table, kept);
            var predictions = Predictions.Of(model, table, allowsBadRows, level);
            return WriterOf(parsed, predictions, table.Options, [.. names.Select(name => (name, table.Column(name)))]);
        }
        catch (InvalidDataException e)
        {
            e.Data[CsvHint.FormatKey] = format;
            throw;
        }
    }

    private PredictionWriter WriterOf(
        ParseResult parsed, Predictions predictions, CsvOptions format, ImmutableArray<(string Name, ImmutableArray<string> Fields)> kept)
    {
        bool hasAllProbabilities = parsed.GetValue(_probabilities);
        if (hasAllProbabilities && predictions.Labels.IsEmpty)
            throw new InvalidDataException("--probabilities needs a model of classes: this model predicts a number.");
        var writer = new PredictionWriter(
            predictions,
            format,
            kept,
            hasAllProbabilities,
            HasIntervals: parsed.GetValue(_interval) is not null,
            OmitsBadRows: parsed.GetValue(_badRows) == Drop);
        if (!parsed.GetValue(_json) && kept.Select(column => column.Name).Intersect(writer.OwnColumns).FirstOrDefault() is { } twice)
        {
            throw new InvalidDataException(
                $"--keep has the column '{twice}', and so has the output of gd predict: leave it out, or rename it in the file.");
        }

        return writer;
    }

    /// <summary>Names the columns that are not used, and the rows without a prediction.</summary>
    private static void Report(PredictionWriter result, TextWriter error)
    {
        Predictions predictions = result.Predictions;
        string[] ignored = [.. predictions.Ignored.Except(result.Kept.Select(column => column.Name))];
        if (ignored.Length > 0)
        {
            string names = string.Join(", ", ignored.Take(MaxListedColumns).Select(TextLayout.Quote));
            error.WriteLine($"gd: columns ignored: {names}{(ignored.Length > MaxListedColumns ? ", ..." : "")}.");
        }

        string[] problems = [.. predictions.Rows.Select(row => row.Problem).OfType<string>()];
        foreach (string problem in problems.Take(MaxListedProblems))
            error.WriteLine($"gd: {TextLayout.Message(problem)}");
        if (problems.Length > 0)
        {
            error.WriteLine(FormattableString.Invariant(
                $"gd: rows without a prediction: {problems.Length} of {predictions.Rows.Length}."));
        }
    }
}
