namespace GradientDescent.Tests.Tool;

/// <summary>A folder for a tool's files, gone at the end.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gd");

    public static string Diabetes => Support.Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv");

    public static string Iris => Path.Combine(AppContext.BaseDirectory, "Files", "iris.csv");

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
