namespace GradientDescent.Site;

/// <summary>Something on the pages, in the sources or in the settings of the site is wrong; the message says what.</summary>
internal sealed class SiteException(string message) : Exception(message);

internal static class Folders
{
    /// <summary>Copies all files of a folder. What the other folder already has stays, unless it has the same name.</summary>
    public static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    /// <summary>Writes a text file, and the folders above it if they do not exist.</summary>
    public static void WriteText(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
