namespace GradientDescent.Kernels;

/// <summary>
/// Products of dense matrices whose rows follow each other. The order of additions of an entry is fixed: that of <see cref="Reductions"/>
/// for A·Bᵀ, and ascending for A·B.
/// </summary>
internal static class MatrixProducts
{
    // Tiles that stay in the second-level cache: 16 rows of B for A·Bᵀ, 32 × 512 numbers of B for A·B.
    private const int RowTile = 16, InnerTile = 32, ColumnTile = 512;

    /// <summary>C ← A·Bᵀ for A with <paramref name="inner"/> columns and B with as many.</summary>
    public static void TimesTransposed(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int inner)
    {
        int rows = a.Length / inner, columns = b.Length / inner;
        for (int start = 0; start < columns; start += RowTile)
        {
            int end = Math.Min(start + RowTile, columns);
            for (int i = 0; i < rows; i++)
            {
                for (int j = start; j < end; j++)
                    c[i * columns + j] = Reductions.Dot(a.Slice(i * inner, inner), b.Slice(j * inner, inner));
            }
        }
    }

    /// <summary>C ← A·B for A with <paramref name="inner"/> columns and B with as many rows.</summary>
    public static void Times(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int inner)
    {
        int rows = a.Length / inner, columns = b.Length / inner;
        c.Clear();
        for (int left = 0; left < columns; left += ColumnTile)
        {
            int width = Math.Min(ColumnTile, columns - left);
            for (int first = 0; first < inner; first += InnerTile)
            {
                int last = Math.Min(first + InnerTile, inner);
                for (int i = 0; i < rows; i++)
                {
                    Span<double> target = c.Slice(i * columns + left, width);
                    for (int k = first; k < last; k++)
                        Reductions.AddScaled(target, a[i * inner + k], b.Slice(k * columns + left, width));
                }
            }
        }
    }

    /// <summary>B ← Aᵀ for A with <paramref name="columns"/> columns.</summary>
    public static void Transpose(ReadOnlySpan<double> a, Span<double> b, int columns)
    {
        int rows = a.Length / columns;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                b[j * rows + i] = a[i * columns + j];
        }
    }
}
