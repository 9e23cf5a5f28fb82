using GradientDescent.Tests.Tool;
using Microsoft.Data.Sqlite;

namespace GradientDescent.Tests.Runs;

/// <summary>Files that are no history, or cannot be one, are refused with their name and the reason.</summary>
public sealed class HistoryFileTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private string Path => _folder.PathOf("runs.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AFileThatIsNoDatabase_IsRefusedAndUnchanged()
    {
        string text = string.Concat(Enumerable.Repeat("area,price\n", 200));
        _folder.Write("runs.db", text);

        Opening().Should().Throw<InvalidDataException>().WithMessage("*runs.db' is not a history of runs: it is no SQLite file.");
        File.ReadAllText(Path).Should().Be(text);
    }

    [Theory]
    [InlineData("CREATE TABLE other (a)")]
    [InlineData("PRAGMA application_id = 7")]
    public void Open_ADatabaseOfAnotherProgram_IsRefused(string sql)
    {
        Execute(sql);

        Opening().Should().Throw<InvalidDataException>().WithMessage("*runs.db' is not a history of runs: it is a SQLite file of another*");
    }

    [Fact]
    public void Open_ANewerVersion_IsRefusedByItsNumber()
    {
        RunHistory.Open(Path).Dispose();
        Execute("PRAGMA user_version = 2");

        Opening().Should().Throw<InvalidDataException>().WithMessage("*runs.db' has the schema version 2: this package reads version 1.*");
    }

    [Fact]
    public void Open_ADirectoryOrNoFolderOrNothing_IsRefused()
    {
        FluentActions.Invoking(() => RunHistory.Open(_folder.PathOf(""))).Should().Throw<IOException>().WithMessage("*is a directory*");
        FluentActions.Invoking(() => RunHistory.Open(_folder.PathOf("none/runs.db"))).Should().Throw<DirectoryNotFoundException>();
        FluentActions.Invoking(() => RunHistory.Open(Path, readOnly: true)).Should().Throw<FileNotFoundException>();
        FluentActions.Invoking(() => RunHistory.Open("")).Should().Throw<ArgumentException>();
        File.Exists(Path).Should().BeFalse();
    }

    [Fact]
    public void Add_ToAHistoryThatIsOpenForReading_IsRefused()
    {
        RunHistory.Open(Path).Dispose();
        using RunHistory history = RunHistory.Open(Path, readOnly: true);

        history.Invoking(reader => reader.Add(new RunRecord())).Should().Throw<UnauthorizedAccessException>()
            .WithMessage("*runs.db' cannot be written: it is read-only.");
        history.Runs().Should().BeEmpty();
    }

    [Fact]
    public void Runs_OfADamagedFile_NameTheFile()
    {
        using (RunHistory history = RunHistory.Open(Path))
            history.Add(new RunRecord());
        Execute("UPDATE run SET reason = 'Bored'");

        using RunHistory damaged = RunHistory.Open(Path);
        damaged.Invoking(history => history.Runs()).Should().Throw<InvalidDataException>().WithMessage("*runs.db' is damaged*Bored*");
    }

    private Func<RunHistory> Opening() => () => RunHistory.Open(Path);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
