using System.Globalization;
using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Tool;

/// <summary><c>gd nist</c> as a process of its own.</summary>
public sealed partial class NistTests
{
    private static readonly Lazy<ToolProcess> _run = new(() => ToolProcess.Run("nist"));

    private static Dictionary<string, double[]> Rows => _run.Value.Output.Split('\n')
        .Select(line => Gap().Split(line.Trim()))
        .Where(cells => cells.Length == 11 && cells[0] != "set")
        .ToDictionary(cells => cells[0], cells => cells[1..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray());

    [Fact]
    public void Nist_ThroughAPipe_IsPlainNarrowAndSucceeds()
    {
        _run.Value.ExitCode.Should().Be(0);
        _run.Value.Error.Should().BeEmpty();
        _run.Value.Output.Should().NotContain("\u001b");
        _run.Value.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
        Rows.Should().HaveCount(11);
    }

    // Columns: n, p, Fit, s.e., accurate, s.e., steps, first-order, steps, QR.
    [Fact]
    public void Nist_AccuratePreset_HasThirteenDigitsOnAllSets() =>
        Rows.Values.Should().OnlyContain(row => row[4] >= 13 && row[5] >= 13 && row[6] <= 10);

    [Fact]
    public void Nist_FirstOrderSteps_HaveSixDigitsOnNineSets() =>
        Rows.Values.Count(row => row[7] >= 6).Should().BeGreaterThanOrEqualTo(9);

    [Fact]
    public void Nist_OrdinaryFit_IsAtMostADigitBehindMathNetsQr() =>
        Rows.Values.Should().OnlyContain(row => row[2] >= row[9] - 1);

    [Fact]
    public void ThePageOnAccuracy_QuotesTheTable()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "accuracy.md")).ToLowerInvariant();

        Rows.Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Key} | {row.Value[2]:F1} | {row.Value[3]:F1} | {row.Value[4]:F1} | {row.Value[5]:F1} | {row.Value[6]} | " +
                $"{row.Value[7]:F1} | {row.Value[8]} | {row.Value[9]:F1} |"))
            .Should().OnlyContain(row => page.Contains(row));
    }

    [Fact]
    public void Nist_WithAnArgument_IsWrongUsage() => ToolProcess.Run("nist", "filip").ExitCode.Should().Be(2);

    [Fact]
    public void Nist_Help_ShowsItsExample()
    {
        var gd = ToolProcess.Run("nist", "--help");

        gd.ExitCode.Should().Be(0);
        gd.Output.Should().Contain("gd nist").And.NotContain("houses.csv");
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
