using System.Diagnostics;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>Draws a chart with an installed browser of the Chromium family, without a window.</summary>
internal static class HeadlessBrowser
{
    private const int PatienceInMilliseconds = 60_000;

    private static readonly string[] _commands =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    /// <summary>Returns the bytes of a picture file.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="format">"svg" or "png".</param>
    /// <param name="options">The size and the browser.</param>
    /// <exception cref="InvalidOperationException">There is no browser, or it does not draw the chart.</exception>
    public static byte[] Draw(TitledFigure figure, string format, ImageOptions options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gd-picture-");
        try
        {
            string page = Path.Combine(folder.FullName, "picture.html");
            File.WriteAllText(page, ImagePage.Write(figure, format, options), new UTF8Encoding(false));
            string shown = Run(Find(options.Browser), page, folder.FullName);
            return ImagePage.ImageIn(shown, format)
                ?? throw new InvalidOperationException("The browser did not draw the chart: its page has no picture.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string browser, string page, string folder)
    {
        // --dump-dom prints the page as it is when the script has put the picture into it.
        ProcessStartInfo start = new(browser,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--no-first-run", "--hide-scrollbars",
            $"--user-data-dir={Path.Combine(folder, "profile")}", "--virtual-time-budget=10000", "--dump-dom", new Uri(page).AbsoluteUri,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (process.WaitForExit(PatienceInMilliseconds) && output.Wait(PatienceInMilliseconds))
            return output.Result;
        process.Kill(entireProcessTree: true);
        throw new InvalidOperationException(
            FormattableString.Invariant($"The browser '{browser}' did not end within {PatienceInMilliseconds / 1000} seconds."));
    }

    private static string Find(string? named)
    {
        string? chosen = named ?? Environment.GetEnvironmentVariable("CHROMIUM");
        IEnumerable<string> candidates = chosen is { Length: > 0 } ? InPath(chosen) : _commands.SelectMany(InPath).Concat(Installed());
        return candidates.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(chosen is { Length: > 0 }
            ? $"There is no browser '{chosen}': give the path of Chromium, Chrome or Edge."
            : "A picture needs a browser: install Chromium, Chrome or Edge, or name one in ImageOptions.Browser or in the environment " +
                "variable CHROMIUM. A page (SaveHtml) needs none to be written, and has buttons that save pictures.");
    }

    private static IEnumerable<string> InPath(string command)
    {
        if (command.AsSpan().ContainsAny('/', '\\'))
            return [command];
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, command + ending)));
    }

    private static IEnumerable<string> Installed()
    {
        if (OperatingSystem.IsMacOS())
        {
            string[] names = ["Google Chrome", "Chromium", "Microsoft Edge"];
            return names.Select(name => $"/Applications/{name}.app/Contents/MacOS/{name}");
        }

        if (!OperatingSystem.IsWindows())
            return [];
        Environment.SpecialFolder[] roots =
        [
            Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86,
            Environment.SpecialFolder.LocalApplicationData,
        ];
        string[] paths =
        [
            @"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe", @"Chromium\Application\chrome.exe",
        ];
        return from root in roots from path in paths select Path.Combine(Environment.GetFolderPath(root), path);
    }
}
