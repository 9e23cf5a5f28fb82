using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>The pages' pictures are those that the programs beside them draw.</summary>
[Collection("Programs that are built")]
public class PicturesTests
{
    private static readonly string _images = Repository.PathOf("docs", "images");

    [Fact]
    public void Pictures_DrawnAnew_AreThoseOfThePages()
    {
        DirectoryInfo drawn = Directory.CreateTempSubdirectory("gd-pictures-");
        try
        {
            Draw("docs/pictures.cs", drawn.FullName);
            Draw("samples/race.cs", Path.Combine(drawn.FullName, "rosenbrock.svg"), Path.Combine(drawn.FullName, "race.html"));
            string[] pictures = [.. drawn.GetFiles("*.svg").Select(file => file.Name).Order(StringComparer.Ordinal)];
            if (Environment.GetEnvironmentVariable("APPROVE_PICTURES") == "1")
            {
                foreach (string picture in pictures)
                    File.Copy(Path.Combine(drawn.FullName, picture), Path.Combine(_images, picture), overwrite: true);
            }

            pictures.Should().Equal(Directory.GetFiles(_images).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            foreach (string picture in pictures)
            {
                File.ReadAllText(Path.Combine(drawn.FullName, picture)).Should().Be(
                    File.ReadAllText(Path.Combine(_images, picture)).ReplaceLineEndings("\n"),
                        "{0} changed: if it is meant, run the tests once with APPROVE_PICTURES=1", picture);
            }
        }
        finally
        {
            drawn.Delete(recursive: true);
        }
    }

    [Fact]
    public void EveryPicture_IsShownOnAPage()
    {
        string pages = string.Concat(Directory.GetFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md"))
            .Select(File.ReadAllText));

        Directory.GetFiles(_images).Should()
            .OnlyContain(file => pages.Contains($"images/{Path.GetFileName(file)})", StringComparison.Ordinal));
    }

    private static void Draw(string program, params string[] arguments)
    {
        (int exitCode, string output, string error) =
            ChildProcess.Run("dotnet", ["run", "-c", "Release", Repository.PathOf(program), "--", .. arguments], Repository.Root);

        exitCode.Should().Be(0, output + error);
    }
}
