namespace GradientDescent.Kernels;

/// <summary>
/// Products of dense matrices in double whose rows follow each other, and the memory that they need. It grows with the largest product.
/// </summary>
internal sealed class DenseProducts
{
    private double[] _left = [];
    private double[] _panel = [];

    /// <summary>C ← A·Bᵀ for A with <paramref name="inner"/> columns and B with as many.</summary>
    public void TimesTransposed(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int inner) =>
        Run(a, inner, b.Length / inner, new RightRows<double>(b, inner), c);

    /// <summary>C ← A·B for A with <paramref name="inner"/> columns and B with as many rows.</summary>
    public void Times(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int inner)
    {
        int columns = b.Length / inner;
        Run(a, inner, columns, new RightColumns<MatrixRows<double>, double, double>(new MatrixRows<double>(b, columns)), c);
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

    private void Run<TRight>(ReadOnlySpan<double> a, int inner, int columns, TRight right, Span<double> c)
        where TRight : struct, IRightFactor<double>, allows ref struct
    {
        int rows = a.Length / inner;
        Span<double> left = Memory(ref _left, MatrixProduct.LeftLength(rows, inner));
        for (int i = 0; i < rows; i += TileProduct.Rows)
            Panels.PackRows<MatrixRows<double>, double, double>(new(a, inner), i, TileProduct.Rows, left[(i * inner)..]);
        Span<double> panel = Memory(ref _panel, (inner + TileProduct.Rows) * TileProduct.Columns<double>());
        MatrixProduct.Run(left, rows, columns, inner, right, new CopyTarget(c, columns), panel);
    }

    private static Span<double> Memory(ref double[] array, int length) =>
        (array.Length >= length ? array : array = GC.AllocateUninitializedArray<double>(length)).AsSpan(0, length);

    private readonly ref struct CopyTarget(Span<double> matrix, int columns) : ITileTarget<double>
    {
        private readonly Span<double> _matrix = matrix;

        public void Take(int firstRow, int firstColumn, int rowCount, int columnCount, ReadOnlySpan<double> tile)
        {
            for (int i = 0; i < rowCount; i++)
            {
                tile.Slice(i * TileProduct.Columns<double>(), columnCount)
                    .CopyTo(_matrix.Slice((firstRow + i) * columns + firstColumn, columnCount));
            }
        }
    }
}
