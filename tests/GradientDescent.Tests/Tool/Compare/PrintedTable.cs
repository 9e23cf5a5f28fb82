using System.Globalization;
using System.Text.RegularExpressions;

namespace GradientDescent.Tests.Tool;

/// <summary>A table read back from what the tool printed: cells stand at least two spaces apart.</summary>
internal sealed partial class PrintedTable
{
    private readonly string[] _headers;

    private PrintedTable(string[][] lines)
    {
        _headers = lines[0];
        Rows = lines[1..];
    }

    public static string[] Names { get; } =
        ["BatchGD", "SGD", "MiniBatchSGD", "Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam", "analytic"];

    public string[][] Rows { get; }

    /// <summary>Everything but how long it took.</summary>
    public IEnumerable<string> Timeless => Rows.Select(row => string.Join("|", row.Where((_, j) => _headers[j] != "time")));

    public static PrintedTable Parse(string output)
    {
        IEnumerable<string> lines = output.Split('\n').SkipWhile(line => !line.StartsWith("optimizer", StringComparison.Ordinal));
        return new([.. lines.TakeWhile(line => line.Trim() != "").Select(line => Gap().Split(line.Trim()))]);
    }

    public string Cell(int row, string header) => Rows[row][Array.IndexOf(_headers, header)];

    public double Number(int row, string header) => double.Parse(Cell(row, header), CultureInfo.InvariantCulture);

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
