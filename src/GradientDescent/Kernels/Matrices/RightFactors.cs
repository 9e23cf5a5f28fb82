namespace GradientDescent.Kernels;

/// <summary>The transpose of a matrix in double: its rows are the columns of the factor.</summary>
internal readonly ref struct RightRows<T>(ReadOnlySpan<double> matrix, int columnCount) : IRightFactor<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<double> _matrix = matrix;

    public void Pack(int firstColumn, Span<T> panel) =>
        Panels.PackRows<MatrixRows<double>, double, T>(new(_matrix, columnCount), firstColumn, TileProduct.Columns<T>(), panel);
}

/// <summary>A matrix as it is.</summary>
internal readonly ref struct RightColumns<TRows, TSource, T>(TRows rows) : IRightFactor<T>
    where TRows : IMatrixRows<TSource>, allows ref struct
    where TSource : unmanaged
    where T : unmanaged
{
    private readonly TRows _rows = rows;

    public void Pack(int firstColumn, Span<T> panel) =>
        Panels.PackColumns<TRows, TSource, T>(_rows, firstColumn, TileProduct.Columns<T>(), panel);
}
