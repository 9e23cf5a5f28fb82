using System.Collections.Immutable;
using System.Text;

namespace GradientDescent;

/// <summary>How often samples of each class were predicted as each class. Immutable.</summary>
/// <example><code>
/// int[] actual = [0, 0, 1, 2, 2, 2];
/// double[][] probabilities = [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0, 1, 0], [0, 0.4, 0.6], [0, 0, 1], [0.5, 0.2, 0.3]];
/// ConfusionMatrix confusion = ClassificationReport.From(probabilities, actual).Confusion;
/// Console.WriteLine(confusion[actual: 0, predicted: 1]);   // 1
/// Console.WriteLine($"{confusion.ShareOfActual(2, 2):F2}");   // 0.67
/// </code></example>
public sealed class ConfusionMatrix
{
    private const int MaxCellLength = 12;

    private readonly double[] _counts, _ofActual, _ofPredicted;

    internal ConfusionMatrix(JudgedSamples samples, ReadOnlySpan<int> predicted, ImmutableArray<string> labels)
    {
        int k = labels.Length;
        (_counts, _ofActual, _ofPredicted, Labels) = (new double[k * k], new double[k], new double[k], labels);
        for (int i = 0; i < predicted.Length; i++)
        {
            double weight = samples.Weight(i);
            _counts[samples.Classes[i] * k + predicted[i]] += weight;
            _ofActual[samples.Classes[i]] += weight;
            _ofPredicted[predicted[i]] += weight;
            Total += weight;
        }
    }

    /// <summary>The label of each class.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>The sum of all weights; without weights, the number of samples.</summary>
    public double Total { get; }

    /// <summary>The sum of the weights of the samples of one class that were predicted as another or the same class.</summary>
    /// <param name="actual">The index of the true class.</param>
    /// <param name="predicted">The index of the predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class with this index.</exception>
    public double this[int actual, int predicted] =>
        _counts[Guard.Index(actual, Labels.Length) * Labels.Length + Guard.Index(predicted, Labels.Length)];

    /// <summary>The sum of the weights of the samples of a class.</summary>
    /// <param name="actual">The index of the class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class with this index.</exception>
    public double Actual(int actual) => _ofActual[Guard.Index(actual, Labels.Length)];

    /// <summary>The sum of the weights of the samples that were predicted as a class.</summary>
    /// <param name="predicted">The index of the class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class with this index.</exception>
    public double Predicted(int predicted) => _ofPredicted[Guard.Index(predicted, Labels.Length)];

    /// <summary>The share of the samples of a class that were predicted as a class, from 0 to 1; NaN if the class does not occur.</summary>
    /// <inheritdoc cref="this[int, int]"/>
    public double ShareOfActual(int actual, int predicted) => this[actual, predicted] / _ofActual[actual];

    /// <summary>Returns a table with a row for each true class and a column for each predicted class; lines end with \n.</summary>
    public override string ToString()
    {
        int k = Labels.Length;
        string[,] cells = new string[k + 1, k + 1];
        cells[0, 0] = "true \\ predicted";
        for (int i = 0; i < k; i++)
        {
            cells[0, i + 1] = cells[i + 1, 0] = Format.Clip(VisibleText.OneLine(Labels[i]), MaxCellLength);
            for (int j = 0; j < k; j++)
                cells[i + 1, j + 1] = CountText(_counts[i * k + j]);
        }

        int width = cells.Cast<string>().Skip(1).Max(cell => cell.Length);
        var text = new StringBuilder();
        for (int row = 0; row <= k; row++)
        {
            text.Append(row == 0 ? "" : "\n").Append(cells[row, 0].PadRight(cells[0, 0].Length));
            for (int column = 1; column <= k; column++)
                text.Append("  ").Append(cells[row, column].PadLeft(width));
        }

        return text.ToString();
    }

    /// <summary>A sum of weights as text: whole numbers up to a billion with all digits, others with six.</summary>
    internal static string CountText(double weight) =>
        weight == Math.Floor(weight) ? Format.Text($"{weight:G9}") : Format.Text($"{weight:G6}");
}
