namespace GradientDescent;

/// <summary>The certificate of a fit on a path.</summary>
internal static class DualityGap
{
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
    public static double Of(PathLoss loss, ElasticNet penalty)
    {
        (double l1, double l2) = penalty;
        double[] weights = loss.Weights, slopes = loss.Slopes;
        double atResidual = double.PositiveInfinity, scaled = double.PositiveInfinity;
        if (l2 > 0)
        {
            atResidual = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                double excess = Math.Max(0, Math.Abs(slopes[j]) - l1);
                atResidual += Math.Max(0, penalty.Value(weights[j]) + excess * excess / (2 * l2) - slopes[j] * weights[j]);
            }
        }

        if (l1 > 0)
        {
            double largest = 0, squares = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                largest = Math.Max(largest, Math.Abs(slopes[j] - l2 * weights[j]));
                squares += weights[j] * weights[j];
            }

            double s = largest > l1 ? l1 / largest : 1;
            scaled = loss.ConjugateGap(s) + 0.5 * (1 - s) * (1 - s) * l2 * squares;
            for (int j = 0; j < weights.Length; j++)
                scaled += Math.Max(0, l1 * Math.Abs(weights[j]) - s * (slopes[j] - l2 * weights[j]) * weights[j]);
        }

        return Math.Min(atResidual, scaled);
    }
}
