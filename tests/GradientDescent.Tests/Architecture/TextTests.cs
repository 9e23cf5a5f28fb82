using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Architecture;

/// <summary>What objects print, and what serializers write of them.</summary>
public sealed class TextTests
{
    private static IEnumerable<Type> PublicTypes => typeof(Trainer).Assembly.GetExportedTypes()
        .Concat(typeof(Report).Assembly.GetExportedTypes());

    [Fact]
    public void EveryPublicClass_PrintsMoreThanItsTypeName() => PublicTypes
        .Where(type => type is { IsClass: true, IsAbstract: false } or { IsValueType: true, IsEnum: false, IsByRefLike: false })
        .Where(type => !type.IsAssignableTo(typeof(Delegate)) && type.GetMethod("ToString", [])!.DeclaringType is var declaring
            && (declaring == typeof(object) || declaring == typeof(ValueType)))
        .Select(type => type.Name).Should().BeEmpty();

    [Fact]
    public void EveryPublicEnumeration_IsTextInJson() => PublicTypes
        .Where(type => type.IsEnum && type.Assembly == typeof(Trainer).Assembly)
        .Where(type => type.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType
            != typeof(JsonStringEnumConverter<>).MakeGenericType(type))
        .Select(type => type.Name).Should().BeEmpty();

    [Fact]
    public void AReason_IsTextInJson()
    {
        TrainingResult result = new Trainer(new BatchGD(0.1), new() { MaxSteps = 2 }).Minimize(Objective.From((p, g) =>
        {
            g[0] = 2 * p[0];
            return p[0] * p[0];
        }), [1.0]);

        JsonSerializer.Serialize(new { result.Reason, result.BestBy, result.Steps }).Should()
            .Contain("\"Reason\":\"MaxSteps\"").And.Contain("\"Steps\":2");
        JsonSerializer.Deserialize<StopReason>("\"MaxSteps\"").Should().Be(StopReason.MaxSteps);
    }

    [Fact]
    public void Models_PrintTheirCoefficients()
    {
        var line = new LinearRegression();
        line.ToString().Should().Be("LinearRegression, not fitted");
        line.SetParameters([2, -0.5, 100], 2);
        line.ToString().Should().Be("LinearRegression, weights [2, -0.5], intercept 100");
        var wide = new LogisticRegression(intercept: false);
        wide.SetParameters([.. Enumerable.Range(1, 12).Select(i => (double)i)], 12);
        wide.ToString().Should().Be("LogisticRegression, weights [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …]");
        var classes = new SoftmaxRegression(3);
        classes.SetParameters([.. new double[6]], 1);
        classes.ToString().Should().Be("SoftmaxRegression, 3 outputs, 1 feature");
        new OptimizerState("Adam", 3, vectors: [KeyValuePair.Create("m", ImmutableArray.Create(1.0))]).ToString()
            .Should().Be("Adam, 3 steps: m");
    }
}
