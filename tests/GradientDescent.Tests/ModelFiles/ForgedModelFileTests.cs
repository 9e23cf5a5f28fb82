using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>Files with the right hash and wrong contents: each is refused, and the message names the member.</summary>
public sealed class ForgedModelFileTests
{
    // Whoever can write a file can also write the right hash. So the contents are checked too.
    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "Its 'version' is 2: this library reads version 1.")]
    [InlineData("\"version\": 1", "\"version\": 2, \"more\": [{}]", "Its 'version' is 2: this library reads version 1.")]
    [InlineData("\"version\": 1", "\"version\": 1.0", "*version*")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "*version*")]
    [InlineData("\"version\": 1,", "", "*version*")]
    [InlineData("\"format\": \"GradientDescent.Model\"", "\"format\": \"GradientDescent\"",
        "It is not a model file: its 'format' is not 'GradientDescent.Model'.")]
    [InlineData("\"format\": \"GradientDescent.Model\",", "", "It is not a model file: *")]
    [InlineData("\"kind\": \"SoftmaxRegression\"", "\"kind\": \"Forest\"",
        "'kind' is 'Forest': it must be LinearRegression, LogisticRegression, SoftmaxRegression or FeedForwardNetwork.")]
    [InlineData("\"kind\": \"SoftmaxRegression\"", "\"kind\": \"LogisticRegression\"", "'weights' has 2 entries: it must have 1.")]
    [InlineData("\"kind\": \"SoftmaxRegression\"", "\"kind\": \"LinearRegression\"", "'targetNames' has 1 entries: it must have 2.")]
    [InlineData("\"kind\": \"SoftmaxRegression\"", "\"kind\": null", "*kind*")]
    [InlineData("\"loss\"", "\"colour\": 1, \"loss\"", "*colour*")]
    [InlineData("\"loss\"", "\"kind\": \"SoftmaxRegression\", \"loss\"", "*kind*")]
    [InlineData("\"penalty\": \"L1Penalty(0.5)\",", "", "*penalty*")]
    [InlineData("\"loss\": \"CategoricalCrossEntropy(0.1)\"", "\"loss\": 1", "*loss*")]
    [InlineData("\"loss\": \"CategoricalCrossEntropy(0.1)\"", "\"loss\": null",
        "One of 'loss', 'scaling' and 'targetScaling' is null: all or none must be null.")]
    [InlineData("\"CategoricalCrossEntropy(0.1)\",\n  \"scaling\": \"Standardize\",\n  \"targetScaling\": \"None\"",
        "null, \"scaling\": null, \"targetScaling\": null", "'penalty' is not null, but 'loss' is null: *")]
    [InlineData("\"scaling\": \"Standardize\"", "\"scaling\": \"MinMax\"",
        "'scaling' is 'MinMax': it must be null or one of Standardize, None, Decorrelate, LargestMagnitude.")]
    [InlineData("\"targetScaling\": \"None\"", "\"targetScaling\": \"Decorrelate\"",
        "'targetScaling' is 'Decorrelate': it must be null or one of Standardize, None.")]
    [InlineData("\"columns\": [", "\"columns\": [ { \"name\": \"more\", \"filling\": null, \"levels\": null },",
        "'weights[0]' has 3 entries: it must have 4.")]
    [InlineData("\"columns\": [", "\"columns\": [ null,", "'columns[0]' is null: it must be an object.")]
    [InlineData("\"columns\": [", "\"columns\": [ [],", "Its contents are not those of a model file: *columns[0]*")]
    [InlineData("\"columns\": [", "\"columns\": [ { \"name\": \"x\", \"filling\": null, \"levels\": null },",
        "'columns': Two columns are called 'x': names must differ.")]
    [InlineData("\"columns\": [", "\"columns\": [ { \"name\": \"c=blue\", \"filling\": null, \"levels\": null },",
        "'columns': Two features would be called 'c=blue': names must differ.")]
    [InlineData("\"columns\": [", "\"columns\": [], \"columns\": [", "Its contents are not those of a model file: *columns*")]
    [InlineData("\"name\": \"x\"", "\"name\": null", "Its contents are not those of a model file: *name*")]
    [InlineData("\"name\": \"x\",", "", "Its contents are not those of a model file: *name*")]
    [InlineData("\"name\": \"x\"", "\"name\": \"x\", \"unit\": \"m\"", "Its contents are not those of a model file: *unit*")]
    [InlineData("2.75", "1e999", "'columns[0].filling' is Infinity: every number must be finite.")]
    [InlineData("2.75", "\"2.75\"", "Its contents are not those of a model file: *filling*")]
    [InlineData("\"filling\": null,", "", "Its contents are not those of a model file: *filling*")]
    [InlineData("\"filling\": null", "\"filling\": 1",
        "'columns[1]' has a filling and levels: it must be a column of numbers or a text column.")]
    [InlineData("\"levels\": null", "\"levels\": []", "'columns[0]' has a filling and levels: *")]
    [InlineData("\"green\",", "", "'weights[0]' has 3 entries: it must have 2.")]
    [InlineData("\"green\"", "\"red\"", "'columns[1]': levels[1] is 'red', which occurs earlier: all levels must differ.")]
    [InlineData("\"green\"", "null", "'columns[1]': levels[1] is null: it must be a string.")]
    [InlineData("\"green\"", "[\"green\"]", "Its contents are not those of a model file: *levels*")]
    [InlineData("\"red\",\n        \"green\",", "", "'columns[1]': levels has 1 string: at least 2 are needed.")]
    [InlineData("\"kind\"\n", "\"kind\", \"kind\"\n", "'targetNames' has 2 entries: it must have 1.")]
    [InlineData("\"kind\"\n", "null\n", "'targetNames[0]' is null: it must be a string.")]
    [InlineData("\"labels\": [", "\"labels\": [ \"c\",", "'labels' has 3 entries: it must have 2.")]
    [InlineData("\"b\"", "\"a\"", "'labels' has 'a' twice: each class needs its own label.")]
    [InlineData("\"b\"", "null", "'labels[1]' is null: it must be a string.")]
    [InlineData("\"labelType\": \"string\"", "\"labelType\": \"text\"", "'labelType' is 'text': it must be null or one of string, enum, *")]
    [InlineData("\"labelType\": \"string\"", "\"labelType\": null", "One of 'labelType' and 'labels' is null: both or none must be null.")]
    [InlineData("\"labelType\": \"string\"", "\"labelType\": \"int\"", "'labels[0]' is 'a': Int32 has no such value.")]
    [InlineData("0.25", "1e999", "'weights[0][0]' is Infinity: every number must be finite.")]
    [InlineData("0.25", "NaN", "Its contents are not those of a model file: *")]
    [InlineData("0.25", "\"NaN\"", "Its contents are not those of a model file: *weights | LineNumber: 35 *")]
    [InlineData("0.25", "[0.25]", "Its contents are not those of a model file: *")]
    [InlineData("0.25,", "", "'weights[0]' has 2 entries: it must have 3.")]
    [InlineData("-0.5", "-1e999", "'intercepts[1]' is -Infinity: every number must be finite.")]
    [InlineData("-0.5", "-0.5, 1", "'intercepts' has 3 entries: it must have 2.")]
    [InlineData("\"intercept\": true", "\"intercept\": false", "'intercepts' has 2 entries: it must have 0.")]
    [InlineData("{", "[{", "It is not a model file.")]
    [InlineData("{", "// no\n{", "It is not a model file: a model file begins with '{'.")]
    [InlineData("{", "{ // no\n", "Its contents are not those of a model file: *")]
    public void AForgedFile_IsRefusedByTheMember(string from, string to, string message)
    {
        string whole = Encoding.UTF8.GetString(SavedModels.Bytes(SavedModels.Complete().Save));
        whole.Should().Contain(from);
        int at = whole.IndexOf(from, StringComparison.Ordinal);

        byte[] forged = SavedModels.Resealed(whole[..at] + to + whole[(at + from.Length)..]);

        FluentActions.Invoking(() => WithStringLabels(forged)).Should().Throw<ModelFormatException>().WithMessage(message);
    }

    [Theory]
    [InlineData("\"months\": [4, 13]", "'columns[0].date': A month is 13: it must be from 1 to 12.")]
    [InlineData("\"weekdays\": [1, 7]", "'columns[0].date': A day of the week is 7: it is not known.")]
    [InlineData("\"year\": false", "'columns[0].date': The column 't' would have no feature: *")]
    [InlineData("\"origin\": \"yesterday\"", "Its contents are not those of a model file: *origin*")]
    [InlineData("\"months\": null", "Its contents are not those of a model file: *months*")]
    [InlineData("\"months\": [[1]]", "Its contents are not those of a model file: *months*")]
    [InlineData("\"hour\": 1", "Its contents are not those of a model file: *hour*")]
    [InlineData("\"year\": true", "'weights[0]' has 3 entries: it must have 4.")]
    public void AForgedColumnOfDates_IsRefusedByTheMember(string member, string message)
    {
        string name = member[..member.IndexOf(':', StringComparison.Ordinal)];
        string[] members = ["\"origin\": null", "\"year\": false", "\"months\": []", "\"weekdays\": []", "\"filling\": null"];
        string date = string.Join(", ", members.Where(one => !one.StartsWith(name, StringComparison.Ordinal)).Append(member));

        AForgedFile_IsRefusedByTheMember(
            "\"columns\": [",
            $"\"columns\": [ {{ \"name\": \"t\", \"filling\": null, \"levels\": null, \"date\": {{ {date} }} }},",
            message);
    }

    [Theory]
    [InlineData("\"delimiter\": \";;\"", "'csv': Delimiter is ';;': it must be one character.")]
    [InlineData("\"decimal\": \"\"", "'csv': Decimal is '': it must be one character.")]
    [InlineData("\"dateFormat\": \"later\"", "'csv': DateFormat is 'later': *")]
    [InlineData("\"marks\": [null]", "'csv': A string of marks or missingValues is null.")]
    [InlineData("\"missingValues\": null", "Its contents are not those of a model file: *missingValues*")]
    [InlineData("\"encoding\": 1", "Its contents are not those of a model file: *encoding*")]
    public void AForgedFormatOfTheCsvFile_IsRefusedByTheMember(string member, string message)
    {
        string name = member[..member.IndexOf(':', StringComparison.Ordinal)];
        string[] members = ["\"delimiter\": \";\"", "\"decimal\": null", "\"thousands\": null", "\"marks\": []", "\"missingValues\": []",
            "\"dateFormat\": null", "\"hasHeader\": null"];
        string csv = string.Join(", ", members.Where(one => !one.StartsWith(name, StringComparison.Ordinal)).Append(member));

        AForgedFile_IsRefusedByTheMember("\"loss\"", $"\"csv\": {{ {csv} }}, \"loss\"", message);
    }

    [Fact]
    public void AColumnWithDateAndFilling_IsRefused() => AForgedFile_IsRefusedByTheMember(
        "\"levels\": null",
        "\"levels\": null, \"date\": { \"origin\": null, \"year\": true, \"months\": [], \"weekdays\": [], \"filling\": null }",
        "'columns[0]' has 'date' and a filling or levels: a column has one kind.");

    private static Classifier<string> WithStringLabels(byte[] bytes) => SavedModels.Load(bytes).LabelType == "int"
        ? throw Record.Exception(() => SoftmaxRegression.Load<int>(new MemoryStream(bytes)))!
        : SoftmaxRegression.Load<string>(new MemoryStream(bytes));

    [Fact]
    public void AFileThatIsSealedAnew_IsRead() // without this the test above would prove nothing
    {
        byte[] whole = SavedModels.Bytes(stream => SavedModels.Fitted(new LinearRegression(), 1).Save(stream));

        WeightsOf(SavedModels.Resealed(Encoding.UTF8.GetString(whole).Replace("0.1", "0.125"))).Should().Equal(0.125);
        // other white space: the same file
        WeightsOf(Encoding.UTF8.GetBytes(JsonNode.Parse(whole)!.ToJsonString())).Should().Equal(0.1);

        static ImmutableArray<double> WeightsOf(byte[] bytes) => ((LinearModel)SavedModels.Load(bytes).Model).Weights;
    }
}
