using System.Numerics;
using GradientDescent.Kernels;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>Reads a file in the format of LIBSVM and SVMlight, in which most collections of sparse data are published.</summary>
    /// <remarks>
    /// Each line has a label and the features that are not 0, such as <c>+1 3:0.5 17:1</c>. Text behind <c>#</c> is a comment; empty lines
    /// are skipped. Features are stored sparsely: see
    /// <see cref="FromSparse(int[], int[], double[], int, double[], double[], IReadOnlyList{string}, bool)"/>.
    /// </remarks>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">The format and the number of features; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidDataException">
    /// A label or a value is not a finite number, an index is not a whole number, out of range, repeated or not in ascending order,
    /// or there are several labels, a query identifier or no samples. The message names the file, the line and the column.
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <example><code>
    /// File.WriteAllText("news.svm", "1 2:1 5:2   # two words\n3 1:1\n");
    /// Dataset news = Dataset.FromLibSvm("news.svm");
    /// Console.WriteLine(news);   // 2 samples, 5 features, 3 numbers not 0, 1 target
    /// </code></example>
    public static Dataset FromLibSvm(string path, LibSvmOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return FromLibSvm(stream, Path.GetFileName(path), options);
    }

    /// <summary>Reads data in the format of LIBSVM and SVMlight from a stream.</summary>
    /// <inheritdoc cref="FromLibSvm(string, LibSvmOptions)"/>
    /// <param name="stream">The stream to read from; it is left open.</param>
    /// <param name="source">The name of the data in messages, such as a file name.</param>
    /// <param name="options">The format and the number of features; <see langword="null"/> for the defaults.</param>
    public static Dataset FromLibSvm(Stream stream, string source, LibSvmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        options ??= new LibSvmOptions();
        return options.Precision == NumericPrecision.Double ? Read<double>() : Read<float>();

        Dataset Read<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            (SparseTable<T> features, double[] targets) = LibSvmReader<T>.Read(stream, source, options);
            return FromTable(features, targets);
        }
    }

    /// <summary>
    /// Writes the samples to a file in the format of LIBSVM and SVMlight. <see cref="FromLibSvm(string, LibSvmOptions)"/> reads all numbers
    /// with the same bits, except that the −0 of features that are not sparse becomes 0.
    /// </summary>
    /// <remarks>
    /// The file has no names, no encoding and no number of features: if the last features of all samples are 0,
    /// <see cref="LibSvmOptions.FeatureCount"/> must be set when it is read.
    /// </remarks>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <param name="indexing">
    /// The index of the first feature: <see cref="LibSvmIndexing.OneBased"/>, as LIBSVM has it, or <see cref="LibSvmIndexing.ZeroBased"/>.
    /// </param>
    /// <exception cref="NotSupportedException">The samples have weights or several targets, which the format does not have.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The indexing is automatic or not defined.</exception>
    /// <example><code>
    /// Dataset data = Dataset.From([[0, 1.5], [2, 0]], [1, -1]);
    /// data.SaveLibSvm("small.svm");
    /// Console.WriteLine(File.ReadAllText("small.svm").ReplaceLineEndings("|"));   // 1 2:1.5|-1 1:2|
    /// </code></example>
    public void SaveLibSvm(string path, LibSvmIndexing indexing = LibSvmIndexing.OneBased)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireLibSvm(indexing);
        AtomicFile.Write(path, stream => SaveLibSvm(stream, indexing));
    }

    /// <inheritdoc cref="SaveLibSvm(string, LibSvmIndexing)"/>
    /// <param name="stream">The stream to write to; it is left open.</param>
    /// <param name="indexing">
    /// The index of the first feature: <see cref="LibSvmIndexing.OneBased"/>, as LIBSVM has it, or <see cref="LibSvmIndexing.ZeroBased"/>.
    /// </param>
    public void SaveLibSvm(Stream stream, LibSvmIndexing indexing = LibSvmIndexing.OneBased)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireLibSvm(indexing);
        var writer = new LibSvmWriter(
            stream, indexing == LibSvmIndexing.OneBased ? 1 : 0, FeaturePrecision == NumericPrecision.Single);
        SparseTable? table = Sparse;
        RowReader rows = StoredFeatureReader();
        for (int i = 0; i < SampleCount; i++)
        {
            if (table is not null)
                writer.Write(Targets(i)[0], table.ColumnsOf(i), rows(i));
            else
                writer.Write(Targets(i)[0], rows(i));
        }

        writer.Flush();
    }

    private void RequireLibSvm(LibSvmIndexing indexing)
    {
        if (indexing is not (LibSvmIndexing.OneBased or LibSvmIndexing.ZeroBased))
            throw Guard.OutOfRange(nameof(indexing), indexing, $"{LibSvmIndexing.OneBased} or {LibSvmIndexing.ZeroBased}");
        if (HasWeights)
            throw new NotSupportedException("The samples have weights, which a LIBSVM file cannot hold.");
        if (TargetCount > 1)
            throw new NotSupportedException(Format.Text($"The samples have {TargetCount} targets: a LIBSVM file holds one."));
    }
}
