using System.Collections.Immutable;
using System.Text;

namespace GradientDescent;

/// <summary>A column of documents, such as messages. Each word is counted in the feature that its hash selects.</summary>
/// <remarks>
/// <para>A word w adds its sign to one of n features:</para>
/// <code>
/// h = MurmurHash3(w)    32 bits, seed 0, of the UTF-8 bytes
/// x[|h| mod n] ← x[|h| mod n] + (h ≥ 0 ? 1 : −1)
/// </code>
/// <para>
/// The signs make the errors of words that share a feature cancel in the mean. At the end, the features of the text are divided by their
/// Euclidean length, so that long and short documents are comparable. A word is a run of at least two letters, digits or underscores.
/// Features are those of scikit-learn's <c>HashingVectorizer</c> with as many features (its default is 2²⁰) and its other defaults. No
/// words are stored: a model file has the number of features only, and words that the training documents lack have a feature too. A text
/// without words, such as a missing one, has the features 0.
/// </para>
/// <para>
/// A data set with such a column is sparse: see <see cref="FeatureEncoding.IsSparse"/>. <see cref="CountCollisions"/> says how many words
/// share a feature. Source: Weinberger, Dasgupta, Langford, Smola and Attenberg, "Feature Hashing for Large Scale Multitask Learning", ICML
/// 2009, equation 2.
/// </para>
/// </remarks>
/// <example><code>
/// File.WriteAllText("mails.csv", "body,spam\n\"Win money now, win!\",1\nSee you at noon.,0\nMoney back guarantee,1\nLunch at noon?,0\n");
/// CsvTable mails = CsvTable.Read("mails.csv");
/// var encoding = new FeatureEncoding([new HashedColumn("body", featureCount: 1024)]);
/// Dataset data = Dataset.From(mails, encoding, target: "spam");
/// Console.WriteLine(data);   // 4 samples, 1024 features, 13 numbers not 0, 1 target
/// </code></example>
public sealed class HashedColumn : FeatureColumn
{
    /// <summary>The number of features unless another is given: 2¹⁸ = 262,144.</summary>
    public const int DefaultFeatureCount = 1 << 18;

    /// <summary>The largest number of features: 2³⁰.</summary>
    public const int MaxFeatureCount = 1 << 30;

    /// <summary>The largest number of neighbouring words that can be counted together.</summary>
    public const int MaxPhraseLength = 8;

    internal const int MaxNameLength = 1000;

    /// <summary>The character between the name of the column and the index of a feature.</summary>
    private const char Separator = '#';

    /// <param name="name">The name of the column, at most 1,000 characters.</param>
    /// <param name="featureCount">
    /// The number of features, from 1 to 2³⁰. More features have fewer collisions, and take memory in proportion in the model.
    /// </param>
    /// <param name="phraseLength">
    /// The largest number of neighbouring words that are counted together, from 1 to 8: with 2, <c>not good</c> counts <c>not</c>,
    /// <c>good</c> and <c>not good</c>.
    /// </param>
    /// <param name="ignoreCase">Whether upper case becomes lower case.</param>
    /// <param name="normalize">Whether the features of a text are divided by their Euclidean length.</param>
    /// <exception cref="ArgumentException">The name is too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its interval.</exception>
    public HashedColumn(
        string name, int featureCount = DefaultFeatureCount, int phraseLength = 1, bool ignoreCase = true, bool normalize = true)
        : base(name)
    {
        FeatureCount = Guard.FromTo(featureCount, 1, MaxFeatureCount);
        PhraseLength = Guard.FromTo(phraseLength, 1, MaxPhraseLength);
        (IgnoreCase, Normalize) = (ignoreCase, normalize);
        if (name.Length > MaxNameLength)
            throw Guard.Invalid(nameof(name), $"The name has {name.Length} characters: at most {MaxNameLength} are allowed.");
    }

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <summary>The largest number of neighbouring words that are counted together.</summary>
    public int PhraseLength { get; }

    /// <summary>Whether upper case becomes lower case.</summary>
    public bool IgnoreCase { get; }

