namespace GradientDescent.Tests.Support;

/// <summary>
/// A model without data: its scores are its parameters, row after row, so that a loss can be fed any predictions through an empirical risk.
/// </summary>
internal sealed class FixedScores(int rowCount, int outputCount) : IModel
{
    public ModelTask Task => ModelTask.Regression;

    public int OutputCount => outputCount;

    public ParameterLayout Layout(int columnCount) => ParameterLayout.Flat(rowCount * outputCount);

    /// <summary>The one feature of a row is its index.</summary>
    public void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch)
    {
        for (int i = 0; i < rows.Count; i++)
            parameters.Slice((int)rows[i][0] * outputCount, outputCount).CopyTo(scores[(i * outputCount)..]);
    }

    public void AddGradient(
        ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives, Span<double> gradient, Span<double> scratch)
    {
        for (int i = 0; i < derivatives.Length; i++)
            gradient[(int)rows[i / outputCount][0] * outputCount + i % outputCount] += derivatives[i];
    }

    public static Dataset Data(double[] targets) => Dataset.From([.. Enumerable.Range(0, targets.Length).Select(i => (double)i)], targets);
}
