using System.Text.Json.Nodes;

namespace GradientDescent.Tests.Golden;

/// <summary>The settings of a golden case by PyTorch's names.</summary>
internal sealed class GoldenSettings(JsonNode settings)
{
    public double this[string name] => (double)settings[name]!;

    public double this[string name, int index] => (double)settings[name]![index]!;

    public bool Flag(string name) => (bool)settings[name]!;

    public double OrZero(string name) => settings[name] is { } value ? (double)value : 0;
}
