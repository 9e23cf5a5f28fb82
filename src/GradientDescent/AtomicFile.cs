namespace GradientDescent;

/// <summary>Writes beside the file and then moves: whenever the process dies, there is a whole file, the old or the new.</summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Stream> write)
    {
        string unfinished = path + ".unfinished";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
