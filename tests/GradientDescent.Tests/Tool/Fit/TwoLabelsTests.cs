using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

/// <summary>Two labels make a logistic model: its coefficients, its positive class and its file.</summary>
public sealed class TwoLabelsTests : IDisposable
{
    private static readonly bool[] _isPositive = [false, false, false, true, false, true, true, true, false];

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("No", "Yes", null)]
    [InlineData("FALSE", "TRUE", null)]
    [InlineData("n", "Y", null)]
    [InlineData("negative", "pos", null)]
    [InlineData("unsure", "true", null)] // the positive word is first in order
    [InlineData("no", "maybe", null)] // the negative word is second in order
    [InlineData("cat", "dog", null)]
    [InlineData("1", "2", null)]
    [InlineData("1", "-1", "-1")]
    [InlineData("yes", "no", "no")]
    [InlineData("dog", "cat", "cat")]
    public void Fit_TwoLabels_IsTheLogisticModelOfThePositiveOne(string negative, string positive, string? asked)
    {
        string file = Write(negative, positive), model = _folder.PathOf("m.json");
        string[] choice = asked is null ? [] : ["--positive", asked];

        (int code, string output, string error) = Run(["fit", file, "--target", "y", "--json", "--save", model, .. choice]);

        code.Should().Be(0, error);
        error.Should().StartWith("gd: logistic model, because 'y' holds two ");
        LogisticFit expected = LogisticRegression.Fit([0, 1, 2, 3, 4, 5, 6, 7, 8], _isPositive);
        JsonOutput.Root(output).GetProperty("coefficients").EnumerateArray().Select(one => one.GetProperty("estimate").GetDouble())
            .Should().Equal(expected.Intercept, expected.Weights[0]);
        JsonOutput.Root(output).GetProperty("labels").EnumerateArray().Select(one => one.GetString()).Should().Equal(negative, positive);
        output.Should().Contain($"The probability is that of '{positive}' (not '{negative}'); --positive changes it.");
        ModelFile.Load(model).Model.Should().BeOfType<LogisticRegression>();
        ModelFile.Load(model).Labels.Should().Equal(negative, positive);
        Run("predict", model, file).Output.Split('\n')[9].Should().StartWith($"{positive},");
        Run("predict", model, file).Output.Split('\n')[1].Should().StartWith($"{negative},");
    }

    // −0 and 0 are one number, so they are one class.
    [Theory]
    [InlineData("-0", "0", "1")]
    [InlineData("-0.0", "0", "1.0")]
    [InlineData("-0", "-0", "1")]
    [InlineData("0", "(0)", "1", "--mark", "()")]
    [InlineData("-0%", "0%", "100%", "--mark", "%")]
    [InlineData("\u22120", "+0", "1e0")]
    public void Fit_NegativeZeros_AreTheClassZero(string zero, string sameZero, string one, params string[] options)
    {
        string file = _folder.PathOf("zeros.csv");
        string[] labels = [zero, sameZero, one, zero, one, sameZero, one, one];
        File.WriteAllLines(file, labels.Select((label, row) => FormattableString.Invariant($"{row},{label}")).Prepend("x,y"));

        foreach (string model in (string[])["logistic", "softmax"])
        {
            (int code, string output, string error) = Run(["fit", file, "--target", "y", "--model", model, "--json", .. options]);

            code.Should().Be(0, error);
            JsonOutput.Root(output).GetProperty("labels").EnumerateArray().Select(label => label.GetString()).Should().Equal("0", "1");
        }
    }

    [Theory]
    [InlineData("x,y\n1,None\n2,Some\n3,None\n4,Some\n1,Some\n", "None", true)]
    [InlineData("x,y\n1,a\n2,n/a\n3,a\n4,n/a\n5,a\n", "n/a", true)]
    [InlineData("x,y\n1,yes\n2,NA\n3,\n4,no\n5,no\n", "NA", false)]
    [InlineData("x,y\n1,yes\n2,NA\nNA,yes\n4,no\n5,no\n", "NA", false)]
    [InlineData("x,y\n1,7\n2,NA\n3,8\n4,9\n5,9\n", "NA", false)]
    public void Fit_LabelThatStandsForAMissingValue_NamesTheOptionIfItHelps(string csv, string word, bool helps)
    {
        string file = _folder.Write("words.csv", csv), hint = helps ? $" If '{word}' is a label, --na \"\" takes it as one." : "";

        (int code, _, string error) = Run("fit", file, "--target", "y");

        code.Should().Be(1);
        error.Should().EndWith($"the value is missing ('{word}'); a target must have all values.{hint}\n");
        if (helps)
            Run("fit", file, "--target", "y", "--na", "").Output.Should().Contain("The probability is that of");
    }

    [Fact]
    public void Fit_PositiveLabelThatIsNone_IsRefused()
    {
        Run("fit", Write("no", "yes"), "--target", "y", "--positive", "Yes").Error.Should()
            .EndWith("column 'y': --positive is 'Yes', but the labels are no and yes.\n");
        Run("fit", Write("1", "2"), "--target", "y", "--positive", "2", "--model", "linear").Error.Should()
            .EndWith("column 'y': --positive needs two labels; the model is linear.\n");
    }

    [Fact]
    public void Fit_LogisticOfThreeLabels_IsRefused()
    {
        string file = _folder.Write("three.csv", "x,y\n1,a\n2,b\n3,c\n");

        Run("fit", file, "--target", "y", "--model", "logistic").Error.Should()
            .EndWith("holds a, b, c: --model logistic takes two labels; --model softmax takes any number of them.\n");
    }

    [Theory]
    [InlineData("1,2,3,1,2,3,1,2", "linear", "; --model softmax takes them as classes.")]
    [InlineData("1,2,3,4,5,1,2,3,4,5", "linear", "; --model softmax takes them as classes.")]
    [InlineData("1,2,3,4,5,6", "linear", "holds 6 different numbers.")]
    [InlineData("1,2.5,3,1,2.5,3", "linear", "holds 3 different numbers.")]
    public void Fit_NumbersAsTarget_AreNeverClassesUnlessAskedFor(string values, string model, string why)
    {
        string rows = string.Concat(values.Split(',').Select((value, i) => FormattableString.Invariant($"{i * i},{value}\n")));

        (int code, string output, string error) = Run("fit", _folder.Write("data.csv", $"x,y\n{rows}"), "--target", "y", "--json");

        code.Should().Be(0, error);
        error.Should().StartWith($"gd: {model} model, because 'y' holds ").And.EndWith($"{why}\n");
        JsonOutput.Root(output).GetProperty("model").GetString().Should().Be(model);
    }

    [Theory]
    [InlineData("2024-01-31,2024-02-01,2024-03-01", "'2024-01-31' is a date or a time")]
    [InlineData("1,2,four", "'four' is not a number, but most values of the target are numbers.")]
    [InlineData("$15,€12,€3", "'$15' is not a finite number")]
    public void Fit_NumbersInAnotherNotationAsTarget_AreLabelsOnlyIfAskedFor(string values, string message)
    {
        string rows = string.Concat(values.Split(',').Select((value, i) => FormattableString.Invariant($"{i * i},{value}\n")));
        string file = _folder.Write("data.csv", $"x,y\n{rows}");

        Run("fit", file, "--target", "y").Error.Should()
            .Contain($"column 'y': {message}").And.EndWith("--model softmax takes such values as labels.\n");
        Run("fit", file, "--target", "y", "--model", "softmax").Code.Should().Be(0);
    }

    [Theory]
    [InlineData("\"Yes\"", "\" Yes\"")]
    [InlineData("Yes", "Yes\u00A0")]
    [InlineData("\u200BYes", "Yes\u2009")]
    public void Fit_LabelsThatDifferInBlanks_AreOneLabel(string first, string second)
    {
        string file = _folder.Write("data.csv", $"x,y\n1,{first}\n2,No\n3,{second}\n4,\"No \"\n5,Yes\n6,No\n");

        (int code, string output, string error) = Run("fit", file, "--target", "y", "--json");

        code.Should().Be(0, error);
        JsonOutput.Root(output).GetProperty("labels").EnumerateArray().Select(one => one.GetString()).Should().Equal("No", "Yes");
    }

    private string Write(string negative, string positive) => _folder.Write("data.csv", "x,y\n" + string.Concat(
        _isPositive.Select((isPositive, i) => FormattableString.Invariant($"{i},{(isPositive ? positive : negative)}\n"))));

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = CommandLine.Run(arguments, output, error, terminal: null);
        return (code, output.ToString(), error.ToString());
    }
}
