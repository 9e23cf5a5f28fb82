using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

public class TrainingCatalogTests
{
    // The other rules that look at blocks need matrices, which linear models for one target do not have.
    public static TheoryData<string> Rules =>
    [
        .. typeof(Optimizer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Optimizer))).Select(type => type.Name),
        nameof(LAMB), nameof(LARS), nameof(NovoGrad),
    ];

    // The names are a list in the source: found by reflection, they would keep trimming from removing anything.
    [Theory]
    [MemberData(nameof(Rules))]
    public void Optimizer_OfEveryUpdateRule_HasItsName(string rule)
    {
        string word = TrainingCatalog.Optimizers.Single(word => word.Equals(rule, StringComparison.OrdinalIgnoreCase));

        TrainingCatalog.Optimizer(word, null).GetType().Name.Should().Be(rule);
        TrainingCatalog.Optimizer(word, 0.25).LearningRate.Should().Be(0.25);
    }
}
