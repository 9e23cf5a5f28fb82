using System.Text;
using GradientDescent.Tests.Tables;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>A model of texts predicts from a file as before it was saved; the file has no names of features.</summary>
public class TextModelFileTests
{
    private static readonly CsvTable _mails = HashedColumnTests.Read(
        "body,length,spam\nwin money now,3,1\nsee you at noon,4,0\nmoney back,2,1\nlunch at noon,3,0\n");

    private static readonly FeatureEncoding _encoding =
        new([new HashedColumn("body", 512, phraseLength: 2, ignoreCase: false, normalize: false), new NumericColumn("length")]);

    [Fact]
    public void Load_OfATextModel_HasItsEncodingAndItsPredictions()
    {
        Dataset data = Dataset.From(_mails, _encoding, "spam");
        var model = new LogisticRegression();
        new Trainer(new SGD(), new TrainingOptions { MaxEpochs = 3, Seed = 1 }).Fit(model, data);
        using var stream = new MemoryStream();
        model.Save(stream, data);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        stream.Position = 0;

        ModelFile file = ModelFile.Load(stream);

        text.Should().NotContain("body#");
        (file.Encoding.IsSparse, file.Encoding.FeatureCount, file.ToString()).Should()
            .Be((true, 513, "LogisticRegression, 513 features"));
        file.Encoding.Columns[0].Should().BeEquivalentTo(_encoding.Columns[0]);
        var loaded = (LogisticRegression)file.Model;
        foreach (double[] row in _encoding.Encode(_mails))
            loaded.PredictProbability(row).Should().Be(model.PredictProbability(row));
        file.Encoding.Encode("win money", "2").Should().Equal(_encoding.Encode("win money", "2"));
        using var again = new MemoryStream();
        file.Save(again);
        again.ToArray().Should().Equal(stream.ToArray());
    }

    [Fact]
    public void Load_OfASparseOneHotModel_IsSparse()
    {
        CsvTable table = HashedColumnTests.Read("colour,y\nred,1\nblue,0\nred,0\nblue,1\n");
        Dataset data = Dataset.From(table, FeatureEncoding.From(table.Without("y"), new() { Sparse = true }), "y");
        var model = new LinearRegression();
        new Trainer(new SGD(), new TrainingOptions { MaxEpochs = 1 }).Fit(model, data);
        using var stream = new MemoryStream();
        model.Save(stream, data);
        stream.Position = 0;

        ModelFile.Load(stream).Encoding.IsSparse.Should().BeTrue();
    }

    [Theory]
    [InlineData("\"features\": 512", "\"features\": 0", "*'columns[0].words': featureCount*0*from 1 to 1073741824*")]
    [InlineData("\"features\": 512", "\"features\": 511", "*'weights[0]' has 513 entries: it must have 512*")]
    [InlineData("\"features\": 512", "\"features\": 1073741824", "*'weights[0]' has 513 entries: it must have 1073741825*")]
    [InlineData("\"phraseLength\": 2", "\"phraseLength\": 99", "*'columns[0].words': phraseLength*")]
    [InlineData("\"filling\": null", "\"filling\": 1", "*'columns[0]' has 'words' and a filling or levels*")]
    [InlineData("\"ignoreCase\": false,", "", "*ignoreCase*")]
    [InlineData("\"name\": \"length\"", "\"name\": \"body#7\"", "*Two features would be called 'body#7'*")]
    public void Load_OfAForgedTextModel_IsRefused(string old, string forged, string message)
    {
        Dataset data = Dataset.From(_mails, _encoding, "spam");
        var model = new LogisticRegression();
        new Trainer(new SGD(), new TrainingOptions { MaxEpochs = 1 }).Fit(model, data);
        using var stream = new MemoryStream();
        model.Save(stream, data);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        text.Should().Contain(old);
        int at = text.IndexOf(old, StringComparison.Ordinal);
        using var changed = new MemoryStream(Encoding.UTF8.GetBytes(text[..at] + forged + text[(at + old.Length)..]));

        FluentActions.Invoking(() => ModelFile.Load(changed)).Should().Throw<ModelFormatException>().WithMessage(message);
    }
}
