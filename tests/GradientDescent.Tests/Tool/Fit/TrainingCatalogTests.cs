using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

public class TrainingCatalogTests
{
    // The names are a list in the source and not found by reflection, which would keep trimming from removing anything.
    [Fact]
    public void Optimizers_NameEveryUpdateRuleOfTheLibrary()
    {
        IEnumerable<string> rules = typeof(Optimizer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)))
            .Select(type => type.Name);

        rules.Should().OnlyContain(name => Create(name, null) == name);
        rules.Should().OnlyContain(name => TrainingCatalog.Optimizer(Word(name), 0.25).LearningRate == 0.25);

        static string Create(string name, double? rate) => TrainingCatalog.Optimizer(Word(name), rate).GetType().Name;

        static string Word(string name) => TrainingCatalog.Optimizers.Single(word => word.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
