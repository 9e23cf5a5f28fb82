using System.Reflection;
using GradientDescent.Tests.UpdateRules;

namespace GradientDescent.Tests.BlockRules;

/// <summary>Every number of every constructor at the forbidden edges of its interval.</summary>
public class BlockArgumentTests
{
    private static readonly (string Argument, string Allowed, double[] Forbidden)[] _intervals =
    [
        ("learningRate", OptimizerArgumentTests.Positive, [0]),
        ("epsilon", OptimizerArgumentTests.Positive, [0]),
        ("epsilon1", OptimizerArgumentTests.Positive, [0]),
        ("epsilon2", OptimizerArgumentTests.Positive, [0]),
        ("trustCoefficient", OptimizerArgumentTests.Positive, [0]),
        ("clippingThreshold", OptimizerArgumentTests.Positive, [0]),
        ("weightDecay", OptimizerArgumentTests.NonNegative, [-double.Epsilon]),
        ("beta1", OptimizerArgumentTests.Share, [-double.Epsilon, 1]),
        ("beta2", OptimizerArgumentTests.Share, [-double.Epsilon, 1]),
        ("momentum", OptimizerArgumentTests.Share, [-double.Epsilon, 1]),
        ("decayExponent", "it must be greater than -1 and less than 0.", [-1, 0]),
        ("newtonSchulzSteps", "it must be at least 1.", [0]),
        ("rootInterval", "it must be at least 1.", [0]),
    ];

    public static TheoryData<Type> Types => Contracts.BlockOptimizerContract.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void Constructor_OutsideAnInterval_NamesArgumentValueAndInterval(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().Single();
        ParameterInfo[] parameters = constructor.GetParameters();
        foreach (ParameterInfo parameter in parameters.Where(one => one.Name != "inner" && one.ParameterType != typeof(bool)))
        {
            (_, string allowed, double[] forbidden) = _intervals.Single(interval => interval.Argument == parameter.Name);
            double[] never = parameter.ParameterType == typeof(int) ? [] : [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
            foreach (double value in (double[])[.. forbidden, .. never])
            {
                object?[] arguments = [.. parameters.Select(one => one.DefaultValue)];
                arguments[parameter.Position] = parameter.ParameterType == typeof(int) ? (object)(int)value : value;

                constructor.Invoking(c => c.Invoke(arguments)).Should().Throw<TargetInvocationException>()
                    .Which.InnerException.Should().BeOfType<ArgumentOutOfRangeException>()
                    .Which.Message.Should().StartWith(FormattableString.Invariant($"{parameter.Name} is {value}: {allowed}"));
            }
        }
    }
}
