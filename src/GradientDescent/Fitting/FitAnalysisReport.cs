using System.Text;

namespace GradientDescent;

/// <summary>Formats the report of a <c>FitAnalysis</c>: at most 100 characters per line, in the invariant culture.</summary>
internal sealed class FitAnalysisReport
{
    private const int Width = 100;

    private readonly StringBuilder _text = new();

    /// <summary>Adds a line of text; a line that is too long is cut and ends with an ellipsis.</summary>
    public void Add(InvariantText text)
    {
        string line = text.ToStringAndClear().TrimEnd();
        _text.Append(line.Length <= Width ? line : $"{line.AsSpan(0, Width - 1)}…").Append('\n');
    }

    /// <summary>Adds a line with a label, a value and an optional note.</summary>
    public void AddValue(string label, InvariantText value, string note = "") =>
        Add($"{label,-25} {value.ToStringAndClear(),-10} {note}");

    /// <summary>Adds the header of the table that <see cref="AddRates"/> fills.</summary>
    public void AddRateHeads(double gradientTolerance) =>
        AddRow("full batches", $"rate", $"momentum", $"error lost per step", Format.Text($"steps to {gradientTolerance:G3}"));

    /// <summary>Adds a row with the rate and the momentum of a rule, and the number of steps that they need.</summary>
    public void AddRates(string rule, RateAdvice? advice, string steps)
    {
        if (advice is null)
            AddRow(rule, $"none", $"", $"", "");
        else
            AddRow(rule, $"{advice.LearningRate:G5}", $"{advice.Momentum:0.#########}", $"{advice.Reduction:G4}", steps);
    }

    /// <summary>Returns the lines, without a line break after the last.</summary>
    public override string ToString() => _text.ToString().TrimEnd('\n');

    private void AddRow(string name, InvariantText rate, InvariantText momentum, InvariantText reduction, string steps) =>
        Add($"{name,-27} {rate.ToStringAndClear(),-10} {momentum.ToStringAndClear(),-13} " +
            $"{reduction.ToStringAndClear(),-20} {steps}");
}
