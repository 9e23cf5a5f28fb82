namespace GradientDescent;

/// <summary>The penalty a‖w‖₁ + ½b‖w‖² of a path at one strength, and its part of the duality gap.</summary>
internal readonly record struct ElasticNet(double L1, double L2)
{
    public double Value(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
            sum += Value(weight);
        return sum;
    }

    public double Value(double weight) => L1 * Math.Abs(weight) + 0.5 * L2 * (weight * weight);

    /// <summary>The minimiser of ½·curvature·w² − slope·w + penalty(w): soft thresholding.</summary>
    public double Minimize(double slope, double curvature) =>
        slope > L1 ? (slope - L1) / (curvature + L2)
        : slope < -L1 ? (slope + L1) / (curvature + L2)
        : 0;
}
