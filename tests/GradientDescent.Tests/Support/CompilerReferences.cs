using Microsoft.CodeAnalysis;

namespace GradientDescent.Tests.Support;

/// <summary>The assemblies of the running test process, as references for the C# compiler.</summary>
internal static class CompilerReferences
{
    /// <summary>Creates a reference for each assembly, by its file name, for example <c>GradientDescent.dll</c>.</summary>
    public static Dictionary<string, MetadataReference> ByFileName()
    {
        string[] paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return paths.DistinctBy(path => Path.GetFileName(path))
            .ToDictionary(path => Path.GetFileName(path), path => (MetadataReference)MetadataReference.CreateFromFile(path));
    }
}
