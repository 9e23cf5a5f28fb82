using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The inner products of all pairs of a few columns.</summary>
internal static class SmallGram
{
    private const int TileLength = 1024;

    public static double[][] Of(double[][] columns)
    {
        double[][] matrix = [.. columns.Select(_ => new double[columns.Length])];
        int rows = columns.Length == 0 ? 0 : columns[0].Length;
        for (int start = 0; start < rows; start += TileLength)
        {
            int length = Math.Min(TileLength, rows - start);
            for (int j = 0; j < columns.Length; j++)
            {
                ReadOnlySpan<double> column = columns[j].AsSpan(start, length);
                for (int k = j; k < columns.Length; k++)
                    matrix[j][k] += Reductions.Dot<double, double>(column, columns[k].AsSpan(start, length));
            }
        }

        for (int j = 0; j < columns.Length; j++)
        {
            for (int k = 0; k < j; k++)
                matrix[j][k] = matrix[k][j];
        }

        return matrix;
    }
}
