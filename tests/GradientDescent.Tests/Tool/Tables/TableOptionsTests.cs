using System.Text.Json;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

public sealed class TableOptionsTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string[] Features(params string[] arguments)
    {
        var gd = ToolProcess.Run([.. arguments, "--json"]);
        gd.ExitCode.Should().Be(0, gd.Error);
        using var json = JsonDocument.Parse(gd.Output);
        return [.. json.RootElement.GetProperty("coefficients").EnumerateArray()
            .Select(coefficient => coefficient.GetProperty("name").GetString()!).Skip(1)];
    }

    private string Numbers() => _folder.Write("data.csv", "id,a,\"b,c\",y\n1,1,0,1\n2,2,1,3\n3,3,0,4\n4,5,1,9\n");

    [Fact]
    public void Fit_Features_UsesOnlyThese()
    {
        string file = Numbers();

        Features("fit", file, "--target", "y", "--features", "a").Should().Equal("a");
        Features("fit", file, "--target", "y", "--features", "a,id").Should().Equal("id", "a");
        Features("fit", file, "--target", "y", "--features", "b,c", "--features", "a").Should().Equal("a", "b,c");
        Features("fit", file, "--target", "y", "--features", "a, id", "--drop", "id").Should().Equal("a");
    }

    [Fact]
    public void Fit_Drop_LeavesColumnsOut() => Features("fit", Numbers(), "--target", "y", "--drop", "id,a").Should().Equal("b,c");

    [Theory]
    [InlineData("--drop", "z", "has no column 'z'")]
    [InlineData("--drop", "ID", "Did you mean 'id'?")]
    [InlineData("--features", "a,z", "has no column 'z'")]
    [InlineData("--features", "y", "--features names the target 'y': it cannot be a feature.")]
    [InlineData("--drop", "y", "--drop names the target 'y': it cannot be a feature.")]
    [InlineData("--as", "y=category", "--as names the target 'y': --model says what a target is.")]
    [InlineData("--as", "z=category", "has no column 'z'")]
    [InlineData("--as", "a=days", "column 'a': '1' is not a date such as 2024-01-31.")]
    [InlineData("--drop", "a,id,\"b,c\"", "has no column")]
    public void Fit_WrongColumn_IsRefusedByName(string option, string value, string message)
    {
        var gd = ToolProcess.Run("fit", Numbers(), "--target", "y", option, value);

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines[^1].Should().Contain(message);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a=")]
    [InlineData("=number")]
    [InlineData("a=text")]
    [InlineData("a=automatic")]
    [InlineData("a=days+number")]
    [InlineData("a=number+category")]
    public void Fit_WrongType_IsRefusedWithTheAllowedOnes(string value)
    {
        var gd = ToolProcess.Run("fit", Numbers(), "--target", "y", "--as", value);

        gd.ExitCode.Should().Be(2);
        gd.Error.Should().StartWith(
            $"gd: --as is '{value}': it must be COLUMN=TYPE, where the type is number, category or words, or days, year,");
    }

    [Fact]
    public void Fit_AsForAColumnThatIsNoFeature_IsRefused() =>
        ToolProcess.Run("fit", Numbers(), "--target", "y", "--drop", "a", "--as", "a=category").ErrorLines[^1]
            .Should().Be("gd: --as names 'a', which is not among the features.");

    [Fact]
    public void Fit_AllColumnsDropped_IsRefused() =>
        ToolProcess.Run("fit", Numbers(), "--target", "y", "--drop", "id,a", "--drop", "b,c").ErrorLines[^1]
            .Should().Contain("has no column for features");

    [Fact]
    public void Fit_AsCategory_NeedsNoEncode() =>
        Features("fit", Numbers(), "--target", "y", "--features", "a", "--as", "a=category").Should().Equal("a=2", "a=3", "a=5");

    [Fact]
    public void Fit_Dates_AreTheSameInPredict()
    {
        string file = _folder.Write("sales.csv", "sold,y\n31.1.2024,0\n1.2.2024,1\n10.2.2024,10\n1.3.2024,30\n");
        string model = _folder.PathOf("model.json");

        var refused = ToolProcess.Run("fit", file, "--target", "y");
        refused.ErrorLines[^1].Should().Contain("--date-format \"d.M.yyyy\" reads it as 2024-01-31.");
        var fit = ToolProcess.Run("fit", file, "--target", "y", "--date-format", "d.M.yyyy", "--save", model);
        fit.Output.Should().Contain("sold: days since 2024-01-31.");
        ShouldPredictTheFortiethDay(ToolProcess.Run("predict", model, _folder.Write("new.csv", "sold\n11.3.2024\n")));
        string iso = _folder.Write("iso.csv", "sold\n2024-03-11\n"); // another format than that of the fit, which the model keeps
        ShouldPredictTheFortiethDay(ToolProcess.Run("predict", model, iso, "--date-format", "yyyy-MM-dd"));
        var refusedInPredict = ToolProcess.Run("predict", model, iso);
        refusedInPredict.ExitCode.Should().Be(1);
        refusedInPredict.ErrorLines[^1].Should().Contain("'2024-03-11' is not a date such as 31.1.2024.");

        static void ShouldPredictTheFortiethDay(ToolProcess predicted)
        {
            predicted.ExitCode.Should().Be(0, predicted.Error);
            double.Parse(predicted.Output.Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture)
                .Should().BeApproximately(40, 1e-9);
        }
    }

    [Fact]
    public void Fit_MissingDrop_LeavesOutRowsAndSaysHowMany()
    {
        string file = _folder.Write("data.csv", "x,kind,y\n1,a,1\nNA,a,2\n3,,3\n4,b,NA\n5,b,5\n7,a,7\n");

        var gd = ToolProcess.Run("fit", file, "--target", "y", "--missing", "drop", "--encode", "onehot");

        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Output.Should().Contain("3 samples").And.Contain("Rows without a target left out: 1 of 6.")
            .And.Contain("Rows with missing values left out: 2 of 5.");
    }

    [Fact]
    public void Fit_MissingMedian_ReplacesNumbersAndMakesALevelOfText()
    {
        string file = _folder.Write("data.csv", "x,kind,y\n1,a,1\nNA,a,2\n3,,3\n4,b,4\n100,b,6\n2,,7\n");

        var gd = ToolProcess.Run("fit", file, "--target", "y", "--missing", "median", "--encode", "onehot");

        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Output.Should().Contain("x: missing values replaced by the median 3: 1.")
            .And.Contain("kind: one-hot encoded, compared with 'a'; missing: 2.").And.Contain("kind=(missing)");
    }

    [Fact]
    public void Fit_Auto_DecidesForAllColumnsAndSaysHow()
    {
        string rows = string.Concat(Enumerable.Range(1, 40).Select(i =>
        {
            string size = i % 3 == 0 ? "" : NumberText.Count(i * i % 7), colour = i % 4 == 0 ? "" : i % 2 == 0 ? "red" : "blue";
            return FormattableString.Invariant($"{i},Ann {i},{size},{colour},2024-01-{1 + i % 28:00},{i}\n");
        }));
        string file = _folder.Write("data.csv", $"id,name,size,colour,day,y\n{rows}");

        var gd = ToolProcess.Run("fit", file, "--target", "y", "--auto");

        gd.ExitCode.Should().Be(0, gd.Error);
        string output = gd.Output.ReplaceLineEndings(" ");
        output.Should().Contain("id: left out, because it has 40 different values in 40 rows, as an identifier has.")
            .And.Contain("name: left out, because it has 40 different values in 40 rows.")
            .And.Contain("size: missing values replaced by the mean").And.Contain("missing: 10.")
            .And.Contain("day: days since 2024-01-01.");
        Features("fit", file, "--target", "y", "--auto").Should().Equal("size", "colour=red", "colour=(missing)", "day.days");
    }

    [Fact]
    public void Fit_Identifier_IsNamedAndKept() =>
        ToolProcess.Run("fit", Numbers(), "--target", "y").Output.Should()
            .Contain("id: looks like an identifier; --drop id leaves it out.");

    [Fact]
    public void Fit_Validate_LearnsMeansFromTrainingRowsOnly()
    {
        string rows = string.Concat(Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"{(i == 0 ? "NA" : $"{i}")},{i}\n")));
        string file = _folder.Write("data.csv", $"x,y\n{rows}"), model = _folder.PathOf("model.json");

        ToolProcess.Run("fit", file, "--target", "y", "--missing", "mean", "--validate", "0.5", "--save", model).ExitCode.Should().Be(0);

        (_, Dataset training) = Dataset.From([.. Enumerable.Range(0, 20).Select(i => (double)i)], new double[20]).Split(0.5);
        double[] known = [.. Enumerable.Range(0, 10).Select(i => training.Features(i)[0]).Where(x => x > 0)];
        ModelFile.Load(model).Encoding.Columns[0].Should().BeOfType<NumericColumn>().Which.Filling.Should().Be(known.Average());
    }

    [Fact]
    public void Compare_TakesTheSameOptions()
    {
        string file = _folder.Write("data.csv", "id,kind,y\n1,a,1\n2,b,3\n3,a,2\n4,b,5\n5,NA,4\n6,a,1\n");

        var gd = ToolProcess.Run("compare", file, "--target", "y", "--auto", "--epochs", "3");

        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Error.Should().Contain("gd: id: left out").And.Contain("gd: kind: one-hot encoded, compared with 'a'; missing: 1.");
    }
}
