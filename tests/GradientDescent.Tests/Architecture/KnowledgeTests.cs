using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Architecture;

/// <summary>
/// Which room (folder) of the library may use which, read from the sources: any other edge fails, and so does any cycle of files.
/// </summary>
public partial class KnowledgeTests
{
    // Folder → what it may use directly; what those may use is allowed too. The files in the root (Guard, Format, …) are open to all rooms
    // and use none.
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Kernels"] = [],
        ["Abstractions"] = [],
        ["Collectives"] = ["Abstractions", "Kernels"],
        ["Numerics"] = ["Collectives", "Kernels"],
        ["Optimizers"] = ["Abstractions", "Kernels"],
        ["UpdateRules"] = ["Optimizers"],
        ["BlockRules"] = ["UpdateRules", "Numerics"],
        ["SampleRules"] = ["Optimizers"],
        ["Wrappers"] = ["UpdateRules"],
        ["Conventions"] = ["BlockRules", "Wrappers"],
        ["Solvers"] = ["Optimizers"],
        ["Transforms"] = ["Abstractions", "Kernels"],
        ["Schedules"] = ["Abstractions", "Kernels"],
        ["Losses"] = ["Kernels"],
        ["Penalties"] = ["Abstractions", "Kernels"],
        ["Tables"] = ["Kernels"],
        ["Data"] = ["Abstractions", "Collectives", "Tables", "Kernels"],
        ["Models"] = ["Abstractions", "Kernels"],
        ["Networks"] = ["Models"],
        ["Objectives"] = ["Models", "Losses", "Penalties", "Data"],
        ["Differentiation"] = ["Objectives"],
        ["Curvature"] = ["Objectives", "Numerics"],
        ["LeastSquares"] = ["Data", "Numerics"],
        ["NonlinearFits"] = ["Differentiation", "LeastSquares"],
        ["Metrics"] = ["Numerics"],
        ["Monitoring"] = ["Abstractions"],
        ["Checkpoints"] = ["Optimizers", "Schedules", "Collectives"],
        ["Loop"] = ["Optimizers", "Transforms", "Schedules", "Objectives", "Monitoring", "Checkpoints"],
        ["Fitting"] = ["Loop", "Curvature", "UpdateRules"],
        ["Training"] = ["Fitting", "Solvers"],
        ["Online"] = ["Training"],
        ["ModelFiles"] = ["Networks", "Data", "LeastSquares"],
        ["Estimators"] = ["Training", "LeastSquares", "ModelFiles", "Metrics"],
        ["Selection"] = ["Estimators"],
        ["Tuning"] = ["Selection"],
        ["Paths"] = ["Estimators", "Selection"],
        ["Interop"] = ["Estimators"],
    };

    private static readonly SourceFiles _sources = new(Repository.PathOf("src", "GradientDescent"));

    [Fact]
    public void EveryFolder_HasItsRule() =>
        _sources.Folders.Should().BeSubsetOf(_allowed.Keys.Append(""));

    [Fact]
    public void ThePageOnDesign_HasTheSameRules()
    {
        IEnumerable<Match> rows = RuleOfAFolder().Matches(File.ReadAllText(Repository.PathOf("docs", "design.md")));

        rows.ToDictionary(row => row.Groups["folder"].Value, row => row.Groups["known"].Captures.Select(known => known.Value).ToArray())
            .Should().BeEquivalentTo(_allowed);
    }

    [Fact]
    public void EveryFile_UsesOnlyTypesOfFoldersThatItsFolderMayKnow() =>
        string.Join("\n", _sources.Violations(_allowed)).Should().BeEmpty();

    [Fact]
    public void Files_FormNoCycles() => string.Join("\n\n", _sources.Cycles().Select(cycle => string.Join("\n", cycle))).Should().BeEmpty();

    [Fact]
    public void Packages_AreNamedOnlyWhereTheyBelong()
    {
        IEnumerable<string> naming(string package) =>
            _sources.Paths.Where(file => _sources.NamesIn(file).Contains(package)).Select(SourceFiles.FolderOf).Distinct();

        naming("CsvHelper").Should().Equal("Tables");
        naming("FastDoubleParser").Should().Equal("Tables");
        naming("MathNet").Should().BeEquivalentTo("Numerics", "Interop");
    }

    [Fact]
    public void PublicTypes_LiveInOneNamespaceAndTakeNoNameThatUsersImportFromElsewhere()
    {
        string[] taken = ["GradientDescent", "Vector", "Matrix", "Tensor", "Random", "Range", "Index", "Duration", "Period", "Progress"];

        Type[] types = typeof(Optimizer).Assembly.GetExportedTypes();

        types.Should().OnlyContain(type => type.Namespace == "GradientDescent");
        types.Select(type => type.Name).Should().NotIntersectWith(taken);
    }

    [GeneratedRegex(@"^\| `(?<folder>\w+)` \| (?:`(?<known>\w+)`(?:, )?)*", RegexOptions.Multiline)]
    private static partial Regex RuleOfAFolder();
}
