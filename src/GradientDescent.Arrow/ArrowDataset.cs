namespace GradientDescent.Arrow;

/// <summary>
/// Data larger than memory: an Arrow file whose rows of features are mapped into memory instead of loaded. The system reads the pages that
/// are used, and forgets them when it needs the memory.
/// </summary>
/// <remarks>
/// A fit has the bits of the same fit in memory. Targets and weights are read into memory, 8 bytes each. The file is an Arrow IPC file
/// without compression: a column of fixed-size lists of <c>double</c> or <c>float</c> with the features, columns with the targets and, if
/// wanted, the weights. The file must not change while it is open: the
/// length and the time of the last change are compared at most once a second and at the end of each epoch. A file that is cut between two
/// looks ends the process, because the system has no pages for its end any more.
/// </remarks>
/// <example><code>
/// using GradientDescent.Arrow;
/// ArrowDataset.ConvertCsv("diabetes.csv", "diabetes.arrow", target: "target");
/// using ArrowDataset file = ArrowDataset.Open("diabetes.arrow");
/// var model = new LinearRegression();
/// new Trainer().Fit(model, file.Data);
/// Console.WriteLine($"{file.Data.SampleCount} samples, {model.Weights.Length} weights");   // 442 samples, 10 weights
/// </code></example>
public sealed partial class ArrowDataset : IDisposable
{
    private readonly MappedFile _file;

    private ArrowDataset(MappedFile file, Dataset data) => (_file, Data) = (file, data);

    /// <summary>The samples. They must not be used any more when this object is disposed.</summary>
    public Dataset Data { get; }

    /// <summary>Opens a file.</summary>
    /// <remarks>
    /// Files that this class has written say which columns are targets and weights. A file of another program is read once, to check that
    /// all numbers are finite.
    /// </remarks>
    /// <param name="path">The path of the file.</param>
    /// <param name="targets">
    /// The columns of the targets; <see langword="null"/>: those that the file names, or the only column of numbers besides the features.
    /// </param>
    /// <param name="weights">The column of the weights; <see langword="null"/>: the one that the file names, if it names one.</param>
    /// <exception cref="InvalidDataException">
    /// The file is no Arrow file, is cut or damaged, is compressed, has missing values or numbers that are not finite, has no such
    /// columns, or has more than 2,147,483,647 rows. The message names the file and the cause.
    /// </exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static ArrowDataset Open(string path, IReadOnlyList<string>? targets = null, string? weights = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new MappedFile(path);
        try
        {
            return new ArrowDataset(file, ArrowReading.Read(file, targets, weights));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file. Data that is used afterwards throws an <see cref="ObjectDisposedException"/>.</summary>
    /// <remarks>Do not call it while a fit reads the data. Without it the file stays open until the process ends.</remarks>
    public void Dispose() => _file.Dispose();

    /// <summary>The file and its samples.</summary>
    public override string ToString() => $"{_file.Path}: {Data}";

    internal static InvalidDataException TooManyRows(long count, string? path = null) => new(Format.Text(
        $"{(path is null ? "There are" : $"{path} has")} at least {count} rows: one file holds at most {int.MaxValue}. Cut it into " +
        $"several files, one for each process of a job, and join them with Dataset.FromShards."));
}
