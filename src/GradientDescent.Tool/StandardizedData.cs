using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tool;

/// <summary>Features and target with mean 0 and mean square 1, in which both curvature and least squares are well scaled.</summary>
/// <param name="Source">The data as it was.</param>
/// <param name="Features">One column for each feature that varies.</param>
/// <param name="Target">The target; 0 where it does not vary.</param>
/// <param name="TargetVariance">What a loss in these coordinates is multiplied by to give the loss in the user's.</param>
internal sealed record StandardizedData(Dataset Source, Matrix<double> Features, Vector<double> Target, double TargetVariance)
{
    public static StandardizedData Of(Dataset data)
    {
        (Vector<double> target, double scale) = Standardize(data, i => data.Targets(i)[0]);
        double variance = scale * scale;
        if (scale != 0 && !double.IsNormal(variance))
            throw new InvalidDataException(
                $"The numbers of column '{data.TargetNames[0]}' are too {(scale > 1 ? "large" : "small")} to be squared: choose another unit for them.");

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
        double unit = Math.Max(Math.Abs(low), Math.Abs(high)); // so that no square below overflows
        column /= unit;
        column -= column.Average();
        double scale = Math.Sqrt(column.DotProduct(column) / column.Count);
        return (column / scale, scale * unit);
    }
}
