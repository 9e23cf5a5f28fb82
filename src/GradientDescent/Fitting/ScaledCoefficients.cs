namespace GradientDescent;

/// <summary>
/// Converts the weights of one output between features x and targets y and the scaled x′ = (x − c)/s and y′ = y/r: w = r·w′/s. The
/// intercept changes by w·c.
/// </summary>
/// <param name="centers">The centres c.</param>
/// <param name="scales">The scales s; the weight of a feature with the scale 0 is 0.</param>
/// <param name="targetScale">The scale r.</param>
internal readonly struct ScaledCoefficients(double[] centers, double[] scales, double targetScale = 1)
{
    /// <summary>Writes the weights for the features themselves, which may be in the place of those that are given. Returns w·c.</summary>
    public double ToUser(ReadOnlySpan<double> scaled, Span<double> user)
    {
        double offset = 0;
        for (int j = 0; j < user.Length; j++)
        {
            double weight = scales[j] == 0 ? 0 : targetScale * scaled[j] / scales[j];
            user[j] = weight;
            offset += weight * centers[j];
        }

        return offset;
    }

    /// <summary>Writes the weights for scaled features, which may be in the place of those that are given. Returns w·c.</summary>
    public double FromUser(ReadOnlySpan<double> user, Span<double> scaled)
    {
        double offset = 0;
        for (int j = 0; j < scaled.Length; j++)
        {
            double weight = user[j];
            scaled[j] = weight * scales[j] / targetScale;
            offset += weight * centers[j];
        }

        return offset;
    }
}
