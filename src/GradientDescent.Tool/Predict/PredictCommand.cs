using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd predict</c>, which predicts with a saved model on new data.</summary>
internal sealed class PredictCommand
{
    private const int MaxListedColumns = 5;

    private readonly Argument<string> _model = new("MODEL.json")
    {
        Description = "A model file of gd fit, or of a program that uses this library.",
    };
    private readonly Argument<string> _file = new(CsvFormatOptions.FileName)
    {
        Description = "Data with the columns of the model, in any order; other columns are ignored. "
            + "Text and missing values are encoded as in gd fit.",
    };
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints JSON with the probabilities of all classes instead of CSV.",
    };
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
        "gd predict price.json new.csv --output prices.csv",
        "gd predict price.json neu.csv --delimiter \";\" --decimal \",\"",
    ];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var predict = new PredictCommand();
        var command = new Command(
            "predict",
            "Predict a number, or a class and its probability, for each row of a CSV file. "
            + "The output has the delimiter and the decimal separator of the file.")
        {
            predict._model, predict._file, predict._output, predict._json,
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
            if (result.TextOf(symbol) is { } path && Arguments.PathProblem(symbol.Name, path) is { } problem)
                result.AddError(problem);
        }

        if (result.TextOf(_output) is { Length: > 0 } output
            && new Symbol[] { _model, _file }.Any(input => result.NamesSameFile(input, output)))
        {
            result.AddError($"--output is '{output}', an input file: it would be overwritten.");
        }

        _csv.Check(result);
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error)
    {
        CsvOptions format = CsvFormatOptions.Of(parsed);
        string model = parsed.GetValue(_model)!, file = parsed.GetValue(_file)!;
        Arguments.RefuseDirectory(model, "model file");
        Arguments.RefuseDirectory(file, "CSV file");
        if (parsed.GetValue(_output) is { } target)
        {
            Arguments.RefuseDirectory(target, "file to write");
            Arguments.RequireFolder(_output.Name, target);
        }

        var predictions = Predictions.Of(ModelFile.Load(model), CsvTable.Read(file, format));
        if (!predictions.Ignored.IsEmpty)
        {
            string names = string.Join(", ", predictions.Ignored.Take(MaxListedColumns).Select(TextLayout.Quote));
            error.WriteLine($"gd: columns ignored: {names}{(predictions.Ignored.Length > MaxListedColumns ? ", ..." : "")}.");
        }

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

        return ExitCode.Success;

        void Write(TextWriter writer)
        {
            if (parsed.GetValue(_json))
                predictions.WriteJson(writer);
            else
                predictions.WriteCsv(writer, format);
        }
    }
}
