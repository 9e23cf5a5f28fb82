using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GradientDescent;

/// <summary>A history of training runs in one SQLite file.</summary>
/// <remarks>
/// Several processes can add runs to one file at the same time, if it is not on a network drive. An instance is for one thread at a time.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// using RunHistory history = RunHistory.Open("runs.db");
/// long id = history.Add(RunRecord.From(LinearRegression.Fit(data), data) with { Name = "all columns" });
/// Console.WriteLine(history.Find(id)!.Name);   // all columns
/// Console.WriteLine(history.Runs().Length);    // 1
/// </code></example>
public sealed class RunHistory : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private RunHistory(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Opens a history, and creates its file if it does not exist.</summary>
    /// <param name="path">The path of the file. Its folder must exist.</param>
    /// <param name="readOnly">Whether the history is only read. The file must exist then.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be opened, or does not exist although it must.</exception>
    /// <exception cref="InvalidDataException">The file is not a history, or has the schema of another version of this package.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only and has to be created.</exception>
    /// <exception cref="PlatformNotSupportedException">The program has no SQLite library for this platform.</exception>
    public static RunHistory Open(string path, bool readOnly = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a directory: give a file for the history of runs.");
        if (readOnly && !File.Exists(path))
            throw new FileNotFoundException($"'{path}' does not exist.", path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}': its folder does not exist.");
        return Translated(path, () => new RunHistory(HistoryFile.Open(path, readOnly), path));
    }

    /// <summary>Adds a run and returns its number. <see cref="RunRecord.Id"/> of the given record is not used.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public long Add(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Translated(_path, () => RunRows.Insert(_connection, run));
    }

    /// <summary>Returns runs, the newest first unless the filter sorts them.</summary>
    /// <param name="filter">The choice and the order of the runs; <see langword="null"/> for all runs.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public ImmutableArray<RunRecord> Runs(RunFilter? filter = null) =>
        Translated(_path, () => RunRows.Select(_connection, filter ?? new RunFilter()));

    /// <summary>Returns the run with a number, or <see langword="null"/> if there is none.</summary>
    /// <param name="id">The number of the run.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public RunRecord? Find(long id) => Translated(_path, () => RunRows.Select(_connection, new RunFilter(), id)).FirstOrDefault();

    /// <summary>Removes a run and returns whether there was one. Its number is not used again.</summary>
    /// <param name="id">The number of the run.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public bool Remove(long id) => Translated(_path, () => RunRows.Delete(_connection, id));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    /// <summary>Returns the path of the file.</summary>
    public override string ToString() => $"runs in '{_path}'";

    private static T Translated<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw HistoryFile.ErrorOf(e, path);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException)
        {
            throw new InvalidDataException($"'{path}' is damaged: {e.Message}", e);
        }
        catch (TypeInitializationException e) when (e.GetBaseException() is DllNotFoundException)
        {
            throw new PlatformNotSupportedException(
                $"A history of runs needs SQLite's library, which is not there for {RuntimeInformation.RuntimeIdentifier}.", e);
        }
    }
}
