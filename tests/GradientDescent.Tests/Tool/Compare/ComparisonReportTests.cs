using GradientDescent.Tool;
using Spectre.Console;

namespace GradientDescent.Tests.Tool;

public class ComparisonReportTests
{
    private static readonly Comparison _diabetes =
        WithTimes(Comparison.Run(CompareCommand.BuiltIn(), new ComparisonSettings(Epochs: 5)), TimeSpan.FromMilliseconds(10));

    // The widest numbers there are: a billion updates, a loss with a three-digit exponent, hours of time.
    private static readonly Comparison _widest = _diabetes with
    {
        Optimum = _diabetes.Optimum with { Loss = 1.23456e-205 },
        Rows = [.. _diabetes.Rows.Select(row => row with
        {
            Gap = 1.2e200,
            Result = row.Result.With(copy =>
                (copy.Steps, copy.Epochs, copy.Loss, copy.Elapsed) =
                (1_000_000_000, 1_000_000_000, 1.23456e+205, TimeSpan.FromHours(1000))),
        })],
        Notes = [$"Features that do not vary have coefficient 0: " +
            $"{string.Join(", ", Enumerable.Range(0, 30).Select(i => $"a feature {i}"))}."],
    };

    [Theory]
    [InlineData(false, 80)]
    [InlineData(true, 140)]
    public void Plain_WidestNumbers_FitTheWidth(bool wide, int width)
    {
        string output = Plain(_widest, wide);

        output.Split('\n').Should().OnlyContain(line => line.Length <= width);
        PrintedTable.Parse(output).Rows.Select(row => row[0]).Should().Equal(PrintedTable.Names);
    }

    [Theory]
    [InlineData(false, 80)]
    [InlineData(true, 140)]
    [InlineData(true, 80)]
    [InlineData(false, 140)]
    public void Terminal_WidestNumbers_FitTheWidth(bool wide, int width)
    {
        string output = OnTerminal(_widest, wide, width);

        output.Split('\n').Should().OnlyContain(line => line.TrimEnd().Length <= width);
        PrintedTable.Parse(output).Rows.Select(row => row[0]).Should().Equal(PrintedTable.Names);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(140)]
    public void Terminal_Notes_BreakAtSpaces(int width)
    {
        string output = OnTerminal(_widest, wide: false, width);

        string.Join(' ', output.Split('\n').Select(line => line.Trim())).Should().Contain(_widest.Notes[0]);
    }

    [Fact]
    public void Terminal_Utf8_EndsEachOptimizersRowInACurve()
    {
        var table = PrintedTable.Parse(OnTerminal(_diabetes, wide: false, width: 80));

        // Five epochs: full batches have a loss before and after each of them, mini-batches one in each.
        table.Rows[..8].Select(row => row[^1].Length).Should().Equal(6, 5, 5, 5, 5, 5, 5, 5);
        table.Rows[..8].Select(row => row[^1]).Should().OnlyContain(curve => curve.All(c => c >= '▁' && c <= '█'));
        table.Rows[0][^1].Should().StartWith("█", "the first loss of full batches is the start's");
    }

    [Fact]
    public void Terminal_NotUtf8_HasNoCurve()
    {
        string output = OnTerminal(_diabetes, wide: false, width: 80, unicode: false);

        output.Should().NotContain("curve").And.Match(text => text.All(char.IsAscii));
    }

    [Theory]
    [InlineData(80, ": schedule.")]
    [InlineData(77, ": schedule, batch.")]
    [InlineData(50, ": schedule, batch, epochs, rate, time.")]
    public void Terminal_TooNarrowForTheWideTable_LeavesColumnsOutAndSaysWhich(int width, string note)
    {
        // All columns take 88; schedule takes 10, batch 7, epochs 8, rate 8, time 7.
        string output = OnTerminal(_diabetes, wide: true, width);

        string.Join(' ', output.Split('\n').Select(line => line.Trim())).Should().Contain(note);
        output.Split('\n').Should().OnlyContain(line => line.TrimEnd().Length <= width);
    }

    [Fact]
    public void Plain_FiveEpochs_GapsFollowFromTheLosses()
    {
        var table = PrintedTable.Parse(Plain(_diabetes, wide: false));

        // Six digits of loss: the gap is known to 1e-5. Two digits of gap: to a twentieth.
        double optimum = table.Number(8, "loss");
        for (int i = 0; i < 8; i++)
            table.Number(i, "gap").Should()
                .BeApproximately((table.Number(i, "loss") - optimum) / optimum, 1e-5 + 0.05 * table.Number(i, "gap"));
    }

    [Fact]
    public void Plain_Diverged_IsARowThatSaysSo()
    {
        Comparison diverged = _diabetes with
        {
            Rows = _diabetes.Rows.SetItem(0, _diabetes.Rows[0] with
            {
                Result = _diabetes.Rows[0].Result.With(copy => copy.Stop = StopDetails.NonFinite("loss", double.PositiveInfinity)),
            }),
        };

        PrintedTable.Parse(Plain(diverged, wide: false)).Cell(0, "ended by").Should().Be("Diverged");
    }

    [Fact]
    public void Plain_Wide_ShowsTheSettings()
    {
        var table = PrintedTable.Parse(Plain(_diabetes, wide: true));

        table.Cell(1, "batch").Should().Be("1");
        table.Number(5, "rate").Should().Be(0.5);
        table.Cell(7, "epochs").Should().Be("5");
    }

    private static Comparison WithTimes(Comparison comparison, TimeSpan elapsed) => comparison with
    {
        Optimum = comparison.Optimum with { Elapsed = elapsed },
        Rows = [.. comparison.Rows.Select(row => row with { Result = row.Result.With(copy => copy.Elapsed = elapsed) })],
    };

    private static string Plain(Comparison comparison, bool wide)
    {
        var output = new StringWriter { NewLine = "\n" };
        ComparisonPlainText.Write(output, comparison, "diabetes: 442 samples", wide);
        return output.ToString();
    }

    private static string OnTerminal(Comparison comparison, bool wide, int width, bool unicode = true)
    {
        var output = new StringWriter { NewLine = "\n" };
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        terminal.Profile.Width = width;
        terminal.Profile.Capabilities.Unicode = unicode;
        ComparisonTerminal.Write(terminal, comparison, "diabetes: 442 samples", wide);
        return output.ToString();
    }
}
