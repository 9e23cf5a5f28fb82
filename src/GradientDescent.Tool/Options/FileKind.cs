using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>What the name of a data file says about it. All other names are those of CSV files.</summary>
internal static class FileKind
{
    private static readonly ImmutableArray<string> _arrow = [".arrow", ".feather", ".ipc"], _libSvm = [".svm", ".libsvm", ".svmlight"],
        _parquet = [".parquet"];

    public static bool IsArrow(string path) => HasExtension(path, _arrow);

    /// <summary>Returns whether the lines of a file have the target and the features that are not 0, without names.</summary>
    public static bool IsLibSvm(string path) => HasExtension(path, _libSvm);

    public static bool IsParquet(string path) => HasExtension(path, _parquet);

    /// <summary>Returns whether all columns of a file are numbers that need no options to be read.</summary>
    public static bool IsOfNumbers(string path) => IsArrow(path) || IsLibSvm(path);

    public static bool IsCsv(string path) => !IsOfNumbers(path) && !IsParquet(path);

    /// <summary>Adds an error for each option that says how text is read, for a file of numbers.</summary>
    public static void Refuse(CommandResult result, string path, IEnumerable<Option> options)
    {
        foreach (Option option in options.Where(option => result.GetResult(option) is { Implicit: false }))
            result.AddError($"{option.Name} does not apply to '{path}', whose columns are numbers already: it is for CSV files.");
    }

    private static bool HasExtension(string path, ImmutableArray<string> extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
