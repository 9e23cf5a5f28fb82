using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace GradientDescent.Tests.Architecture;

/// <summary>The shapes of public types that a later version could not change.</summary>
public class PublicShapesTests
{
    private static readonly Type[] _types = typeof(Optimizer).Assembly.GetExportedTypes();

    [Fact]
    public void StopReason_Default_IsNoReason() => default(StopReason).Should().Be(StopReason.None);

    [Fact]
    public void Records_ThatMayGrow_AreNotPositional() =>
        // a sum and its weight: no more will come
        _types.Where(type => type.GetMethod("Deconstruct") is not null).Should().Equal(typeof(LossSum));

    [Fact]
    public void Records_HoldNoArrays_ForTheyWouldCompareThemByReference() =>
        _types.Where(type => IsRecordClass(type) && type.GetProperties().Any(property => IsImmutableArray(property.PropertyType)))
            .Should().BeEquivalentTo(
                [
                    typeof(TrainingOptions), typeof(FitOptions), typeof(CsvOptions), typeof(PathOptions), typeof(RateRangeOptions),
                    typeof(OnlineOptions),
                ],
                "options are compared by nobody, except those of a file, which compare the items");

    [Fact]
    public void Runs_AreAdvancedByMethodsAlone()
    {
        typeof(TrainingRun).Should().NotImplement<IEnumerable>();

        TrainingRun run = new Trainer(new BatchGD(0.25)).CreateRun(Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]), [1.0]);
        _ = (run.Parameters, run.HasEnded, run.Result.Steps, run.Result.Steps);
        run.Result.Steps.Should().Be(0);

        run.Advance().Should().BeTrue();
        run.Report.Step.Should().Be(1);
        run.Parameters.Should().Equal(0.5);
    }

    [Fact]
    public void Statics_OfModels_AreMembersOfTheirClass() =>
        typeof(LinearRegression).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Should()
            .Contain(["Fit", "FitAccurately", "Load"]);

    private static bool IsRecordClass(Type type) => type.IsClass && type.GetMethod("<Clone>$") is not null;

    private static bool IsImmutableArray(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);
}
