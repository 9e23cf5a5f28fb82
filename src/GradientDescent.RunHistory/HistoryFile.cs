using Microsoft.Data.Sqlite;

namespace GradientDescent;

/// <summary>Opens the SQLite file of a history and checks that it is one.</summary>
internal static class HistoryFile
{
    private const int SchemaVersion = 1;
    private const int ApplicationId = 0x47445248; // GDRH: marks a SQLite file as a history of runs

    // Columns of floating-point numbers have no type: SQLite keeps the 8 bytes as they are. With the type REAL, −0 would become 0.
    private const string Schema = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, started TEXT NOT NULL, ticks INTEGER NOT NULL,
            settings TEXT NOT NULL, model TEXT NOT NULL, optimizer TEXT NOT NULL, target TEXT NOT NULL, source TEXT NOT NULL,
            fingerprint TEXT NOT NULL, samples INTEGER NOT NULL, features INTEGER NOT NULL, reason TEXT NOT NULL, steps INTEGER NOT NULL,
            epochs INTEGER NOT NULL, loss, seed INTEGER, model_file TEXT NOT NULL);
        CREATE TABLE metric (
            run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE, part TEXT NOT NULL, name TEXT NOT NULL, value,
            PRIMARY KEY (run, part, name)) WITHOUT ROWID;
        CREATE TABLE tag (
            run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (run, name)) WITHOUT ROWID;
        """;

    /// <summary>Opens a file for writing and creates it if it does not exist, or opens an existing file for reading.</summary>
    public static SqliteConnection Open(string path, bool readOnly)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            Pooling = false, // the file is closed when the history is
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            if (IsEmpty(connection) && !readOnly)
                Create(connection);
            Check(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Returns the exception that users see for an error of SQLite.</summary>
    public static Exception ErrorOf(SqliteException error, string path)
    {
        const int Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, CannotOpen = 14, NotADatabase = 26;
        return error.SqliteErrorCode switch
        {
            NotADatabase => new InvalidDataException($"'{path}' is not a history of runs: it is no SQLite file.", error),
            Corrupt => new InvalidDataException($"'{path}' is damaged: SQLite cannot read it.", error),
            ReadOnly => new UnauthorizedAccessException($"'{path}' cannot be written: it is read-only.", error),
            Busy or Locked => new IOException($"'{path}' is in use: another process has been writing to it for 30 seconds.", error),
            CannotOpen => new IOException($"'{path}' cannot be opened: check the permissions of the file and its folder.", error),
            _ => new IOException($"'{path}': {error.Message}", error),
        };
    }

    private static bool IsEmpty(SqliteConnection connection) =>
        Number(connection, "SELECT count(*) FROM sqlite_schema") == 0 && Number(connection, "PRAGMA application_id") == 0;

    private static void Create(SqliteConnection connection)
    {
        // Readers do not wait for a writer. SQLite ignores the mode inside a transaction, and keeps it in the file.
        Execute(connection, "PRAGMA journal_mode = WAL");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        if (!IsEmpty(connection))
            return; // another process was faster
        Execute(connection, FormattableString.Invariant(
            $"{Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};"));
        transaction.Commit();
    }

    private static void Check(SqliteConnection connection, string path)
    {
        if (Number(connection, "PRAGMA application_id") != ApplicationId)
            throw new InvalidDataException($"'{path}' is not a history of runs: it is a SQLite file of another program.");
        long version = Number(connection, "PRAGMA user_version");
        if (version != SchemaVersion)
            throw new InvalidDataException(FormattableString.Invariant(
                $"'{path}' has the schema version {version}: this package reads version {SchemaVersion}. Use a newer package."));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
