using System.Text.RegularExpressions;
using System.Xml.Linq;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>
/// The examples in the packages' XML documentation are whole programs below <c>using</c> lines for the packages, in a folder with
/// diabetes.csv: all are compiled and run, and each prints what the comments behind its calls of <c>Console.WriteLine</c> say, and nothing
/// else.
/// </summary>
[Collection("Programs that are built")]
public partial class ExamplesTests
{
    private static readonly string[] _projects =
    [
        "GradientDescent", "GradientDescent.Reporting", "GradientDescent.Onnx", "GradientDescent.DataView", "GradientDescent.RunHistory",
        "GradientDescent.Mpi", "GradientDescent.Arrow",
    ];

    /// <summary>Packages whose types are in the library's namespace.</summary>
    private static readonly string[] _withoutNamespace = ["GradientDescent.RunHistory", "GradientDescent.Mpi"];

    private static readonly Dictionary<string, string> _examples = _projects
        .SelectMany(project => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{project}.xml")).Descendants("member"))
        .SelectMany(
            member => member.Elements("example").Select(
            example => (Name: (string)member.Attribute("name")!, Code: Dedented(example.Value))))
        .DistinctBy(example => example.Code) // the compiler gives a primary constructor what stands at its type
        .ToDictionary(example => example.Name, example => example.Code);

    public static TheoryData<Type> Kinds => [typeof(IOptimizer), typeof(ISchedule), typeof(ILoss), typeof(IPenalty), typeof(IModel)];

    /// <summary>What users construct or call, by its name in the documentation; a star stands for anything.</summary>
    public static TheoryData<string> EntryPoints =>
    [
        "T:GradientDescent.Batching", "T:GradientDescent.ClassWeights", "T:GradientDescent.Classifier`1", "T:GradientDescent.CsvOptions",
        "T:GradientDescent.Dataset", "T:GradientDescent.DivergenceRecovery", "T:GradientDescent.EarlyStopping",
            "T:GradientDescent.EmpiricalRisk", "T:GradientDescent.DenseLayer", "T:GradientDescent.FeedForwardNetwork",
        "T:GradientDescent.GradientCheck", "T:GradientDescent.GradientClipping", "T:GradientDescent.Horizon",
            "T:GradientDescent.IObjective", "T:GradientDescent.EncodingOptions", "T:GradientDescent.Onnx.OnnxExport",
        "T:GradientDescent.Arrow.ArrowDataset", "T:GradientDescent.DataView.DataViewDatasets", "T:GradientDescent.DataView.DataViewTables",
        "T:GradientDescent.ISchedule", "T:GradientDescent.ILoss", "T:GradientDescent.IOptimizer", "T:GradientDescent.ITrainingObserver",
        "T:GradientDescent.LinearFit", "T:GradientDescent.LogisticFit", "T:GradientDescent.MathNetDatasets",
            "T:GradientDescent.ClassifierFit`1",
        "T:GradientDescent.MathNetMinimizer", "T:GradientDescent.MathNetObjectives", "T:GradientDescent.MathNetOptimizers",
        "T:GradientDescent.Dual", "T:GradientDescent.Formula", "T:GradientDescent.GradientTape", "T:GradientDescent.IFormula",
        "T:GradientDescent.IHessianObjective", "T:GradientDescent.ISampleFormula", "T:GradientDescent.Variable",
        "M:GradientDescent.Objective.Differentiable(*",
        "T:GradientDescent.ModelFit`2", "T:GradientDescent.ModelFile", "T:GradientDescent.ModelStorage", "T:GradientDescent.Objective",
        "T:GradientDescent.FitAnalysis", "T:GradientDescent.ScheduleExtensions", "T:GradientDescent.Trainer",
            "T:GradientDescent.TrainingExport",
        "T:GradientDescent.TrainingLog", "T:GradientDescent.TrainingOptions", "T:GradientDescent.TrainingResult",
            "T:GradientDescent.TrainingRun",
        "T:GradientDescent.Validation", "T:GradientDescent.WeightAveraging", "T:GradientDescent.Reporting.Charts",
        "T:GradientDescent.Reporting.Report", "T:GradientDescent.Reporting.TestFunctions", "M:GradientDescent.Dataset.From(*",
        "M:GradientDescent.Dataset.From``1(*", "M:GradientDescent.Dataset.FromCsv(*", "M:GradientDescent.Dataset.Split(*",
        "M:GradientDescent.LinearRegression.Fit(*", "M:GradientDescent.LinearRegression.FitAccurately(*",
        "M:GradientDescent.LinearRegression.FitPolynomial(*", "M:GradientDescent.LinearRegression.Load(*",
        "M:GradientDescent.LinearRegression.Evaluate(*",
        "M:GradientDescent.LogisticRegression.Fit(*", "M:GradientDescent.SoftmaxRegression.Fit``1(*",
        "T:GradientDescent.NonlinearFit", "T:GradientDescent.NonlinearFitOptions", "T:GradientDescent.NonlinearLeastSquares",
        "M:GradientDescent.NonlinearLeastSquares.Fit(*", "T:GradientDescent.IRowFormula",
        "M:GradientDescent.OptimizerExtensions.Update(*", "M:GradientDescent.Trainer.Fit(*", "M:GradientDescent.Trainer.CreateRun(*",
        "M:GradientDescent.Trainer.Minimize(*", "M:GradientDescent.Trainer.Maximize(*", "M:GradientDescent.Reporting.Trajectory.From(*",
        "T:GradientDescent.RunHistory", "T:GradientDescent.RunFilter", "T:GradientDescent.RunRecord",
        "T:GradientDescent.MpiCollective",
        "P:GradientDescent.TrainingOptions.CheckpointFile", "P:GradientDescent.TrainingOptions.Progress",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryPublicType_OfAKindToChooseFrom_HasAnExample(Type kind)
    {
        IEnumerable<string> types = kind.Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(kind) && !type.IsInterface && !type.IsAbstract)
            .Select(type => $"T:{type.FullName}");

        types.Should().NotBeEmpty().And.BeSubsetOf(_examples.Keys);
    }

    [Theory]
    [MemberData(nameof(EntryPoints))]
    public void EntryPoint_HasAnExample(string member) => _examples.Keys.Should().ContainMatch(member);

    [Fact]
    public void EveryExample_Run_PrintsWhatItsCommentsSay()
    {
        string[] printed = Programs.Run([.. _examples.Select(example => (example.Key[2..], Usings + example.Value))]);

        _examples.Keys.Zip(printed).Should().Equal(_examples.Select(example => (example.Key, Promised(example.Value))));
    }

    private static string Usings => string.Concat(
        _projects.Except(_withoutNamespace).Select(project => $"using {project};\n"));

    private static string Promised(string code) =>
        string.Concat(Promise().Matches(code).Select(match => match.Groups["text"].Value + "\n"));

    /// <summary>Without the indentation that the compiler gives to all lines of a member.</summary>
    private static string Dedented(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Trim('\n').TrimEnd().Split('\n');
        int indentation = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => line[Math.Min(indentation, line.Length)..] + "\n"));
    }

    [GeneratedRegex(@"^\s*Console\.WriteLine\(.*\);\s+// (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Promise();
}
