using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Architecture;

/// <summary>Which folder of the tool and of the reporting package may use which.</summary>
public class ToolRoomsTests
{
    // Folder → what it may use directly; what those may use is allowed too. ReportRun and ImageOptions, in the root of Reporting,
    // are open to all folders there.
    private static readonly Dictionary<string, Dictionary<string, string[]>> _allowed = new()
    {
        ["GradientDescent.Tool"] = new()
        {
            ["Text"] = [],
            ["Options"] = ["Text"],
            ["Terminal"] = ["Text"],
            ["Tables"] = ["Options"],
            ["Runs"] = ["Options"],
            ["Fit"] = ["Tables", "Terminal", "Runs"],
            ["Compare"] = ["Tables", "Terminal"],
            ["Rate"] = ["Fit"],
            ["Predict"] = ["Tables"],
            ["Nist"] = ["Options"],
            ["Convert"] = ["Options"],
            ["Shell"] = ["Fit", "Compare", "Rate", "Predict", "Nist", "Runs", "Convert"],
        },
        ["GradientDescent.Reporting"] = new()
        {
            ["Figures"] = [],
            ["Functions"] = ["Figures"],
            ["Pages"] = ["Figures"],
            ["Charts"] = ["Functions", "Pages"],
            ["Reports"] = ["Charts"],
        },
    };

    public static TheoryData<string> Projects => [.. _allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void EveryFolder_HasItsRule(string project) =>
        Sources(project).Folders.Should().BeSubsetOf(_allowed[project].Keys.Append(""));

    [Theory]
    [MemberData(nameof(Projects))]
    public void EveryFile_UsesOnlyTypesOfFoldersThatItsFolderMayUse(string project) =>
        Sources(project).Violations(_allowed[project]).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void Files_FormNoCycles(string project) => Sources(project).Cycles().Should().BeEmpty();

    private static SourceFiles Sources(string project) => new(Repository.PathOf("src", project));
}
