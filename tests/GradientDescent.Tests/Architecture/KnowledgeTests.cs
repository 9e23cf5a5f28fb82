using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Architecture;

/// <summary>Which folder may know which: the source is read, and any other edge fails.</summary>
public partial class KnowledgeTests
{
    // Folder → what it may use directly; what those reach is allowed too. Files beside the folders (Guard) are open to all and know none.
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Kernels"] = [],
        ["Abstractions"] = [],
        ["Numerics"] = ["Kernels"],
        ["Optimizers"] = ["Abstractions", "Kernels"],
        ["Schedules"] = ["Kernels"],
        ["Losses"] = ["Kernels"],
        ["Penalties"] = ["Abstractions", "Kernels"],
        ["Tables"] = ["Kernels"],
        ["Data"] = ["Tables", "Kernels"],
        ["Models"] = ["Abstractions", "Kernels"],
        ["Objectives"] = ["Models", "Losses", "Penalties", "Data"],
        ["Curvature"] = ["Objectives", "Numerics"],
        ["LeastSquares"] = ["Data", "Numerics"],
        ["Monitoring"] = ["Abstractions"],
        ["Checkpoints"] = ["Optimizers", "Schedules"],
        ["Loop"] = ["Optimizers", "Schedules", "Objectives", "Monitoring", "Checkpoints"],
        ["Fitting"] = ["Loop", "Curvature"],
        ["Training"] = ["Fitting"],
        ["ModelFiles"] = ["Models", "Data"],
        ["Estimators"] = ["Training", "LeastSquares", "ModelFiles"],
        ["Interop"] = ["Estimators"],
    };

    private static readonly string _source = Repository.PathOf("src", "GradientDescent");

    [Fact]
    public void EveryFolder_HasItsRule() =>
        SourceFiles().Select(FolderOf).Distinct().Should().BeSubsetOf(_allowed.Keys.Append(""));

    [Fact]
    public void ThePageOnDesign_HasTheSameRules()
    {
        IEnumerable<Match> rows = RuleOfAFolder().Matches(File.ReadAllText(Repository.PathOf("docs", "design.md")));

        rows.ToDictionary(row => row.Groups["folder"].Value, row => row.Groups["known"].Captures.Select(known => known.Value).ToArray())
            .Should().BeEquivalentTo(_allowed);
    }

    [Fact]
    public void EveryFile_UsesOnlyTypesOfFoldersThatItsFolderMayKnow()
    {
        Dictionary<string, string> homes = Homes();
        var violations = new List<string>();
        foreach (string file in SourceFiles())
        {
            string folder = FolderOf(file);
            HashSet<string> known = folder.Length == 0 ? [] : Reach(folder);
            IEnumerable<string> strangers = Identifiers(file).Where(name => homes.TryGetValue(name, out string? home) && home != folder && !known.Contains(home));
            violations.AddRange(strangers.Select(name => $"{folder}/{Path.GetFileName(file)} uses {name} of {homes[name]}"));
        }

        violations.Should().BeEmpty();
    }

    [Fact]
    public void Packages_AreNamedOnlyWhereTheyBelong()
    {
        IEnumerable<string> naming(string package) => SourceFiles().Where(file => Identifiers(file).Contains(package)).Select(FolderOf).Distinct();

        naming("CsvHelper").Should().Equal("Tables");
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

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(_source, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(_source, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string FolderOf(string file) => Path.GetDirectoryName(Path.GetRelativePath(_source, file))!.Split(Path.DirectorySeparatorChar)[0];

    private static HashSet<string> Reach(string folder) => [.. _allowed[folder], .. _allowed[folder].SelectMany(Reach)];

    /// <summary>Type → the folder that declares it. A name that several folders declare privately says nothing and is left out.</summary>
    private static Dictionary<string, string> Homes() => SourceFiles()
        .SelectMany(file => Declaration().Matches(Code(file)).Select(match => (Name: match.Groups[1].Value, Home: FolderOf(file))))
        .Distinct()
        .Where(declared => declared.Home.Length > 0)
        .GroupBy(declared => declared.Name)
        .Where(group => group.Count() == 1)
        .ToDictionary(group => group.Key, group => group.Single().Home);

    private static HashSet<string> Identifiers(string file) => [.. Identifier().Matches(Code(file)).Select(match => match.Value)];

    private static string Code(string file) => CommentOrString().Replace(File.ReadAllText(file), " ");

    [GeneratedRegex(@"^\| `(?<folder>\w+)` \| (?:`(?<known>\w+)`(?:, )?)*", RegexOptions.Multiline)]
    private static partial Regex RuleOfAFolder();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+struct)?|delegate\s+[\w<>]+)\s+([A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")] // not after a dot: a member may be called like a type
    private static partial Regex Identifier();

    [GeneratedRegex(@"//[^\n]*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex CommentOrString();
}
