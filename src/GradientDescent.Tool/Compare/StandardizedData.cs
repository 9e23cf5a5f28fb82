using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tool;

/// <summary>Features and target with mean 0 and variance 1, so that curvature and least squares are well scaled.</summary>
/// <param name="Source">The original data.</param>
/// <param name="Features">The standardized features, one column for each feature that is not constant.</param>
/// <param name="Target">The standardized target; 0 if it is constant.</param>
/// <param name="TargetVariance">
/// The variance of the target. A loss on the standardized data, multiplied by it, is the loss on the original data.
/// </param>
internal sealed record StandardizedData(Dataset Source, Matrix<double> Features, Vector<double> Target, double TargetVariance)
{
    public static StandardizedData Of(Dataset data)
    {
        (Vector<double> target, double scale) = Standardize(data, i => data.Targets(i)[0]);
        double variance = scale * scale;
        if (scale != 0 && !double.IsNormal(variance))
        {
            string size = scale > 1 ? "large" : "small";
            throw new InvalidDataException(
                $"The numbers of column '{data.TargetNames[0]}' are too {size} to be squared: use another unit.");
        }

        List<Vector<double>> columns = [];
        for (int j = 0; j < data.FeatureCount; j++)
        {
            (Vector<double> column, double spread) = Standardize(data, i => data.Features(i)[j]);
            if (spread != 0)
                columns.Add(column);
        }

        Matrix<double> features = Matrix<double>.Build.DenseOfColumns(data.SampleCount, columns.Count, columns);
        return new(data, features, target, variance);
    }

    private static (Vector<double> Column, double Scale) Standardize(Dataset data, Func<int, double> valueOf)
    {
        Vector<double> column = Vector<double>.Build.Dense(data.SampleCount, valueOf);
        double low = column.Minimum(), high = column.Maximum();
        if (low == high)
            return (Vector<double>.Build.Dense(data.SampleCount), 0);
        double unit = Math.Max(Math.Abs(low), Math.Abs(high)); // after division by it, no square overflows
        column /= unit;
        column -= column.Average();
        double scale = Math.Sqrt(column.DotProduct(column) / column.Count);
        return (column / scale, scale * unit);
    }
}
