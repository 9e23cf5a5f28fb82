using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>The singular values of a data set's rows √w·x, with a 1 at the end of each x if there is an intercept.</summary>
/// <remarks>
/// The QR differs from that of <see cref="OrthonormalBasis"/>, which needs all rows in memory and returns Q. Here only R is needed, so the
/// rows are processed in blocks, and the memory is of the order of d² for any number of samples.
/// </remarks>
internal static class SingularValues
{
    private const int BlockRows = 256;

    /// <param name="data">The samples.</param>
    /// <param name="ridge">The numbers to add to the diagonal of the mean of w·xxᵀ: one for each column, including the intercept's.</param>
    /// <param name="totalWeight">The sum of the samples' weights.</param>
    public static double[] From(Dataset data, double[] ridge, out double totalWeight)
    {
        int width = ridge.Length;
        double[][] triangle = Triangle(data, width, out totalWeight);
        if (ridge.Any(square => square > 0))
        {
            double[][] rows = NewRows(width, width);
            for (int j = 0; j < width; j++)
                rows[j][j] = Math.Sqrt(ridge[j] * totalWeight);
            Absorb(triangle, rows, width);
        }

        return Jacobi(triangle);
    }

    /// <summary>
    /// Returns the R of the thin QR of the rows √w·x, computed by Householder reflections of one block at a time. This is backward
    /// stable; the matrix of second moments would square the condition number.
    /// </summary>
    private static double[][] Triangle(Dataset data, int width, out double totalWeight)
    {
        double[][] triangle = NewRows(width, width), block = NewRows(width, BlockRows);
        Dataset.RowReader rowOf = data.FeatureReader();
        totalWeight = 0;
        int filled = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double weight = data.Weight(i);
            if (weight != 0)
            {
                totalWeight += weight;
                double root = Math.Sqrt(weight);
                ReadOnlySpan<double> row = rowOf(i);
                for (int j = 0; j < width; j++)
                    block[j][filled] = root * (j < row.Length ? row[j] : 1);
                filled++;
            }

            if (filled == BlockRows || i == data.SampleCount - 1)
            {
                Absorb(triangle, block, filled);
                filled = 0;
            }
        }

        return triangle;
    }

    /// <summary>
    /// Updates the triangle of the previous rows with the rows of a block; the block is overwritten. Golub and Van Loan, "Matrix
    /// Computations", section 6.5.3.
    /// </summary>
    private static void Absorb(double[][] triangle, double[][] block, int count)
    {
        for (int j = 0; j < triangle.Length; j++)
        {
            Span<double> column = block[j].AsSpan(0, count);
            double length = Reductions.Norm(column), top = triangle[j][j];
            if (length == 0)
                continue;
            double reflected = -Math.CopySign(double.Hypot(top, length), top);
            double share = (reflected - top) / reflected;
            Reductions.Divide(column, top - reflected);
            triangle[j][j] = reflected;
            for (int k = j + 1; k < triangle.Length; k++)
            {
                double part = share * (triangle[j][k] + Reductions.Dot(block[k].AsSpan(0, count), column));
                triangle[j][k] -= part;
                Reductions.AddScaled(block[k].AsSpan(0, count), -part, column);
            }
        }
    }

    /// <summary>
    /// Returns the singular values by one-sided Jacobi: pairs of rows are rotated until all rows are orthogonal; the singular values are
    /// the row lengths. Hestenes, 1958.
    /// </summary>
    private static double[] Jacobi(double[][] rows)
    {
        const int MaxSweeps = 60;
        bool isRotating = true;
        for (int sweep = 0; isRotating && sweep < MaxSweeps; sweep++)
        {
            isRotating = false;
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = i + 1; j < rows.Length; j++)
                    isRotating |= Orthogonalize(rows[i], rows[j]);
            }
        }

        return [.. rows.Select(row => Reductions.Norm(row))];
    }

    private static bool Orthogonalize(double[] x, double[] y)
    {
        double xx = Reductions.Dot(x, x), yy = Reductions.Dot(y, y), xy = Reductions.Dot(x, y);
        if (!(Math.Abs(xy) > 1e-15 * Math.Sqrt(xx) * Math.Sqrt(yy)))
            return false;
        double zeta = (yy - xx) / (2 * xy);
        double tangent = Math.CopySign(1 / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta)), zeta);
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent), sine = cosine * tangent;
        for (int k = 0; k < x.Length; k++)
            (x[k], y[k]) = (cosine * x[k] - sine * y[k], sine * x[k] + cosine * y[k]);
        return true;
    }

    private static double[][] NewRows(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];
}
