using System.Text;

namespace GradientDescent;

/// <summary>
/// Writes a new file next to the target and then moves it to the place of the target. If the process dies or the disk is full, the old
/// file is unchanged; after an exception, nothing else is left.
/// </summary>
/// <remarks>
/// A symbolic link stays, and the file that it leads to is replaced. The new file has the permissions of the old one; a file that may not
/// be written is not replaced. A pipe or a device cannot be replaced, so it is written to directly. The packages that write files compile
/// this class into their own assemblies.
/// </remarks>
internal static class AtomicFile
{
    private const int MaxLinks = 40; // as Linux
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file.</summary>
    /// <exception cref="IOException">The path is a directory, its folder does not exist, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Resolve(path);
        if (Directory.Exists(target))
            throw new IOException($"'{path}' is a directory: it must be the path of a file.");
        if (!File.Exists(target) && IsDevice(Path.GetFullPath(path)))
            target = path; // it may be a link to a pipe without a name, such as /dev/stdout
        bool isReplaced = File.Exists(target);
        if (isReplaced)
        {
            using var old = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            if (!old.CanSeek || IsDevice(target))
            {
                write(old);
                return;
            }
        }

        string unfinished = Path.Combine(Path.GetDirectoryName(target)!, $"{Path.GetRandomFileName()}.unfinished");
        try
        {
            Create(unfinished, isReplaced ? target : null, write);
            Finish(unfinished, target);
        }
        catch (Exception e) when (e.Message.Contains(unfinished, StringComparison.Ordinal)) // this name has no meaning to the user
        {
            string message = e.Message.Replace(unfinished, path, StringComparison.Ordinal);
            throw e switch
            {
                DirectoryNotFoundException => new DirectoryNotFoundException(message, e),
                UnauthorizedAccessException => new UnauthorizedAccessException(message, e),
                _ => new IOException(message, e),
            };
        }
    }

    /// <summary>Writes a text in UTF-8 without a byte-order mark.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => Write(path, file => file.Write(_utf8.GetBytes(text)));

    /// <summary>Returns whether two paths lead to the same file, directly or through symbolic links.</summary>
    public static bool IsSame(string path, string other) => Resolve(path) == Resolve(other);

    private static void Create(string unfinished, string? permissionsOf, Action<Stream> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (permissionsOf is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = File.GetUnixFileMode(permissionsOf);
        var file = new FileStream(unfinished, options);
        try
        {
            using (file)
            {
                if (options.UnixCreateMode is { } permissions && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file.SafeFileHandle, permissions); // the system may have taken some away on creation
                write(file);
                file.Flush(flushToDisk: true);
            }
        }
        catch (ArgumentOutOfRangeException e) // from .NET if the file is larger than the system allows
        {
            Discard(unfinished);
            throw new IOException($"'{unfinished}' cannot be written: {e.Message}", e);
        }
        catch
        {
            Discard(unfinished);
            throw;
        }
    }

    private static void Finish(string unfinished, string target)
    {
        try
        {
            File.Move(unfinished, target, overwrite: true);
        }
        catch
        {
            Discard(unfinished);
            throw;
        }
    }

    private static void Discard(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first exception says more.
        }
    }

    private static bool IsDevice(string path) =>
        (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
            || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>Returns the full path of a file without symbolic links.</summary>
    private static string Resolve(string path, int links = 0)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder)
            return full;
        string here = Path.Combine(Resolve(folder, links), Path.GetFileName(full));
        if (new FileInfo(here).LinkTarget is not { } target)
            return here;
        return links < MaxLinks
            ? Resolve(Path.Combine(Path.GetDirectoryName(here)!, target), links + 1)
            : throw new IOException($"'{path}' leads through too many symbolic links.");
    }
}
