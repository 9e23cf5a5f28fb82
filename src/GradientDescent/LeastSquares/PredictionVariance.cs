using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>The variance of the predictions of a regression by least squares, as a quadratic form of the features.</summary>
/// <remarks>
/// With fⱼ = xⱼ·2^(−eⱼ) − cⱼ for each feature, then 1 for the intercept if there is one, the standard error of the mean is
/// s = σ·√(Σₖ(Σⱼ Rₖⱼfⱼ)²), where RᵀR = (AᵀWA)⁻¹ for the columns A of the training samples in the same form. Features are centred, so
/// that little cancels. The error of R is about κ·2⁻⁵³, where κ is the condition number of the scaled columns.
/// </remarks>
internal sealed class PredictionVariance
{
    private readonly int[] _exponents;
    private readonly double[] _centers;
    private readonly double[][] _root;
    private (double Level, double Value)? _quantile; // the bisection takes longer than a prediction
    private readonly Lock _quantileLock = new();

    /// <param name="exponents">The exponents e.</param>
    /// <param name="centers">The centres c.</param>
    /// <param name="root">The rows of R. Zeros at the end of a row can be left out.</param>
    /// <param name="residualDeviation">The residual standard deviation σ of a sample of weight 1.</param>
    /// <param name="degreesOfFreedom">The degrees of freedom of σ, at least 1.</param>
    public PredictionVariance(int[] exponents, double[] centers, double[][] root, double residualDeviation, int degreesOfFreedom)
    {
        (_exponents, _centers, _root) = (exponents, centers, root);
        (ResidualDeviation, DegreesOfFreedom) = (residualDeviation, degreesOfFreedom);
    }

    public ReadOnlySpan<int> Exponents => _exponents;

    public ReadOnlySpan<double> Centers => _centers;

    public ReadOnlySpan<double[]> Root => _root;

    public double ResidualDeviation { get; }

    public int DegreesOfFreedom { get; }

    /// <summary>Returns a prediction with its intervals.</summary>
    /// <param name="value">The prediction.</param>
    /// <param name="features">The features.</param>
    /// <param name="level">The probability of the intervals.</param>
    public RegressionPrediction Predict(double value, ReadOnlySpan<double> features, double level)
    {
        double[] form = new double[features.Length + 1];
        for (int j = 0; j < features.Length; j++)
            form[j] = Math.ScaleB(features[j], -_exponents[j]) - _centers[j];
        form[^1] = 1;
        double sum = 0;
        foreach (double[] row in _root)
        {
            double inBasis = 0;
            for (int j = 0; j < row.Length; j++)
                inBasis += row[j] * form[j];
            sum += inBasis * inBasis;
        }

        return new RegressionPrediction(value, ResidualDeviation * Math.Sqrt(sum), ResidualDeviation, Quantile(level));
    }

    private double Quantile(double level)
    {
        lock (_quantileLock)
        {
            if (_quantile?.Level != level)
                _quantile = (level, Distributions.StudentQuantile(1 - level, DegreesOfFreedom));
            return _quantile.Value.Value;
        }
    }
}
