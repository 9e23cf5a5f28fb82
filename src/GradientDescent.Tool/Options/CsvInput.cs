namespace GradientDescent.Tool;

/// <summary>A CSV file that the user names, or standard input.</summary>
internal static class CsvInput
{
    public const string StandardInput = "-";

    /// <summary>Returns a description of the error in the name of a file, or <see langword="null"/> if it is valid.</summary>
    public static string? PathProblem(string path) =>
        path == StandardInput ? null : Arguments.PathProblem(CsvFormatOptions.FileName, path);

    /// <exception cref="InvalidDataException">The data is not valid CSV.</exception>
    /// <exception cref="IOException">The file is a directory or cannot be read.</exception>
    public static CsvTable Read(string path, CsvOptions format)
    {
        if (path != StandardInput)
        {
            Arguments.RefuseDirectory(path, "CSV file");
            return CsvTable.Read(path, format);
        }

        using var copy = new MemoryStream(); // a first line such as sep=; is read twice
        using (Stream input = Console.OpenStandardInput())
            input.CopyTo(copy);
        copy.Position = 0;
        return CsvTable.Read(copy, "standard input", format);
    }
}
