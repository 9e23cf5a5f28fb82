using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using GradientDescent.Tests.Golden;

namespace GradientDescent.Tests.Conventions;

/// <summary>
/// Every preset against stored trajectories under a rate that changes: PyTorch's are PyTorch's own, Keras's and optax's are the formulas of
/// their sources in 60 digits (conventions.py). The presets are called by reflection: an argument that a case does not have is a default.
/// </summary>
public class ConventionGoldenTests
{
    private static readonly JsonNode _file = GoldenFile.Load("conventions.json");

    public static TheoryData<int, string> Cases => [.. _file["cases"]!.AsArray().Select((one, i) => (i, LabelOf(one!)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Preset_FedFixedGradients_FollowsTheLibrary(int index, string label)
    {
        JsonNode golden = _file["cases"]![index]!;

        foreach ((int step, double[] actual, double[] expected) in Marks(golden, Presets.Of(golden)))
        {
            for (int i = 0; i < actual.Length; i++)
                actual[i].Should().BeApproximately(
                    expected[i], 1e-12 * Math.Max(Math.Abs(expected[i]), 1e-3), "{0}: coordinate {1} after step {2}", label, i, step);
        }
    }

    [Fact]
    public void EveryPreset_HasATrajectoryWithItsDefaultsAndOneWithOthers()
    {
        // A preset whose only argument is a rate would have one case; there is none.
        ILookup<string, JsonNode> cases = _file["cases"]!.AsArray().ToLookup(one => Presets.NameOf(one!), one => one!);

        foreach (MethodInfo preset in Presets.All)
        {
            JsonNode[] own = [.. cases[Presets.NameOf(preset)]];
            string[] optional = [.. preset.GetParameters().Where(parameter => parameter.HasDefaultValue && parameter.Name != "learningRate")
                .Select(parameter => parameter.Name!)];
            own.Should().Contain(one => Given(one).All(name => name == "learningRate"), "{0} has defaults", preset.Name);
            own.SelectMany(Given).Should().Contain(optional, "every argument of {0} is set in a case", preset.Name);
        }

        cases.Select(group => group.Key).Should().BeEquivalentTo(Presets.All.Select(Presets.NameOf));
    }

    /// <summary>Where the tables say that two libraries differ, the trajectory of the one does not pass for the other.</summary>
    [Theory]
    [InlineData("PyTorch.RMSprop", "Keras.RMSprop")]
    [InlineData("PyTorch.Adam", "Keras.Adam")]
    [InlineData("PyTorch.Adamax", "Keras.Adamax")]
    [InlineData("PyTorch.NAdam", "Keras.Nadam")]
    [InlineData("PyTorch.SGD", "Keras.SGD")]
    [InlineData("PyTorch.Adagrad", "Keras.Adagrad")]
    [InlineData("PyTorch.RAdam", "optax.RAdam")]
    public void Preset_OfAnotherLibraryWithTheSameArguments_Differs(string one, string other)
    {
        // The rate and the common argument that shows the form; ε is 1e-4 in both.
        static IOptimizer Create(string name)
        {
            MethodInfo preset = Presets.All.Single(method => Presets.NameOf(method) == name);
            var arguments = new JsonObject { ["learningRate"] = 0.02 };
            foreach (string argument in preset.GetParameters().Select(parameter => parameter.Name!))
            {
                if (argument is "eps" or "epsilon")
                    arguments[argument] = 1e-4;
                if (argument == "momentum")
                    arguments[argument] = 0.9;
                if (argument == "initialAccumulatorValue")
                    arguments[argument] = 0.1;
            }

            return Presets.Create(preset, arguments);
        }

        double[] first = Final(Create(one)), second = Final(Create(other));

        first.Zip(second).Should().Contain(pair => Math.Abs(pair.First - pair.Second) > 1e-9);
    }

    private static double[] Final(IOptimizer optimizer) =>
        Marks(_file["cases"]![0]!, optimizer).Last().Actual; // of any case: only its marks are used

    private static IEnumerable<(int Step, double[] Actual, double[] Expected)> Marks(JsonNode golden, IOptimizer optimizer)
    {
        double[] parameters = _file["initial"].Numbers(), factors = _file["factors"].Numbers();
        bool isConstant = (string)golden["method"]! == "Rprop"; // whose steps do not follow the rate in PyTorch
        optimizer.Bind(Presets.Layout(_file));
        JsonObject marks = golden["expected"]!.AsObject();
        for (int t = 0; t < factors.Length; t++)
        {
            double rate = optimizer.LearningRate * (isConstant ? 1 : factors[t]);
            optimizer.Update(parameters, _file["gradients"]![t].Numbers(), rate);
            if (marks[(t + 1).ToString(CultureInfo.InvariantCulture)] is { } expected)
                yield return (t + 1, [.. parameters], expected.Numbers());
        }
    }

    private static IEnumerable<string> Given(JsonNode golden) => golden["arguments"]!.AsObject().Select(argument => argument.Key);

    private static string LabelOf(JsonNode golden) => $"{Presets.NameOf(golden)} {golden["arguments"]!.ToJsonString()}";
}
