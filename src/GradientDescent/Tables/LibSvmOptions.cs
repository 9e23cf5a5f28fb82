using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The format of a LIBSVM file, and what is read from it.</summary>
/// <example><code>
/// File.WriteAllText("votes.svm", "-1 2:0.5 7:1\n+1 1:2\n");
/// Dataset votes = Dataset.FromLibSvm("votes.svm", new LibSvmOptions { FeatureCount = 10, Classes = [-1, 1] });
/// Console.WriteLine($"{votes.FeatureCount} features, class {votes.Targets(0)[0]}");   // 10 features, class 0
/// </code></example>
public sealed class LibSvmOptions
{
    /// <summary>
    /// The number of features, at least 1. By default it is the largest index of the file (plus 1 if the first feature has the index 0).
    /// Set it for a test file: it may lack features that the training file has.
    /// </summary>
    public int? FeatureCount { get; init => field = value is { } count ? Guard.AtLeast(count, 1, nameof(FeatureCount)) : null; }

    /// <summary>
    /// The index of the first feature. <see cref="LibSvmIndexing.Automatic"/>, the default, can take two files of the same data in two
    /// ways, if one of them lacks the index 0: set it for such files.
    /// </summary>
    public LibSvmIndexing Indexing { get; init => field = Guard.Defined(value); }

    /// <summary>
    /// The labels of the classes: the target of a sample is then the index of its label in this list, and another label is an error. With
    /// [−1, 1] the labels −1 and +1 become the targets 0 and 1, which <see cref="LogisticRegression"/> needs. By default, labels are
    /// targets as they are.
    /// </summary>
    /// <exception cref="ArgumentException">A label is not finite or occurs twice.</exception>
    public ImmutableArray<double> Classes
    {
        get;
        init
        {
            ImmutableArray<double> labels = value.IsDefault ? [] : value;
            if (labels.Any(label => !double.IsFinite(label)))
                throw Guard.Invalid(nameof(Classes), $"A label is not finite: each label must be a finite number.");
            if (labels.Distinct().Count() < labels.Length)
                throw Guard.Invalid(nameof(Classes), $"A label occurs twice: all labels must differ.");
            field = labels;
        }
    } = [];

    /// <summary>
    /// Whether query identifiers (<c>qid:3</c>), which group samples for rankings, are read past. The default is
    /// <see langword="false"/>: they are an error, because no model of this library uses them.
    /// </summary>
    public bool IgnoreQueryIds { get; init; }

    /// <summary>The precision in which features are stored. The default is <see cref="NumericPrecision.Double"/>.</summary>
    public NumericPrecision Precision { get; init => field = Guard.Defined(value); }

    /// <summary>Returns the settings that differ from the defaults.</summary>
    public override string ToString()
    {
        string[] settings =
        [
            .. FeatureCount is { } count ? (string[])[Format.Count(count, "feature")] : [],
            .. Indexing == LibSvmIndexing.Automatic ? [] : (string[])[$"{Indexing}"],
            .. Classes.IsEmpty ? [] : (string[])[$"classes {Format.List(Classes)}"],
            .. IgnoreQueryIds ? (string[])["query identifiers are ignored"] : [],
            .. Precision == NumericPrecision.Double ? [] : (string[])[$"in {Precision}"],
        ];
        return settings.Length == 0 ? "defaults" : string.Join("; ", settings);
    }
}
