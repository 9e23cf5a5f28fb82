using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace GradientDescent.Tests.Support;

/// <summary>
/// The programs of the pages, run once for all tests: what they print, and the charts that they save as pages, by the names of the files.
/// </summary>
internal static partial class PagePrograms
{
    private static readonly Lazy<(string[] Printed, Dictionary<string, string> Charts)> _run = new(Run);

    /// <summary>The pages that have programs, by their paths in the repository.</summary>
    public static Dictionary<string, string> Pages { get; } = new[]
    {
        [Repository.PathOf("README.md")],
        Directory.GetFiles(Repository.PathOf("docs"), "*.md"),
        Directory.GetFiles(Repository.PathOf("src"), "README.md", SearchOption.AllDirectories),
    }
        .SelectMany(pages => pages)
        .Select(page => (Name: Path.GetRelativePath(Repository.Root, page).Replace('\\', '/'), Text: File.ReadAllText(page)
            .ReplaceLineEndings("\n")))
        .Where(page => page.Text.Contains("```csharp"))
        .ToDictionary(page => page.Name, page => page.Text);

    /// <summary>The programs with the outputs that stand below them.</summary>
    public static (string Name, string Code, string Output)[] All { get; } =
    [
        .. Pages.SelectMany(page => Programs(page.Value).Select((program, i) => (
            $"{page.Key}, program {i + 1}", program.Groups["code"].Value, program.Groups["output"].Value))),
    ];

    /// <summary>What each program prints.</summary>
    public static string[] Printed => _run.Value.Printed;

    /// <summary>The SHA-256 of the figure of each chart that a program saves as NAME.html, by NAME.</summary>
    public static IReadOnlyDictionary<string, string> Charts => _run.Value.Charts;

    /// <summary>The number of programs of a page that have their output below them.</summary>
    public static int CountOf(string page) => Programs(Pages[page]).Count;

    /// <summary>Runs the programs that save charts, and writes pictures in place of pages.</summary>
    /// <param name="files">The files of the pictures by the names of the charts, such as "loss.svg" for "loss".</param>
    /// <param name="folder">The folder of the files.</param>
    public static void Draw(IReadOnlyDictionary<string, string> files, string folder)
    {
        (string Name, string Code)[] programs =
        [
            .. All.Select(program => (program.Name, Code: SavedPage().Replace(program.Code, save =>
                files.TryGetValue(save.Groups["name"].Value, out string? file)
                    ? $".SaveImage(\"{Path.Combine(folder, file).Replace('\\', '/')}\")" : save.Value)))
                .Where(program => program.Code.Contains(".SaveImage(", StringComparison.Ordinal)),
        ];
        Support.Programs.Run(programs);
    }

    private static MatchCollection Programs(string page) => Program().Matches(page);

    private static (string[] Printed, Dictionary<string, string> Charts) Run()
    {
        var charts = new Dictionary<string, string>();
        string[] printed = Support.Programs.Run([.. All.Select(program => (program.Name, program.Code))], folder =>
        {
            foreach (string file in Directory.GetFiles(folder, "*.html"))
            {
                Match figures = Figures().Match(File.ReadAllText(file));
                charts[Path.GetFileNameWithoutExtension(file)] =
                    Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(figures.Groups["json"].Value)));
            }
        });
        return (printed, charts);
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```\n+```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex(@"\.SaveHtml\(""(?<name>[\w-]+)\.html""\)")]
    private static partial Regex SavedPage();

    [GeneratedRegex(@"<script type=""application/json"" id=""data"">(?<json>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Figures();
}
