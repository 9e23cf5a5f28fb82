using System.Globalization;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>CSV files of the hashed numbers with six decimals, which all sides read.</summary>
internal static class CsvFile
{
    public const string Target = "y";

    /// <summary>The path of the file with so many rows and features; the first call writes it.</summary>
    public static string In(string folder, int rows, int columns)
    {
        string path = Path.Combine(folder, FormattableString.Invariant($"{rows}x{columns}.csv"));
        if (!File.Exists(path))
            Write(path, rows, columns);
        return path;
    }

    private static void Write(string path, int rows, int columns)
    {
        using StreamWriter file = new(path) { NewLine = "\n" };
        file.WriteLine(string.Join(',', Enumerable.Range(1, columns).Select(j => $"x{j}").Append(Target)));
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                file.Write(string.Create(CultureInfo.InvariantCulture, $"{HashedNumbers.Uniform(i, j):F6},"));
            file.WriteLine(HashedNumbers.Score(i, columns).ToString("F6", CultureInfo.InvariantCulture));
        }
    }
}
