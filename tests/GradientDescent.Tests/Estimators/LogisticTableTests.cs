using System.Text;

namespace GradientDescent.Tests.Estimators;

/// <summary>Logistic regression of two labels in a table.</summary>
public sealed class LogisticTableTests
{
    private const string Exam = "hours,passed\n1,no\n2,no\n3,yes\n4,no\n5,yes\n6,yes\n";

    [Fact]
    public void Fit_TwoLabels_IsTheFitOfTheirClasses()
    {
        CsvTable table = Read(Exam);
        FeatureEncoding encoding = FeatureEncoding.From(table.Without("passed"));
        LogisticFit expected = LogisticRegression.Fit([1, 2, 3, 4, 5, 6], [false, false, true, false, true, true]);

        LogisticFit fit = LogisticRegression.Fit(table, encoding, "passed");
        LogisticFit turned = LogisticRegression.Fit(table, encoding, "passed", positive: "no");

        fit.Weights.Should().Equal(expected.Weights);
        fit.Labels.Should().Equal("no", "yes");
        turned.Labels.Should().Equal("yes", "no");
        turned.Weights[0].Should().BeApproximately(-expected.Weights[0], 1e-9); // two runs to a gradient norm of 1e-10
        using var file = new MemoryStream();
        fit.Save(file);
        file.Position = 0;
        ModelFile loaded = ModelFile.Load(file);
        loaded.Labels.Should().Equal("no", "yes");
        loaded.Model.Should().BeOfType<LogisticRegression>().Which.Weights.Should().Equal(fit.Weights);
        expected.Labels.Should().BeEmpty();
    }

    [Theory]
    [InlineData("x,y\n1,a\n2,a\n", "data.csv, column 'y' has 1 label (a): two are needed.")]
    [InlineData("x,y\n1,a\n2,b\n3,c\n", "data.csv, column 'y' has 3 labels (a, b, c): two are needed.")]
    [InlineData("x,y\n1,a\n2,NA\n3,c\n", "data.csv, line 3, column 'y': the value is missing ('NA').")]
    public void Fit_OtherLabels_AreRefused(string csv, string message)
    {
        CsvTable table = Read(csv);

        FluentActions.Invoking(() => LogisticRegression.Fit(table, FeatureEncoding.From(table.Without("y")), "y"))
            .Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void Fit_PositiveLabelThatDoesNotOccur_IsRefused()
    {
        CsvTable table = Read(Exam);

        FluentActions.Invoking(() => LogisticRegression.Fit(table, FeatureEncoding.From(table.Without("passed")), "passed", "Yes"))
            .Should().Throw<ArgumentException>().WithMessage("positive is 'Yes': it must be 'no' or 'yes'. (Parameter 'positive')");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a", "b", "c")]
    [InlineData("a", "a")]
    public void Save_LabelsThatAreNotTwo_AreRefused(params string[] labels)
    {
        LogisticFit fit = LogisticRegression.Fit([1, 2, 3, 4], [false, true, false, true]);

        FluentActions.Invoking(() => fit.Model.Save("labels.json", Dataset.From([1.0, 2], [0, 1]), labels))
            .Should().Throw<ArgumentException>().Which.ParamName.Should().Be("labels");
    }

    private static CsvTable Read(string text) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv");
}
