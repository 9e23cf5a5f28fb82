using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GradientDescent;

/// <summary>Writes runs to the tables of a history and reads them. NaN is stored as NULL, because SQLite has no NaN.</summary>
internal static class RunRows
{
    private const string Training = "training";
    private const string Validation = "validation"; // after training in the alphabet: the order of the sorted metric uses it

    private const string Columns =
        "id, name, started, ticks, settings, model, optimizer, target, source, fingerprint, samples, features, reason, steps, epochs, "
        + "loss, seed, model_file";

    public static long Insert(SqliteConnection connection, RunRecord run)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand insert = Command(
            connection,
            $"INSERT INTO run ({Columns}) VALUES (NULL, $name, $started, $ticks, $settings, $model, $optimizer, $target, $source, "
            + "$fingerprint, $samples, $features, $reason, $steps, $epochs, $loss, $seed, $file) RETURNING id",
            ("$name", run.Name),
            ("$started", run.Started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ("$ticks", run.Duration.Ticks),
            ("$settings", run.Settings),
            ("$model", run.Model),
            ("$optimizer", run.Optimizer),
            ("$target", run.Target),
            ("$source", run.DataSource),
            ("$fingerprint", run.DataFingerprint),
            ("$samples", run.SampleCount),
            ("$features", run.FeatureCount),
            ("$reason", run.Reason.ToString()),
            ("$steps", run.Steps),
            ("$epochs", run.Epochs),
            ("$loss", Stored(run.Loss)),
            ("$seed", run.Seed),
            ("$file", run.ModelFile));
        long id = (long)insert.ExecuteScalar()!;
        InsertMetrics(connection, id, Training, run.TrainingMetrics);
        InsertMetrics(connection, id, Validation, run.ValidationMetrics);
        foreach ((string name, string value) in run.Tags)
        {
            using SqliteCommand tag = Command(
                connection, "INSERT INTO tag VALUES ($run, $name, $value)", ("$run", id), ("$name", name), ("$value", value));
            tag.ExecuteNonQuery();
        }

        transaction.Commit();
        return id;
    }

    public static bool Delete(SqliteConnection connection, long id)
    {
        using SqliteCommand delete = Command(connection, "DELETE FROM run WHERE id = $id", ("$id", id));
        return delete.ExecuteNonQuery() > 0;
    }

    public static ImmutableArray<RunRecord> Select(SqliteConnection connection, RunFilter filter, long? id = null)
    {
        List<(string, object?)> parameters = [];
        List<string> conditions = [];
        foreach ((string column, object? value) in new (string, object?)[]
        {
            ("id", id), ("name", filter.Name), ("target", filter.Target), ("model", filter.Model), ("optimizer", filter.Optimizer),
        })
        {
            if (value is not null)
                Require($"{column} = ${column}", ($"${column}", value));
        }

        foreach ((int i, KeyValuePair<string, string> tag) in filter.Tags.Index())
        {
            string key = FormattableString.Invariant($"$key{i}"), value = FormattableString.Invariant($"$value{i}");
            parameters.Add((key, tag.Key));
            Require($"EXISTS (SELECT * FROM tag WHERE run = id AND tag.name = {key} AND tag.value = {value})", (value, tag.Value));
        }

        string where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        parameters.Add(("$limit", filter.Limit ?? -1));
        parameters.Add(("$sort", filter.SortBy));
        // One transaction: metrics and tags belong to the runs that were read, whatever other processes do.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        using SqliteCommand select = Command(
            connection, $"SELECT {Columns} FROM run {where} ORDER BY {OrderOf(filter)} LIMIT $limit", [.. parameters]);
        using SqliteDataReader row = select.ExecuteReader();
        ImmutableArray<RunRecord>.Builder runs = ImmutableArray.CreateBuilder<RunRecord>();
        while (row.Read())
            runs.Add(Read(connection, row));
        return runs.ToImmutable();

        void Require(string condition, (string, object?) parameter)
        {
            conditions.Add(condition);
            parameters.Add(parameter);
        }
    }

    private static string OrderOf(RunFilter filter)
    {
        const string Metric = "(SELECT value FROM metric WHERE run = id AND metric.name = $sort ORDER BY part DESC LIMIT 1)";
        string value = filter.SortBy == "loss" ? "loss" : Metric;
        string direction = filter.Descending ? "DESC" : "ASC";
        return filter.SortBy is null ? "started DESC, id DESC" : $"{value} IS NULL, {value} {direction}, id DESC";
    }

    private static void InsertMetrics(SqliteConnection connection, long id, string part, IReadOnlyDictionary<string, double> metrics)
    {
        foreach ((string name, double value) in metrics)
        {
            using SqliteCommand metric = Command(
                connection,
                "INSERT INTO metric VALUES ($run, $part, $name, $value)",
                ("$run", id),
                ("$part", part),
                ("$name", name),
                ("$value", Stored(value)));
            metric.ExecuteNonQuery();
        }
    }

    private static RunRecord Read(SqliteConnection connection, SqliteDataReader row)
    {
        long id = row.GetInt64(0);
        return new RunRecord
        {
            Id = id,
            Name = row.GetString(1),
            Started = DateTimeOffset.Parse(row.GetString(2), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            Duration = TimeSpan.FromTicks(row.GetInt64(3)),
            Settings = row.GetString(4),
            Model = row.GetString(5),
            Optimizer = row.GetString(6),
            Target = row.GetString(7),
            DataSource = row.GetString(8),
            DataFingerprint = row.GetString(9),
            SampleCount = row.GetInt64(10),
            FeatureCount = row.GetInt64(11),
            Reason = Enum.TryParse(row.GetString(12), out StopReason reason) ? reason
                : throw new FormatException($"run {id} has the unknown reason '{row.GetString(12)}'."),
            Steps = row.GetInt64(13),
            Epochs = row.GetInt64(14),
            Loss = Restored(row, 15),
            Seed = row.IsDBNull(16) ? null : row.GetInt64(16),
            ModelFile = row.GetString(17),
            TrainingMetrics = Metrics(connection, id, Training),
            ValidationMetrics = Metrics(connection, id, Validation),
            Tags = Pairs(
                connection, "SELECT name, value FROM tag WHERE run = $run", reader => reader.GetString(1), ("$run", id)),
        };
    }

    private static ImmutableSortedDictionary<string, double> Metrics(SqliteConnection connection, long id, string part) => Pairs(
        connection,
        "SELECT name, value FROM metric WHERE run = $run AND part = $part",
        reader => Restored(reader, 1),
        ("$run", id),
        ("$part", part));

    private static ImmutableSortedDictionary<string, T> Pairs<T>(
        SqliteConnection connection, string sql, Func<SqliteDataReader, T> valueOf, params ReadOnlySpan<(string, object?)> parameters)
    {
        using SqliteCommand select = Command(connection, sql, parameters);
        using SqliteDataReader row = select.ExecuteReader();
        ImmutableSortedDictionary<string, T>.Builder pairs = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        while (row.Read())
            pairs.Add(row.GetString(0), valueOf(row));
        return pairs.ToImmutable();
    }

    private static double? Stored(double number) => double.IsNaN(number) ? null : number;

    private static double Restored(SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private static SqliteCommand Command(
        SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
