using System.Text.Json;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Losses;

/// <summary>
/// PyTorch's values and gradients, extreme scores included; tolerances as Golden/README of the makers: relative 1e-13, absolute 1e-300.
/// </summary>
public sealed class LossGoldenTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (JsonElement expected in TestData.Golden("losses.json"))
                cases.Add(expected.GetProperty("loss").GetString()!, expected.GetProperty("settings").GetRawText());
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Risk_FixedPredictions_HasPyTorchsValueAndGradient(string loss, string settings)
    {
        JsonElement expected = TestData.Golden("losses.json").Single(
            e => e.GetProperty("loss").GetString() == loss && e.GetProperty("settings").GetRawText() == settings);
        double[] predictions = expected.GetProperty("predictions").Numbers(), targets = expected.GetProperty("targets").Numbers();
        var model = new FixedScores(targets.Length, predictions.Length / targets.Length);
        var risk = new EmpiricalRisk(
            model, Create(loss, expected.GetProperty("settings")), FixedScores.Data(targets),
                reduction: loss == "SumOfSquaredErrors" ? Reduction.Sum : Reduction.Mean);
        double[] gradient = new double[predictions.Length];

        double value = Objective.Full(risk).Evaluate(predictions, gradient);

        new[] { value }.ShouldBeWithin([expected.GetProperty("value").GetDouble()], relative: 1e-13, absolute: 1e-300);
        gradient.ShouldBeWithin(expected.GetProperty("gradient").Numbers(), relative: 1e-13, absolute: 1e-300);
    }

    private static ILoss Create(string name, JsonElement settings) => name switch
    {
        "MeanSquaredError" or "SumOfSquaredErrors" => new MeanSquaredError(),
        "MeanAbsoluteError" => new MeanAbsoluteError(),
        "Huber" => new HuberLoss(settings.GetProperty("delta").GetDouble()),
        "Poisson" => new PoissonLoss(),
        "BinaryCrossEntropy" => new BinaryCrossEntropy(),
        "CategoricalCrossEntropy" => new CategoricalCrossEntropy(settings.GetProperty("label_smoothing").GetDouble()),
        _ => throw new ArgumentException($"No loss for golden case '{name}'."),
    };
}
