using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The places of a network's numbers for rows of a given length: of weights and biases among the parameters, and of everything that a block
/// of rows needs in the scratch memory.
/// </summary>
/// <typeparam name="T">The precision of the products: float or double.</typeparam>
internal readonly struct NetworkShape<T>
    where T : unmanaged
{
    // Each part of the memory begins at the start of a cache line, if the memory does.
    private const int LineBytes = 64;

    private readonly ImmutableArray<DenseLayer> _layers;
    private readonly int _rows;
    private readonly int _columns;

    /// <param name="layers">The layers.</param>
    /// <param name="rowCount">The number of rows in the block.</param>
    /// <param name="columnCount">The number of features in a row.</param>
    public NetworkShape(ImmutableArray<DenseLayer> layers, int rowCount, int columnCount)
    {
        (_layers, _rows, _columns) = (layers, rowCount, columnCount);
        int widest = 0, left = 0, deepest = rowCount;
        for (int l = 0; l < layers.Length; l++)
        {
            int inputs = InputsOf(l), units = layers[l].Units;
            left = Math.Max(left, MatrixProduct.LeftLength(rowCount, Math.Max(inputs, units)));
            left = Math.Max(left, MatrixProduct.LeftLength(units, rowCount));
            deepest = Math.Max(deepest, Math.Max(inputs, units));
            widest = Math.Max(widest, units);
        }

        DeltaLength = Rounded(rowCount * widest);
        LeftLength = Rounded(left);
        PanelLength = Rounded((deepest + TileProduct.Rows) * TileProduct.Columns<T>());
        OutputsLength = PlaceOf(layers.Length);
        Length = 2 * OutputsLength + 2 * DeltaLength + LeftLength + PanelLength;
    }

    /// <summary>The number of T in the scratch memory.</summary>
    public int Length { get; }

    private int OutputsLength { get; }

    private int DeltaLength { get; }

    private int LeftLength { get; }

    private int PanelLength { get; }

    /// <summary>The number of inputs of a layer.</summary>
    public int InputsOf(int layer) => layer == 0 ? _columns : _layers[layer - 1].Units;

    /// <summary>The outputs of a layer, row after row.</summary>
    public Span<T> Outputs(Span<T> memory, int layer) => memory.Slice(PlaceOf(layer), _rows * _layers[layer].Units);

    /// <summary>The derivatives of a layer's outputs by its sums, row after row.</summary>
    public Span<T> Slopes(Span<T> memory, int layer) => memory.Slice(OutputsLength + PlaceOf(layer), _rows * _layers[layer].Units);

    /// <summary>
    /// The derivatives of the loss by a layer's sums, row after row. Those of the layer before have a memory of their own.
    /// </summary>
    public Span<T> Deltas(Span<T> memory, int layer) =>
        memory.Slice(2 * OutputsLength + layer % 2 * DeltaLength, _rows * _layers[layer].Units);

    /// <summary>Memory for the panels of a left factor.</summary>
    public Span<T> Left(Span<T> memory) => memory.Slice(2 * OutputsLength + 2 * DeltaLength, LeftLength);

    /// <summary>Memory for a panel of a right factor and a tile.</summary>
    public Span<T> Panel(Span<T> memory) => memory.Slice(2 * OutputsLength + 2 * DeltaLength + LeftLength, PanelLength);

    private int PlaceOf(int layer)
    {
        int place = 0;
        for (int l = 0; l < layer; l++)
            place += Rounded(_rows * _layers[l].Units);
        return place;
    }

    private static unsafe int Rounded(int length)
    {
        int line = LineBytes / sizeof(T);
        return (length + line - 1) / line * line;
    }
}
