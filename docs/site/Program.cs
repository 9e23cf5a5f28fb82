using System.Diagnostics;
using GradientDescent.Site;

// Makes the web site of the pages and of the public types: dotnet run -c Release --project docs/site -- OUTPUT
// The exit code is 0 only if docfx has no warning and every link of the site leads somewhere.
if (args is not [string output])
{
    Console.Error.WriteLine("dotnet run -c Release --project docs/site -- OUTPUT");
    return 2;
}

string? root = AppContext.BaseDirectory;
while (root is not null && !File.Exists(Path.Combine(root, "GradientDescent.sln")))
    root = Path.GetDirectoryName(root);
if (root is null)
{
    Console.Error.WriteLine($"No folder above {AppContext.BaseDirectory} holds GradientDescent.sln.");
    return 2;
}

DirectoryInfo work = Directory.CreateTempSubdirectory("gd-site-");
try
{
    Api api = Api.Read(root);
    api.Write(Path.Combine(root, "docs", "site"), work.FullName);
    Pages.Write(root, api, work.FullName);
    string settings = Template.Write(Path.Combine(root, "docs", "site"), work.FullName);

    Run("tool restore");
    if (!Run($"docfx \"{settings}\" --warningsAsErrors --logLevel Warning"))
        return 1;

    string site = Path.Combine(work.FullName, "site");
    Template.Tidy(site);
    string[] faults = [.. Links.Faults(site)];
    foreach (string fault in faults)
        Console.Error.WriteLine(fault);
    if (faults.Length > 0)
        return 1;

    Folders.Copy(site, output);
    Console.WriteLine($"{Directory.GetFiles(output, "*.html", SearchOption.AllDirectories).Length} pages in {output}");
    return 0;
}
catch (SiteException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
finally
{
    work.Delete(recursive: true);
}

// The tool is found by the manifest of the repository. The text is printed only when something is wrong.
bool Run(string arguments)
{
    var start = new ProcessStartInfo("dotnet", arguments)
    {
        WorkingDirectory = root,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    using Process process = Process.Start(start)!;
    Task<string> error = process.StandardError.ReadToEndAsync();
    string text = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        Console.Error.WriteLine($"dotnet {arguments}\n{text}{error.Result}");
    return process.ExitCode == 0;
}
