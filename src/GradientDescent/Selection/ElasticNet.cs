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

    /// <summary>Returns the duality gap: the objective is at most this much above its minimum.</summary>
    /// <remarks>
    /// With the slopes c = −∇loss, two dual points are tried, and the smaller gap counts. Each is a sum of terms that are at least 0 (the
    /// Fenchel-Young inequality), so nothing cancels.
    /// <code>
    /// residual θ, if b &gt; 0:  Σⱼ a|wⱼ| + b/2·wⱼ² + (|cⱼ| − a)₊²/(2b) − cⱼwⱼ
    /// scaled sθ, if a &gt; 0:   conjugate gap(s) + ½(1 − s)²b‖w‖² + Σⱼ a|wⱼ| − s(cⱼ − bwⱼ)wⱼ,   s = min(1, a/maxⱼ|cⱼ − bwⱼ|)
    /// </code>
    /// The second treats b/2·‖w‖² as d further samples. Kim, Koh, Lustig, Boyd and Gorinevsky, 2007, section III; Fercoq, Gramfort and
    /// Salmon, "Mind the duality gap", 2015.
    /// </remarks>
    public double Gap(PathLoss loss)
    {
        double[] weights = loss.Weights, slopes = loss.Slopes;
        double atResidual = double.PositiveInfinity, scaled = double.PositiveInfinity;
        if (L2 > 0)
        {
            atResidual = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                double excess = Math.Max(0, Math.Abs(slopes[j]) - L1);
                atResidual += Math.Max(0, Value(weights[j]) + excess * excess / (2 * L2) - slopes[j] * weights[j]);
            }
        }

        if (L1 > 0)
        {
            double largest = 0, squares = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                largest = Math.Max(largest, Math.Abs(slopes[j] - L2 * weights[j]));
                squares += weights[j] * weights[j];
            }

            double s = largest > L1 ? L1 / largest : 1;
            scaled = loss.ConjugateGap(s) + 0.5 * (1 - s) * (1 - s) * L2 * squares;
            for (int j = 0; j < weights.Length; j++)
                scaled += Math.Max(0, L1 * Math.Abs(weights[j]) - s * (slopes[j] - L2 * weights[j]) * weights[j]);
        }

        return Math.Min(atResidual, scaled);
    }
}
