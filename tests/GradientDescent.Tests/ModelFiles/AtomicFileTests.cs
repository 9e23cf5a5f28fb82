using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>Files that are written as a whole: by the library, by its pages and pictures.</summary>
public sealed class AtomicFileTests : ModelFileFixture
{
    private static readonly Report _report = new Report("Page").AddTable("Table", ["a"], ["1"]);

    public static TheoryData<string> Writers => ["model", "page", "picture", "checkpoint"];

    private static void Write(string what, string path)
    {
        switch (what)
        {
            case "model":
                SavedModels.Fitted(new LinearRegression(), 1).Save(path);
                break;
            case "page":
                _report.SaveHtml(path);
                break;
            case "picture":
                Charts.Schedules(10, 1, [("cosine", new CosineDecay(Horizon.Steps(10)))]).SaveHtml(path);
                break;
            default:
                new Trainer(new Adam(), new() { MaxSteps = 1, CheckpointFile = path })
                    .Fit(new LinearRegression(), Dataset.From([1.0, 2], [1.0, 2])).Note.Should().BeNull();
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void ALink_StaysAndTheFileItLeadsToIsReplaced(string what)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links needs a privilege.");
        string file = System.IO.Path.Combine(Folder, "file"), dangling = System.IO.Path.Combine(Folder, "dangling");
        File.WriteAllText(file, "old");
        File.CreateSymbolicLink(Path, "file");
        File.CreateSymbolicLink(dangling, "new");

        Write(what, Path);
        Write(what, dangling);

        new FileInfo(Path).LinkTarget.Should().Be("file");
        new FileInfo(dangling).LinkTarget.Should().Be("new");
        File.ReadAllBytes(file).Should().NotBeEmpty().And.NotEqual("old"u8.ToArray());
        File.Exists(System.IO.Path.Combine(Folder, "new")).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(Folder).Should().HaveCount(4);
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void PlantedFiles_AreNotTouched(string what)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links needs a privilege.");
        string secret = System.IO.Path.Combine(Folder, "secret");
        File.WriteAllText(secret, "secret");
        foreach (string ending in (string[])[".unfinished", ".tmp", "~"])
            File.CreateSymbolicLink(Path + ending, secret);

        Write(what, Path);

        File.ReadAllText(secret).Should().Be("secret");
        Directory.EnumerateFileSystemEntries(Folder).Should().HaveCount(5);
    }

    [Fact]
    public void TheOldPermissions_Stay()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no such permissions.");
            return;
        }

        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.WriteAllText(Path, "old");
        File.SetUnixFileMode(Path, Private | UnixFileMode.GroupWrite);

        SavedModels.Fitted(new LinearRegression(), 1).Save(Path);

        File.GetUnixFileMode(Path).Should().Be(Private | UnixFileMode.GroupWrite);
    }

    [Fact]
    public void AnyException_LeavesTheOldFileAndNothingElse()
    {
        File.WriteAllText(Path, "old");
        foreach (Exception failure in (Exception[])[new IOException("full"), new InvalidDataException("bad"), new ArgumentException("no")])
        {
            FluentActions.Invoking(() => AtomicFiles.Write(Path, file =>
            {
                file.Write(new byte[100_000]);
                throw failure;
            })).Should().Throw<Exception>().Which.Should().BeSameAs(failure);
        }

        File.ReadAllText(Path).Should().Be("old");
        Directory.EnumerateFileSystemEntries(Folder).Should().Equal(Path);
    }

    [Fact]
    public void APlaceWhereNoFileCanBe_IsNamed()
    {
        LinearRegression model = SavedModels.Fitted(new LinearRegression(), 1);
        string nowhere = System.IO.Path.Combine(Folder, "none", "m.json");

        FluentActions.Invoking(() => model.Save(Folder)).Should().Throw<IOException>().WithMessage($"'{Folder}' is a directory: *");
        FluentActions.Invoking(() => model.Save(nowhere)).Should().Throw<DirectoryNotFoundException>().WithMessage("*none*")
            .Which.Message.Should().NotContain(".unfinished");
        Directory.EnumerateFileSystemEntries(Folder).Should().BeEmpty();
    }

    [Fact]
    public void ADevice_IsWrittenToAndStays()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        File.CreateSymbolicLink(Path, "/dev/full");

        FluentActions.Invoking(() => SavedModels.Fitted(new LinearRegression(), 1).Save(Path)).Should().Throw<IOException>();
        SavedModels.Fitted(new LinearRegression(), 1).Save("/dev/null");

        new FileInfo(Path).LinkTarget.Should().Be("/dev/full");
        File.ReadAllBytes("/dev/null").Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(Folder).Should().Equal(Path);
    }

    [Fact]
    public void LinksInACircle_AreRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links needs a privilege.");
        string other = System.IO.Path.Combine(Folder, "other");
        File.CreateSymbolicLink(Path, other);
        File.CreateSymbolicLink(other, Path);
        string inside = System.IO.Path.Combine(Folder, "inside");
        File.CreateSymbolicLink(inside, "inside/x");

        foreach (string path in (string[])[Path, inside])
        {
            FluentActions.Invoking(() => SavedModels.Fitted(new LinearRegression(), 1).Save(path))
                .Should().Throw<IOException>().WithMessage("*too many symbolic links.");
        }
    }

    [Fact]
    public void TheSameFile_IsFoundThroughLinksOfFilesAndFolders()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links needs a privilege.");
        string real = System.IO.Path.Combine(Folder, "real"), linked = System.IO.Path.Combine(Folder, "linked");
        Directory.CreateDirectory(real);
        Directory.CreateSymbolicLink(linked, real);
        File.WriteAllText(System.IO.Path.Combine(real, "data.csv"), "x");
        File.CreateSymbolicLink(System.IO.Path.Combine(real, "again.csv"), "data.csv");

        AtomicFiles.IsSame(System.IO.Path.Combine(real, "data.csv"), System.IO.Path.Combine(linked, "again.csv")).Should().BeTrue();
        AtomicFiles.IsSame(System.IO.Path.Combine(real, "data.csv"), System.IO.Path.Combine(linked, "other.csv")).Should().BeFalse();
    }
}
