using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests.UpdateRules;

/// <summary>The names in saved states. Checkpoints that exist have them, so they must not change without a reason.</summary>
public class StateNamesTests
{
    internal const string Beta1 = "beta1 power, beta1 power (low part)", Beta2 = "beta2 power, beta2 power (low part)";

    private static readonly Dictionary<string, (string Vectors, string Scalars)> _names = new()
    {
        ["BatchGD"] = ("", ""),
        ["SGD"] = ("", ""),
        ["MiniBatchSGD"] = ("", ""),
        ["Momentum"] = ("velocity", ""),
        ["Momentum rate outside"] = ("velocity without rate", ""),
        ["Nesterov"] = ("velocity", ""),
        ["Nesterov rate outside"] = ("velocity without rate", ""),
        ["Nesterov restart"] = ("velocity", "steps since restart"),
        ["AdaGrad"] = ("sum of squares", ""),
        ["AdaGrad root"] = ("sum of squares", ""),
        ["RMSProp"] = ("mean square", ""),
        ["RMSProp centred"] = ("mean, mean square", ""),
        ["RMSProp momentum"] = ("mean square, velocity", ""),
        ["RMSProp centred momentum"] = ("mean, mean square, velocity", ""),
        ["RMSProp rate outside"] = ("mean square, velocity without rate", ""),
        ["RMSProp root"] = ("mean square", ""),
        ["RMSProp root, all"] = ("mean, mean square, velocity without rate", ""),
        ["Adam"] = ("mean, mean square", $"{Beta1}, {Beta2}"),
        ["Adam AMSGrad"] = ("largest mean square, mean, mean square", $"{Beta1}, {Beta2}"),
        ["Adam AMSGrad corrected"] = ("largest corrected mean square, mean, mean square", $"{Beta1}, {Beta2}"),
        ["AdamW"] = ("mean, mean square", $"{Beta1}, {Beta2}"),
        ["AdamW AMSGrad"] = ("largest mean square, mean, mean square", $"{Beta1}, {Beta2}"),
        ["AdaMax"] = ("largest gradient, mean", Beta1),
        ["AdaMax outside"] = ("largest gradient, mean", Beta1),
        ["NAdam"] = ("mean, mean square",
            $"{Beta2}, momentum product, momentum product (low part), warm-up, warm-up (low part)"),
        ["RAdam"] = ("mean, mean square", $"{Beta1}, {Beta2}"),
        ["AdaDelta"] = ("mean square, mean square step", ""),
        ["Rprop"] = ("sign, step", ""),
    };

    [Fact]
    public void SavedState_HasTheseNames()
    {
        Dictionary<string, (string Vectors, string Scalars)> names = _names
            .Concat(RuleFacts.All.SelectMany(rule => rule.Variants)
                .Select(one => KeyValuePair.Create(one.Name, (one.Vectors, one.Scalars))))
            .ToDictionary();
        foreach ((string name, Func<Optimizer> create) in AllOptimizers.ByName)
        {
            Optimizer optimizer = create();
            optimizer.Update(new double[] { 1, 2 }, [0.5, -1]);
            OptimizerState state = optimizer.GetState();

            names.Should().ContainKey(name);
            Sorted(state.Vectors.Keys).Should().Be(names[name].Vectors, name);
            Sorted(state.Scalars.Keys).Should().Be(names[name].Scalars, name);
        }
    }

    [Fact]
    public void MeanOfTheGradient_IsSavedWithItsSign()
    {
        // The rule uses its square only: (1 − ρ)g after one step from 0.
        var optimizer = new RMSProp(rho: 0.75, centered: true);
        optimizer.Update(new double[] { 1, 2 }, [0.5, -1]);

        optimizer.GetState().Vectors["mean"].Should().Equal(0.125, -0.25);
    }

    [Fact]
    public void StateOfAnAverage_WithOnlyItsCountOrItsMean_IsRefused()
    {
        var optimizer = new AveragedOptimizer(new SGD());
        optimizer.Update(new double[] { 1, 2 }, [0.5, -1]);
        OptimizerState good = optimizer.GetState();

        foreach (OptimizerState half in new[]
        {
            new OptimizerState(good.Algorithm, good.StepCount, good.Scalars, [], good.Inner, good.Length),
            new OptimizerState(good.Algorithm, good.StepCount, [], good.Vectors, good.Inner, good.Length),
        })
            optimizer.Invoking(o => o.SetState(half)).Should().Throw<ArgumentException>();
    }

    private static string Sorted(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
}
