using System.Text;

namespace GradientDescent.Tests.Tables;

/// <summary>Hashed words have the features of scikit-learn 1.2.1's HashingVectorizer, and stay sparse.</summary>
public class HashedColumnTests
{
    private const string Text = "Win money now, WIN! It's a x_1 na\u00EFve \u65E5\u672C\u8A9E test-case: 42 4";

    // sklearn.utils.murmurhash3_32(word, seed=0)
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1009084850)]
    [InlineData("ab", -1681926305)]
    [InlineData("abc", -1277324294)]
    [InlineData("abcd", 1139631978)]
    [InlineData("na\u00EFve", 992511445)]
    [InlineData("h\u00E9llo w\u00F6rld", -1745358220)]
    [InlineData("\u65E5\u672C\u8A9E", -1515949417)]
    [InlineData("The quick brown fox jumps over the lazy dog", 776992547)]
    public void MurmurHash3_OfWords_IsThatOfTheReference(string word, int hash) =>
        MurmurHash3.Of(Encoding.UTF8.GetBytes(word)).Should().Be(hash);

    // HashingVectorizer(n_features=…, ngram_range=(1, …), lowercase=…, norm=None).transform([text])
    [Theory]
    [InlineData(Text, 1 << 18, 1, true, "11757:-1 22492:1 34261:1 67646:1 68115:1 120506:-1 182662:-2 220106:-1 232809:-1 238286:1")]
    [InlineData(Text, 10, 1, true, "2:-2 5:2 6:-1 7:-1 8:2 9:-1")]
    [InlineData("not good not bad", 1000, 2, true, "244:-1 436:1 595:1 651:-1 729:1 988:2")]
    [InlineData("Not Good not bad", 1 << 18, 1, false, "39675:1 139636:1 173059:1 257386:1")]
    [InlineData("ab\u00B2 \u00BD\u00BD \u2177\u2177 e\u0301e\u0301 \U0001D49C\U0001D49C \u0663\u0664", 1 << 18, 1, true,
        "27440:1 107677:-1 147880:-1 158784:1 226196:-1")]
    [InlineData("a b c", 16, 1, true, "")]
    [InlineData("", 16, 1, true, "")]
    public void Encode_WithoutNorm_EqualsTheReference(string text, int count, int phraseLength, bool ignoreCase, string expected)
    {
        var encoding = new FeatureEncoding([new HashedColumn("t", count, phraseLength, ignoreCase, normalize: false)]);

        Shown(encoding.Encode(text)).Should().Be(expected);
    }

    [Fact]
    public void Encode_WithNorm_EqualsTheReference()
    {
        double[] features = new FeatureEncoding([new HashedColumn("t", 1000, phraseLength: 3)]).Encode("not good not bad");

        // HashingVectorizer(n_features=1000, ngram_range=(1, 3)): a root, a sum and a division, each rounded once
        (int Index, double Value)[] expected =
        [
            (81, 0.30151134457776363), (244, -0.30151134457776363), (436, 0.30151134457776363), (456, 0.30151134457776363),
            (595, 0.30151134457776363), (651, -0.30151134457776363), (729, 0.30151134457776363), (988, 0.6030226891555273),
        ];
        foreach ((int index, double value) in features.Index())
            value.Should().BeApproximately(expected.SingleOrDefault(one => one.Index == index).Value, 3e-16);
    }

    [Fact]
    public void DatasetFrom_ATextAndANumber_IsSparseWithTheSameFeaturesAsEncode()
    {
        CsvTable table = Read("id,body,spam\n0,\"Win money now, win!\",1\n3,See you,0\n5,,1\n");
        var encoding = FeatureEncoding.From(
            table.Without("spam"), new() { Columns = { ["body"] = ColumnEncoding.Words }, HashedFeatureCount = 64 });

        Dataset data = Dataset.From(table, encoding, "spam");

        (data.IsSparse, data.FeatureCount, encoding.FeatureCount, encoding.IsSparse).Should().Be((true, 65, 65, true));
        data.TargetNames.Should().Equal("spam");
        double[][] rows = encoding.Encode(table);
        for (int i = 0; i < 3; i++)
            data.Features(i).ToArray().Should().Equal(rows[i]);
        data.Features(2).ToArray().Should().Equal([5, .. new double[64]]);
        data.FeatureNames[1].Should().Be("body#0");
        data.FeatureNames[64].Should().Be("body#63");
        encoding.Encode("3", "See you").Should().Equal(rows[1]);
        foreach (Dataset samples in (Dataset[])[Dataset.ForPrediction(table, encoding), Dataset.ForPrediction(table, encoding, out _)])
        {
            samples.IsSparse.Should().BeTrue();
            for (int i = 0; i < 3; i++)
                samples.Features(i).ToArray().Should().Equal(rows[i]);
        }

        Dataset.ForPrediction(encoding, "3", "See you").Features(0).ToArray().Should().Equal(rows[1]);
    }

    [Fact]
    public void From_WithPhrases_CountsThemAsTheColumnDoes()
    {
        CsvTable table = Read("body,spam\nnot good at all,1\ngood,0\n");
        var options = new EncodingOptions { Columns = { ["body"] = ColumnEncoding.Words }, HashedFeatureCount = 512, PhraseLength = 2 };

        double[] row = FeatureEncoding.From(table.Without("spam"), options).Encode("not good at all");

        row.Should().Equal(new FeatureEncoding([new HashedColumn("body", 512, phraseLength: 2)]).Encode("not good at all"));
        row.Count(feature => feature != 0).Should().Be(7); // not, good, at, all, not good, good at, at all
    }

    [Fact]
    public void FeatureEncoding_WithHashedColumns_MakesNoNamesBeforeTheyAreAskedFor()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        var encoding = new FeatureEncoding([new HashedColumn("a"), new HashedColumn("b", 1 << 30)]);

        encoding.FeatureCount.Should().Be((1 << 18) + (1 << 30));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000);
    }

    [Theory]
    [InlineData("a#0", true)]
    [InlineData("a#9", true)]
    [InlineData("a#10", false)]
    [InlineData("a#09", false)]
    [InlineData("a#", false)]
    [InlineData("a#x", false)]
    [InlineData("a#99999999999999999999", false)]
    [InlineData("b#1", false)]
    public void FeatureEncoding_WithTheNameOfAHashedFeature_IsRefused(string name, bool clashes)
    {
        Action create = () => _ = new FeatureEncoding([new HashedColumn("a", 10), new NumericColumn(name)]);

        if (clashes)
            create.Should().Throw<ArgumentException>().WithMessage($"Two features would be called '{name}'*");
        else
            create.Should().NotThrow();
    }

    [Fact]
    public void CountCollisions_EqualsAPlainCount()
    {
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => $"word{i} word{i / 2} other")];
        var column = new HashedColumn("t", 256, phraseLength: 2);
        HashSet<string> phrases = [.. texts.SelectMany(text => text.Split(' ')), .. texts.SelectMany(Pairs)];
        int[] sizes = [.. phrases.GroupBy(phrase => Math.Abs((long)MurmurHash3.Of(Encoding.UTF8.GetBytes(phrase))) % 256)
            .Select(group => group.Count())];

        HashCollisions collisions = column.CountCollisions(texts);

        (collisions.WordCount, collisions.UsedFeatureCount, collisions.FeatureCount, collisions.SharingWordCount).Should()
            .Be((phrases.Count, sizes.Length, 256, sizes.Where(size => size > 1).Sum()));

        static IEnumerable<string> Pairs(string text)
        {
            string[] words = text.Split(' ');
            return words.Zip(words.Skip(1), (first, second) => $"{first} {second}");
        }
    }

    [Fact]
    public void HashedColumn_OfBadValues_IsRefused()
    {
        FluentActions.Invoking(() => new HashedColumn("t", 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HashedColumn("t", (1 << 30) + 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HashedColumn("t", phraseLength: 9)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HashedColumn(new string('t', 1001))).Should().Throw<ArgumentException>();
        new HashedColumn("t").ToString().Should().Be("t (words, hashed to 262144 features)");
        new HashedColumn("t", 8, 2, ignoreCase: false, normalize: false).ToString().Should()
            .Be("t (words and phrases of up to 2 words, with their case, hashed to 8 features, not normalized)");
    }

    internal static CsvTable Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return CsvTable.Read(stream, "mails.csv");
    }

    private static string Shown(double[] features) => string.Join(' ', features.Index().Where(feature => feature.Item != 0)
        .Select(feature => FormattableString.Invariant($"{feature.Index}:{feature.Item}")));
}
