using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Data;

/// <summary>Every message about a LIBSVM file names the file and the place; no other exception leaves the reader.</summary>
public sealed class LibSvmErrorTests
{
    private static readonly LibSvmOptions _oneBased = new() { Indexing = LibSvmIndexing.OneBased };
    private static readonly LibSvmOptions _three = new() { FeatureCount = 3 };
    private static readonly LibSvmOptions _threeFromZero = new() { FeatureCount = 3, Indexing = LibSvmIndexing.ZeroBased };

    public static TheoryData<string, LibSvmOptions?, string> BadFiles => new()
    {
        { "", null, "bad.svm has no samples: at least one is needed." },
        { "# a\n\n  # b\n", null, "bad.svm has no samples: at least one is needed." },
        { "1\n2\n", null, "bad.svm has no features: LibSvmOptions.FeatureCount must say how many there are." },
        { "1 2:1\nx 1:2\n", null, "bad.svm, line 2, column 1: the label 'x' is not a finite number." },
        { "\n nan 1:2\n", null, "bad.svm, line 2, column 2: the label 'nan' is not a finite number." },
        { "1,3 1:2\n", null, "bad.svm, line 1, column 1: '1,3' has several labels: a sample must have one." },
        { "1:2 2:3\n", null, "bad.svm, line 1, column 1: '1:2' is a feature: a line must begin with the label." },
        { "1 1:2 3:inf\n", null, "bad.svm, line 1, column 9: the value 'inf' is not a finite number." },
        { "1 1:2 3:NaN\n", null, "bad.svm, line 1, column 9: the value 'NaN' is not a finite number." },
        { "1 1:1e999\n", null, "bad.svm, line 1, column 5: the value '1e999' is too large: numbers have at most the size 1.7977E+308." },
        { "1 1:\n", null, "bad.svm, line 1, column 5: the value is missing." },
        { "1 1:2,5\n", null, "bad.svm, line 1, column 5: the value '2,5' is not a finite number." },
        { "1 1:2:3\n", null, "bad.svm, line 1, column 5: the value '2:3' is not a finite number." },
        { "1 7\n", null, "bad.svm, line 1, column 3: '7' is not INDEX:VALUE, such as 3:0.5, with a whole number as index." },
        { "1 :2\n", null, "bad.svm, line 1, column 3: ':2' is not INDEX:VALUE, such as 3:0.5, with a whole number as index." },
        { "1 -1:2\n", null, "bad.svm, line 1, column 3: '-1:2' is not INDEX:VALUE, such as 3:0.5, with a whole number as index." },
        { "1 1.5:2\n", null, "bad.svm, line 1, column 3: '1.5:2' is not INDEX:VALUE, such as 3:0.5, with a whole number as index." },
        { "1 1: 2\n", null, "bad.svm, line 1, column 5: the value is missing." },
        { "1 4:1 4:2\n", null, "bad.svm, line 1, column 7: the index 4 occurs twice: each index can occur once in a line." },
        { "1 4:1 3:2\n", null, "bad.svm, line 1, column 7: the index 3 is behind the index 4: indices must be in ascending order." },
        { "1 2147483647:1\n", null,
            "bad.svm, line 1, column 3: the index of '2147483647:1' is too large: at most 2147483646 is allowed." },
        { "1 99999999999999999999999:1\n", null,
            "bad.svm, line 1, column 3: the index of '99999999999999999999999:1' is too large: at most 2147483646 is allowed." },
        { "1 0:1\n", _oneBased, "bad.svm, line 1, column 3: the index is 0: the first index is 1, unless the file is zero-based." },
        { "1 4:1\n", _three,
            "bad.svm, line 1, column 3: the index is larger than 3: 3 features were given, and the first has the index 1." },
        { "1 0:1\n2 3:1\n", _three,
            "bad.svm, line 2, column 3: the index is larger than 2: 3 features were given, and the first has the index 0." },
        { "2 3:1\n1 0:1\n", _three, // known only behind the second line
            "bad.svm, line 1, column 3: the index is larger than 2: 3 features were given, and the first has the index 0." },
        { "2 3:1\n", _threeFromZero,
            "bad.svm, line 1, column 3: the index is larger than 2: 3 features were given, and the first has the index 0." },
        { "1 qid:3 1:2\n", null,
            "bad.svm, line 1, column 3: 'qid:3' is a query identifier, which no model uses: LibSvmOptions.IgnoreQueryIds reads past it." },
        { "3 1:2\n", new() { Classes = [-1, 1] }, "bad.svm, line 1, column 1: the label '3' is not one of the classes -1, 1." },
        { "1 1:1e39\n", new() { Precision = NumericPrecision.Single },
            "bad.svm, line 1, column 5: the value '1e39' is too large for a float." },
        { "1 1:2\u0000\n", null, "bad.svm, line 1, column 5: the value '2\uFFFD' (U+0000 null) is not a finite number." },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void FromLibSvm_OfABadFile_NamesThePlace(string text, LibSvmOptions? options, string message) =>
        FluentActions.Invoking(() => Read(Encoding.UTF8.GetBytes(text), options)).Should().Throw<InvalidDataException>()
            .Which.Message.Should().Be(message);

    [Fact]
    public void LibSvmOptions_OfBadValues_AreRefused()
    {
        FluentActions.Invoking(() => new LibSvmOptions { FeatureCount = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new LibSvmOptions { Indexing = (LibSvmIndexing)9 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new LibSvmOptions { Classes = [1, 1] }).Should().Throw<ArgumentException>()
            .WithMessage("A label occurs twice*");
        FluentActions.Invoking(() => new LibSvmOptions { Classes = [double.NaN] }).Should().Throw<ArgumentException>()
            .WithMessage("A label is not finite*");
    }

    /// <summary>Files of pieces that occur in such files are read, with sound numbers, or refused with the documented exception.</summary>
    [Fact]
    public void FromLibSvm_OfAnyPieces_IsSoundOrRefused()
    {
        string[] pieces =
        [
            "1", "-1", "+1", " ", " ", " ", "\n", "\n", ":", "1:2", " 2:3", " 3:-0.5", " 0:1", "#", ",", "qid:", "e", "1e5", ".", "\t",
            "\r",
            "\0", "\u00E9", "999999999", "nan", "inf",
        ];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(
            Gen.Elements(pieces).ArrayOf(24).Select(string.Concat).ToArbitrary(),
            text =>
            {
                Dataset data;
                try
                {
                    data = Read(Encoding.UTF8.GetBytes(text), null);
                }
                catch (InvalidDataException e)
                {
                    e.Message.Should().StartWith("bad.svm");
                    return;
                }

                data.SampleCount.Should().BePositive();
                data.Sparse!.RowCount.Should().Be(data.SampleCount);
                for (int i = 0; i < data.SampleCount; i++)
                {
                    int[] columns = data.Sparse.ColumnsOf(i).ToArray();
                    columns.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
                    columns.All(column => column >= 0 && column < data.FeatureCount).Should().BeTrue();
                }
            }));
    }

    private static Dataset Read(byte[] bytes, LibSvmOptions? options)
    {
        using var stream = new MemoryStream(bytes);
        return Dataset.FromLibSvm(stream, "bad.svm", options);
    }
}
