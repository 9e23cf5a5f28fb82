namespace GradientDescent;

/// <summary>
/// Converts the parameters of a linear model between features x and scaled features x′ = (x − c)/s: w = w′/s and b = b′ − w·c.
/// </summary>
internal static class ScaledCoefficients
{
    /// <summary>Converts parameters for scaled features to those for the features themselves, in place.</summary>
    public static void ToUser(Span<double> parameters, int outputs, double[] centers, double[] scales)
    {
        int columns = centers.Length;
        for (int k = 0; k < outputs; k++)
        {
            double offset = 0;
            Span<double> weights = parameters.Slice(k * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                weights[j] /= scales[j];
                offset += weights[j] * centers[j];
            }

            if (parameters.Length > outputs * columns)
                parameters[outputs * columns + k] -= offset;
        }
    }

    /// <summary>Converts parameters for the features to those for scaled features, in place.</summary>
    public static void FromUser(Span<double> parameters, int outputs, double[] centers, double[] scales)
    {
        int columns = centers.Length;
        for (int k = 0; k < outputs; k++)
        {
            double offset = 0;
            Span<double> weights = parameters.Slice(k * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                offset += weights[j] * centers[j];
                weights[j] *= scales[j];
            }

            if (parameters.Length > outputs * columns)
                parameters[outputs * columns + k] += offset;
        }
    }
}
