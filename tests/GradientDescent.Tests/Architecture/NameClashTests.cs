using GradientDescent.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradientDescent.Tests.Architecture;

/// <summary>A program that imports the library together with Math.NET Numerics can use every public type by its simple name.</summary>
public class NameClashTests
{
    [Fact]
    public void PublicTypes_ImportedTogetherWithMathNet_AreNotAmbiguous()
    {
        string[] types = [.. typeof(Optimizer).Assembly.GetExportedTypes().Where(type => !type.IsNested).Select(TypeOf)];
        string program = $$"""
            using MathNet.Numerics;
            using MathNet.Numerics.Distributions;
            using GradientDescent;

            internal static class Names
            {
                private static readonly System.Type[] _all = [{{string.Join(", ", types)}}];
            }
            """;

        string.Join("\n", ErrorsOf(program)).Should().BeEmpty();
    }

    [Fact]
    public void ErrorsOf_TwoNamespacesWithTheSameName_ReportTheAmbiguity() =>
        ErrorsOf("using GradientDescent; using Other; class Names { Adam? _field; } namespace Other { class Adam; }")
            .Should().ContainSingle().Which.Should().Contain("CS0104").And.Contain("Other.Adam");

    /// <summary>The expression for a type, without type arguments if it is generic: <c>typeof(Pair&lt;,&gt;)</c>.</summary>
    private static string TypeOf(Type type)
    {
        string arguments = type.IsGenericType ? $"<{new string(',', type.GetGenericArguments().Length - 1)}>" : "";
        return $"typeof({type.Name.Split('`')[0]}{arguments})";
    }

    private static string[] ErrorsOf(string program)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "NameClashes", [CSharpSyntaxTree.ParseText(program)], CompilerReferences.ByFileName().Values, options);
        IEnumerable<Diagnostic> errors = compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error);
        return [.. errors.Select(error => error.ToString())];
    }
}
