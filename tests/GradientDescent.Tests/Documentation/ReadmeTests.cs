using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>
/// What the README and the pages show is what happens: each program is run as it stands there, and prints what stands below it.
/// </summary>
[Collection("Programs that are built")]
public class ReadmeTests
{
    public static TheoryData<string> Pages => [.. PagePrograms.Pages.Keys];

    public static TheoryData<string> Names => [.. PagePrograms.All.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryProgram_HasItsOutputBelowIt(string page) =>
        PagePrograms.CountOf(page).Should().Be(PagePrograms.Pages[page].Split("```csharp\n").Length - 1).And.BePositive();

    [Theory]
    [MemberData(nameof(Names))]
    public void Program_RunAsItStands_PrintsWhatThePageSays(string name)
    {
        int index = Array.FindIndex(PagePrograms.All, program => program.Name == name);

        PagePrograms.Printed[index].Should().Be(PagePrograms.All[index].Output);
    }

    [Fact]
    public void TheTables_NameEveryOptimizerScheduleAndLoss()
    {
        Dictionary<string, string> pages = PagePrograms.Pages;
        NamesOf(typeof(IOptimizer), withAbstract: false)
            .Should().OnlyContain(name => pages["docs/optimizers.md"].Contains($"\n| {name} |", StringComparison.Ordinal));
        NamesOf(typeof(Optimizer)).Should().OnlyContain(name => pages["docs/coming-from.md"].Contains(name, StringComparison.Ordinal));
        NamesOf(typeof(ISchedule)).Should().OnlyContain(name => pages["docs/schedules.md"].Contains(name, StringComparison.Ordinal));
        NamesOf(typeof(ILoss), withAbstract: false)
            .Should().OnlyContain(name => pages["docs/losses.md"].Contains($"| {name.TrimEnd('`')}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> NamesOf(Type kind, bool withAbstract = true) => typeof(Optimizer).Assembly.GetExportedTypes()
        .Where(type => type != kind && type.IsAssignableTo(kind) && (withAbstract || !type.IsAbstract))
        .Select(type => $"`{type.Name}`");
}
