using System.Reflection;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Optimizers;

public class OptimizerTextTests
{
    public static TheoryData<Type> Types =>
        [.. typeof(Optimizer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)))];

    [Theory]
    [MemberData(nameof(Types))]
    public void ToString_NamesEverySettingOfTheConstructor(Type type)
    {
        ParameterInfo[] settings = [.. type.GetConstructors().Single().GetParameters().Where(parameter => parameter.Name != "batchSize")];
        object optimizer = Activator.CreateInstance(type,
            BindingFlags.OptionalParamBinding | BindingFlags.Instance | BindingFlags.Public | BindingFlags.CreateInstance, null, [0.125],
            null)!;

        string expected = string.Join(", ", settings
            .Select(parameter => parameter.Name == "learningRate" ? ("rate", 0.125) : (parameter.Name, parameter.DefaultValue))
            .Select(setting => FormattableString.Invariant($"{setting.Item1} {setting.Item2}")));

        Cultures.Under("de-DE", optimizer.ToString!).Should().Be($"{type.Name}, {expected}");
    }
}
