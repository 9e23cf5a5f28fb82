namespace GradientDescent.Tests.ModelFiles;

/// <summary>A path in a folder of its own, which is deleted after the test.</summary>
public abstract class ModelFileFixture : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory().FullName;

    protected string Path => System.IO.Path.Combine(Folder, "model.json");

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
