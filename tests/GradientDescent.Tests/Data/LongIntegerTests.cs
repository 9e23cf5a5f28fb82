using System.Text;

namespace GradientDescent.Tests.Data;

/// <summary>Whole numbers above 2⁵³ have a note, because a double does not hold all their digits.</summary>
public sealed class LongIntegerTests
{
    private const string Note = "Whole numbers above 2^53 keep only about 16 of their digits: id. Is this an identifier?";

    [Theory]
    [InlineData("9007199254740993", "9007199254740999", "9007199254741007", "9007199254741015", true)]
    [InlineData("-1234567890123456789", "1234567890123456791", "1234567890123456990", "1234567890123457001", true)]
    [InlineData("1", "2", "4", "18446744073709551557", true)]
    [InlineData("9007199254740991", "9007199254740990", "9007199254740980", "9007199254740970", false)] // below 2⁵³
    [InlineData("1000000000000000000", "2000000000000000000", "4000000000000000000", "5000000000000000000", false)] // round
    [InlineData("1.2345678901234567e200", "2e200", "4e200", "5e200", false)] // too long for an identifier
    [InlineData("12345678901234567890", "0.5", "4", "5", false)] // measured, not counted
    public void Fit_IntegersAbove2To53_AreNotedByName(string first, string second, string third, string fourth, bool isNoted)
    {
        string csv = $"id,y\n{first},1\n{second},4\n{third},2\n{fourth},3\n";
        Dataset data = Dataset.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "data.csv", ["y"]);

        TrainingResult trained = new Trainer(new Momentum(0.1), new TrainingOptions { MaxSteps = 2 }).Fit(new LinearRegression(), data);
        string?[] notes = [LinearRegression.Fit(data).Result.Note, LinearRegression.FitAccurately(data).Result.Note, trained.Note];

        notes.Should().OnlyContain(note => (note ?? "").Contains(Note, StringComparison.Ordinal) == isNoted);
    }

    [Theory]
    [InlineData("9007199254740993", "9007199254740999", "9007199254741007", true)]
    [InlineData("-1234567890123456789", "1", "2", true)]
    [InlineData("18446744073709551557", "5", "7", true)]
    [InlineData("9007199254740991", "9007199254740990", "1", false)] // below 2⁵³
    [InlineData("1000000000000000000", "2", "3", false)] // round
    [InlineData("12345678901234567890", "0.5", "4", false)] // measured, not counted
    public void Fit_TargetsAbove2To53_AreNotedByName(string first, string second, string third, bool isNoted)
    {
        string csv = $"x,id\n1,{first}\n2,{second}\n4,{third}\n";
        Dataset data = Dataset.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "data.csv", ["id"]);

        TrainingResult trained = new Trainer(new Momentum(0.1), new TrainingOptions { MaxSteps = 2 }).Fit(new LinearRegression(), data);
        string?[] notes = [LinearRegression.Fit(data).Result.Note, LinearRegression.FitAccurately(data).Result.Note, trained.Note];

        notes.Should().OnlyContain(note => (note ?? "").Contains(Note, StringComparison.Ordinal) == isNoted);
    }
}
