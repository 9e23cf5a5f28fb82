using System.CommandLine;
using System.CommandLine.Parsing;
using GradientDescent.Arrow;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd convert</c>, which makes an Arrow file that programs map instead of loading it.</summary>
internal sealed class ConvertCommand
{
    private readonly Argument<string> _file = new(CsvFormatOptions.FileName)
    {
        Description = "A CSV file of numbers, or a Parquet file if its name ends with .parquet. All columns except targets and weights are "
            + "features.",
    };
    private readonly Argument<string> _output = new("OUT.arrow") { Description = "The file to write." };
    private readonly Option<string[]> _targets = new("--target")
    {
        Description = "The column to predict. Can be repeated.",
        HelpName = "COLUMN",
        Required = true,
    };
    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "The column with the weights of the samples.",
        HelpName = "COLUMN",
    };
    private readonly Option<bool> _float = new("--float") { Description = "Stores features in float, with half the space of double." };
    private readonly CsvFormatOptions _csv = new();

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd convert houses.csv houses.arrow --target price",
        "gd convert clicks.parquet clicks.arrow --target clicked --float",
    ];

    public static Command Create(TextWriter error)
    {
        var convert = new ConvertCommand();
        var command = new Command(
            "convert", "Make an Arrow file of a CSV or Parquet file of numbers, in one pass. gd fit and ArrowDataset.Open map it.")
        {
            convert._file, convert._output, convert._targets, convert._weights, convert._float,
        };
        convert._csv.AddTo(command);
        command.Validators.Add(convert.Check);
        command.SetAction(parsed => convert.Run(parsed, error));
        return command;
    }

    private void Check(CommandResult result)
    {
        foreach (Symbol symbol in new Symbol[] { _file, _output })
        {
            if (result.TextOf(symbol) is { } path && Arguments.PathProblem(symbol.Name, path) is { } problem)
                result.AddError(problem);
        }

        if (result.TextOf(_output) is { Length: > 0 } output && result.NamesSameFile(_file, output))
            result.AddError($"OUT.arrow is '{output}', the input file: it would be overwritten.");
        _csv.Check(result);
    }

    private int Run(ParseResult parsed, TextWriter error)
    {
        string file = parsed.GetValue(_file)!, output = parsed.GetValue(_output)!;
        string[] targets = parsed.GetValue(_targets)!;
        string? weights = parsed.GetValue(_weights);
        NumericPrecision precision = parsed.GetValue(_float) ? NumericPrecision.Single : NumericPrecision.Double;
        Arguments.RefuseDirectory(file, "file of data");
        Arguments.RefuseDirectory(output, "file to write");
        Arguments.RequireFolder("OUT.arrow", output);
        try
        {
            if (FileKind.IsParquet(file))
                ArrowDataset.ConvertParquet(file, output, targets, weights, precision);
            else
                ArrowDataset.ConvertCsv(file, output, targets, CsvFormatOptions.Of(parsed) with { Weights = weights }, precision);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException(Arguments.MessageOf(e), e);
        }
        catch (InvalidDataException e) when (!CsvHint.HasProposals(e))
        {
            e.Data[CsvHint.LastSentenceKey] = "gd convert takes files of numbers; gd fit encodes text.";
            throw;
        }

        using var data = ArrowDataset.Open(output);
        error.WriteLine($"gd: '{TextLayout.OneLine(output)}' has {data.Data}.");
        return ExitCode.Success;
    }
}
