using Microsoft.Data.Sqlite;

namespace GradientDescent.Tests.Online;

/// <summary>Rows of a database arrive as batches.</summary>
public class ReadBatchesTests
{
    [Fact]
    public async Task QueryOfADatabase_IsReadInBatches_AndLearned()
    {
        using SqliteConnection connection = Open(
            "CREATE TABLE houses (rooms INTEGER, area REAL, sold BOOLEAN, price REAL, weight REAL)",
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99) " +
            "INSERT INTO houses SELECT i % 5, i * 0.5, i % 2, 3 * (i % 5) + i * 0.5 + 7, 1 + i % 3 FROM n");
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT rooms, area, price, weight FROM houses ORDER BY area";
        var batches = new List<Dataset>();

        using (SqliteDataReader reader = command.ExecuteReader())
        {
            await foreach (Dataset batch in Dataset.ReadBatches(reader, "PRICE", batchSize: 32, weights: "weight"))
                batches.Add(batch);
        }

        batches.Select(batch => batch.SampleCount).Should().Equal(32, 32, 32, 4);
        batches[0].FeatureNames.Should().Equal("rooms", "area");
        batches[0].TargetNames.Should().Equal("price");
        batches[1].Features(1).ToArray().Should().Equal(3, 16.5);
        batches[1].Targets(1)[0].Should().Be(3 * 3 + 16.5 + 7);
        batches[1].Weight(1).Should().Be(1 + 33 % 3);

        LinearRegression model = new();
        var trainer = new OnlineTrainer(model, new SGD(0.2));
        for (int pass = 0; pass < 200; pass++)
        {
            using SqliteDataReader reader = command.ExecuteReader();
            await trainer.LearnAsync(Dataset.ReadBatches(reader, "price", batchSize: 10, weights: "weight"));
        }

        model.Predict(2, 20).Should().BeApproximately(3 * 2 + 20 + 7, 0.01);
    }

    [Theory]
    [InlineData("SELECT 1 AS x, NULL AS y", "y", "Row 0, column 'y' is missing: it must be a finite number.")]
    [InlineData("SELECT 'red' AS x, 1 AS y", "y", "Row 0, column 'x' is 'red': it must be a finite number.")]
    [InlineData("SELECT 1 AS x, 1 AS y UNION ALL SELECT 9e999, 2", "y", "Row 1, column 'x' is '*': it must be a finite number.")]
    [InlineData("SELECT 1 AS x, 1 AS y", "z", "There is no column 'z': the query has x, y.*")]
    [InlineData("SELECT 1 AS y", "y", "The query has no columns besides the target and the weights: at least one is needed.*")]
    public async Task BadRows_AreRefusedByRowAndColumn(string query, string target, string message)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();

        Func<Task> read = async () =>
        {
            await foreach (Dataset batch in Dataset.ReadBatches(reader, target))
            {
            }
        };

        (await read.Should().ThrowAsync<Exception>()).WithMessage(message);
    }

    private static SqliteConnection Open(params string[] statements)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (string statement in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        return connection;
    }
}