    /// <summary>Whether the features of a text are divided by their Euclidean length.</summary>
    public bool Normalize { get; }

    /// <summary>The names of the features, from column#0 to column#n−1. They are created each time.</summary>
    public override ImmutableArray<string> FeatureNames =>
        [.. Enumerable.Range(0, FeatureCount).Select(i => Format.Text($"{Name}{Separator}{i}"))];

    internal override long CharacterCount => Name.Length;

    /// <summary>0: names are created when they are asked for, and a model with this column has at least as many weights.</summary>
    internal override long FeatureNameCharacterCount => 0;

    /// <summary>Returns the name and the settings.</summary>
    public override string ToString()
    {
        string words = PhraseLength == 1 ? "words" : Format.Text($"words and phrases of up to {PhraseLength} words");
        string exact = IgnoreCase ? "" : ", with their case";
        string normalized = Normalize ? "" : ", not normalized";
        return Format.Text($"{Name} ({words}{exact}, hashed to {Format.Count(FeatureCount, "feature")}{normalized})");
    }

    /// <summary>
    /// Counts the different words (and phrases) of documents and those that share a feature. It needs memory for each different word while
    /// it runs.
    /// </summary>
    /// <param name="documents">The documents, such as those of the training data.</param>
    /// <example><code>
    /// var column = new HashedColumn("body", featureCount: 4);
    /// HashCollisions found = column.CountCollisions(["one two three", "four five six"]);
    /// Console.WriteLine($"{found.SharingWordCount} words share a feature");   // 5 words share a feature
    /// </code></example>
    public HashCollisions CountCollisions(IEnumerable<string> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var tokensOf = new Dictionary<int, int>();
        var words = new WordTokens();
        foreach (string text in documents)
        {
            words.Read(Guard.NotNull(text, nameof(documents)), IgnoreCase);
            foreach ((int first, int count) in Phrases(words))
            {
                ReadOnlySpan<byte> phrase = words.Phrase(first, count);
                if (!seen.Add(Encoding.UTF8.GetString(phrase)))
                    continue;
                int feature = FeatureOf(MurmurHash3.Of(phrase));
                tokensOf[feature] = tokensOf.GetValueOrDefault(feature) + 1;
            }
        }

        return new HashCollisions
        {
            WordCount = seen.Count,
            UsedFeatureCount = tokensOf.Count,
            FeatureCount = FeatureCount,
            SharingWordCount = tokensOf.Values.Where(count => count > 1).Sum(),
        };
    }

    internal override string? Encode(string field, FieldFormat format, FeatureRow row)
    {
        row.Words.Read(field, IgnoreCase);
        foreach ((int first, int count) in Phrases(row.Words))
        {
            int hash = MurmurHash3.Of(row.Words.Phrase(first, count));
            row.Add(FeatureOf(hash), hash >= 0 ? 1 : -1);
        }

        Span<double> features = row.AddSums();
        if (!Normalize)
            return null;
        double squares = 0;
        foreach (double feature in features)
            squares += feature * feature;
        double length = Math.Sqrt(squares);
        foreach (ref double feature in features)
            feature /= length;
        return null;
    }

    /// <summary>Returns whether a name is that of a feature of this column.</summary>
    internal bool HasFeature(string name)
    {
        if (name.Length <= Name.Length + 1 || name[Name.Length] != Separator || !name.StartsWith(Name, StringComparison.Ordinal))
            return false;
        ReadOnlySpan<char> index = name.AsSpan(Name.Length + 1);
        bool isPlain = !index.ContainsAnyExceptInRange('0', '9') && (index.Length == 1 || index[0] != '0');
        return isPlain && index.Length <= 10 && long.Parse(index, System.Globalization.CultureInfo.InvariantCulture) < FeatureCount;
    }

    private IEnumerable<(int First, int Count)> Phrases(WordTokens words)
    {
        for (int first = 0; first < words.Count; first++)
        {
            for (int count = 1; count <= PhraseLength && first + count <= words.Count; count++)
                yield return (first, count);
        }
    }

    private int FeatureOf(int hash) => (int)(Math.Abs((long)hash) % FeatureCount);
}
