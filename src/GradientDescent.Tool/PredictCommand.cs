using System.CommandLine;

namespace GradientDescent.Tool;

/// <summary><c>gd predict</c>: a saved model on new data.</summary>
internal static class PredictCommand
{
    private const int MaxNamed = 5;

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd fit houses.csv --target price --save price.json",
        "gd predict price.json new.csv",
        "gd predict price.json new.csv --output prices.csv",
        "gd predict price.json neu.csv --delimiter \";\" --decimal \",\"",
    ];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var model = new Argument<string>("MODEL.json") { Description = "What gd fit has saved, or a program with this library." };
        var file = new Argument<string>(CsvFormat.FileName) { Description = "Data with the model's columns, found by name in any order; others are ignored. Texts and missing values become what they became in gd fit." };
        var json = new Option<bool>("--json") { Description = "JSON instead of CSV, with the probabilities of all classes." };
        var target = new Option<string?>("--output") { Description = "The file to write; unset, the predictions are printed.", HelpName = "FILE" };
        var csv = new CsvFormat();
        var command = new Command("predict", "Predict each row of a CSV file: a number, or a class and its probability. The CSV printed has the file's delimiter and decimals.") { model, file, target, json };
        csv.AddTo(command);
        command.Validators.Add(result =>
        {
            foreach (Symbol symbol in new Symbol[] { model, file, target })
            {
                if (result.TextOf(symbol) is { } path && Arguments.Complaint(symbol.Name, path) is { } complaint)
                    result.AddError(complaint);
            }

            if (result.TextOf(target) is { Length: > 0 } written
                && new Symbol[] { model, file }.Any(read => result.TextOf(read) is { Length: > 0 } path && Path.GetFullPath(path) == Path.GetFullPath(written)))
                result.AddError($"--output is '{written}', which is read: it would be lost.");
            csv.Check(result);
        });
        command.SetAction(parsed =>
        {
            CsvOptions format = csv.Of(parsed);
            Arguments.RefuseDirectory(parsed.GetValue(model)!, "model file");
            Arguments.RefuseDirectory(parsed.GetValue(file)!, "CSV file");
            var predictions = Predictions.Of(ModelFile.Load(parsed.GetValue(model)!), CsvTable.Read(parsed.GetValue(file)!, format));
            if (!predictions.Ignored.IsEmpty)
                error.WriteLine($"gd: columns ignored: {string.Join(", ", predictions.Ignored.Take(MaxNamed).Select(TextLayout.Shown))}{(predictions.Ignored.Length > MaxNamed ? ", ..." : "")}.");
            if (parsed.GetValue(target) is not { } path)
            {
                Write(output);
                return CommandLine.Success;
            }

            using var written = new StreamWriter(path) { NewLine = "\n" };
            Write(written);
            return CommandLine.Success;

            void Write(TextWriter writer)
            {
                if (parsed.GetValue(json))
                    predictions.WriteJson(writer);
                else
                    predictions.WriteCsv(writer, format);
            }
        });
        return command;
    }
}
