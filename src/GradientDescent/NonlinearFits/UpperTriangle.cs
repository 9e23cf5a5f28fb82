namespace GradientDescent;

/// <summary>Equations with an upper triangular matrix that is stored row by row.</summary>
internal static class UpperTriangle
{
    /// <summary>Solves U·z = b for the leading part of U that is as large as b.</summary>
    /// <param name="upper">U.</param>
    /// <param name="width">The number of entries in a row of U.</param>
    /// <param name="right">b, replaced by z.</param>
    public static void Solve(ReadOnlySpan<double> upper, int width, Span<double> right)
    {
        for (int i = right.Length - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < right.Length; j++)
                right[i] -= upper[i * width + j] * right[j];
            right[i] /= upper[i * width + i];
        }
    }

    /// <summary>Solves Uᵀ·z = b for the leading part of U that is as large as b.</summary>
    /// <inheritdoc cref="Solve"/>
    public static void SolveTransposed(ReadOnlySpan<double> upper, int width, Span<double> right)
    {
        for (int i = 0; i < right.Length; i++)
        {
            right[i] /= upper[i * width + i];
            for (int j = i + 1; j < right.Length; j++)
                right[j] -= upper[i * width + j] * right[i];
        }
    }

    /// <summary>The number of rows before the first with a 0 on the diagonal.</summary>
    public static int LeadingRows(ReadOnlySpan<double> upper, int width)
    {
        int count = 0;
        while (count < width && upper[count * width + count] != 0)
            count++;
        return count;
    }
}
