using System.Text;

namespace GradientDescent.Tests.Tool;

/// <summary>Files as people have them: each goes through fit, predict and compare without another tool.</summary>
public sealed class MessyFilesTests : IDisposable
{
    private const int RowCount = 24;

    /// <summary>The format of each file: options of all commands.</summary>
    private static readonly Dictionary<string, (string Target, string[] Format, string[] Columns, Func<int, string> Row, string Header)>
        _files = new()
        {
            ["passengers"] = (
                "fare", [], ["--auto"],
                i => $"{i},\"Doe, {i}\",{(i % 2 == 0 ? "male" : "female")},{(i % 5 == 0 ? "" : $"{20 + i}")},C{i},{10 + i}.5",
                "PassengerId,Name,Sex,Age,Cabin,fare"),
            ["German export with dates"] = (
                "preis", ["--delimiter", ";", "--decimal", ",", "--thousands", ".", "--date-format", "d.M.yyyy"],
                ["--as", "verkauft=days+month"],
                i => $"{50 + i},5;{1 + i}.{1 + i % 3}.2024;1.{100 + i},00",
                "fläche;verkauft;preis"),
            ["dollars and percent"] = (
                "price", ["--mark", "$", "--mark", "%", "--thousands", ","], [],
                i => $"\"$1,{200 + i}\",{i % 9}%,{3 * i}",
                "rent,rate,price"),
            ["first line of Excel"] = (
                "y", [], ["--drop", "note"],
                i => $"{i};text {i};{i * i}",
                "sep=;\nx;note;y"),
            ["no names"] = (
                "column3", ["--no-header"], [],
                i => $"{i},{i * i % 11},{2 * i}", ""),
            ["words for missing values"] = (
                "y", ["--na", "?", "--na", "-999"], ["--missing", "median"],
                i => $"{(i % 6 == 0 ? "?" : $"{i}")},{(i % 8 == 0 ? "-999" : $"{i % 5}")},{i}",
                "a,b,y"),
            ["months of a report"] = (
                "sales", [], ["--as", "month=days+month"],
                i => $"2023-{1 + i % 12:00},{100 + i}", "month,sales"),
            ["constant and empty columns"] = (
                "y", [], ["--auto"],
                i => $"x,,{i},{i % 4},{5 * i + i % 4}", "unit,comment,row no,size,y"),
            ["rows without a target"] = (
                "y", [], ["--missing", "drop"],
                i => $"{i},{(i % 5 == 3 ? "NA" : $"{i + 1}")},{(i % 7 == 2 ? "" : $"{2 * i}")}", "a,b,y"),
            ["codes that are numbers"] = (
                "rent", [], ["--as", "zip=category", "--missing", "mean"],
                i => $"{10115 + i % 3},{(i % 9 == 4 ? "" : $"{30 + i}")},{500 + 10 * i}", "zip,area,rent"),
            ["names on two lines"] = (
                "price in €", [], ["--encode", "onehot"],
                i => $"{40 + i},{(i % 2 == 0 ? "ja" : "nein")},{100 + i}", "\"Fläche\nm²\",  Balkon ,price in €"),
            ["times with offsets"] = (
                "load", [], ["--as", "at=days+weekday"],
                i => $"2024-03-{1 + i:00}T{i % 24:00}:30:00+01:00,{i % 7 * 10}", "at,load"),
            ["American times"] = (
                "load", ["--date-format", "M/d/yyyy h:mm tt"], ["--as", "at=days+year"],
                i => $"{1 + i % 12}/{1 + i}/{2023 + i % 2} {1 + i % 12}:30 {(i % 2 == 0 ? "AM" : "PM")},{i}", "at,load"),
        };

    private readonly ToolFolder _folder = new();

    public static TheoryData<string> Names => [.. _files.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_PredictAndCompare_TakeTheFile(string name)
    {
        (string target, string[] format, string[] columns, Func<int, string> row, string header) = _files[name];
        string rows = string.Concat(Enumerable.Range(0, RowCount).Select(i => $"{row(i)}\n"));
        string file = _folder.Write("data.csv", (header.Length > 0 ? $"{header}\n" : "") + rows), model = _folder.PathOf("model.json");

        var fit = ToolProcess.Run(["fit", file, "--target", target, "--model", "linear", "--save", model, .. format, .. columns]);
        var predict = ToolProcess.Run(["predict", model, file, "--bad-rows", "empty", "--keep", target, .. format]);
        var compare = ToolProcess.Run(["compare", file, "--target", target, "--epochs", "2", .. format, .. columns]);

        fit.ExitCode.Should().Be(0, fit.Error);
        fit.Output.Should().Contain("Converged");
        fit.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
        predict.ExitCode.Should().Be(0, predict.Error);
        predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(RowCount + 1);
        compare.ExitCode.Should().Be(0, compare.Error);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void Fit_OtherEncodings_AreRead(string encoding)
    {
        string file = _folder.PathOf("data.csv");
        File.WriteAllText(file, "größe,y\n1,2\n2,4\n3,7\n", Encoding.GetEncoding(encoding));

        ToolProcess.Run("fit", file, "--target", "y").Output.Should().Contain("größe");
    }
}
