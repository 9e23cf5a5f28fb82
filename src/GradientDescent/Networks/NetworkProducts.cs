using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The passes through a network for a block of rows: forward to the scores, and back to the gradient.</summary>
/// <remarks>
/// The rows and the products are in T, the parameters in double. With inputs X (a row for each sample), weights W (a row for each unit) and
/// biases b, a layer has the sums Z = X·Wᵀ + b and the outputs f(Z). With the derivatives Δ of the loss by Z, its gradients are Δᵀ·X and
/// the column sums of Δ, and the derivatives by X are Δ·W. Rumelhart, Hinton and Williams, "Learning representations by back-propagating
/// errors", 1986.
/// </remarks>
/// <param name="layers">The layers.</param>
/// <param name="shape">The places of all numbers.</param>
/// <param name="memory">The scratch memory.</param>
internal readonly ref struct NetworkProducts<T>(ImmutableArray<DenseLayer> layers, NetworkShape<T> shape, Span<T> memory)
    where T : unmanaged
{
    private readonly Span<T> _memory = memory;
    private readonly NetworkShape<T> _shape = shape;

    /// <summary>Computes the outputs and the slopes of all layers.</summary>
    public void Forward(ReadOnlySpan<double> parameters, in FeatureRows features, in RowView<T> rows)
    {
        int place = 0;
        for (int l = 0; l < layers.Length; l++)
        {
            int inputs = _shape.InputsOf(l), units = layers[l].Units;
            ReadOnlySpan<double> weights = parameters.Slice(place, units * inputs);
            ReadOnlySpan<double> biases = parameters.Slice(place + units * inputs, units);
            if (l == 0)
                Forward(rows, weights, biases, l);
            else
                Forward(new MatrixRows<T>(_shape.Outputs(_memory, l - 1), inputs), weights, biases, l);
            ActivationFunctions.Apply(layers[l].Activation, _shape.Outputs(_memory, l), _shape.Slopes(_memory, l));
            if (layers[l].Dropout > 0 && features.RandomSeed is { } seed)
                DropoutMask.Apply(layers[l], l, seed, in features, _shape.Outputs(_memory, l), _shape.Slopes(_memory, l));
            place += units * (inputs + 1);
        }
    }

    /// <summary>Copies the outputs of the last layer.</summary>
    public void CopyScores(Span<double> scores)
    {
        ReadOnlySpan<T> outputs = _shape.Outputs(_memory, layers.Length - 1);
        for (int i = 0; i < outputs.Length; i++)
            scores[i] = AsDouble.One(ref Unsafe.AsRef(in outputs[i]), 0);
    }

    /// <summary>Adds the gradient, after <see cref="Forward(ReadOnlySpan{double}, in FeatureRows, in RowView{T})"/>.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="derivatives">The derivatives of the loss by the scores.</param>
    /// <param name="gradient">Added to.</param>
    public void Backward(ReadOnlySpan<double> parameters, in RowView<T> rows, ReadOnlySpan<double> derivatives, Span<double> gradient)
    {
        int last = layers.Length - 1, place = parameters.Length;
        Multiply(derivatives, _shape.Slopes(_memory, last), _shape.Deltas(_memory, last));
        for (int l = last; l >= 0; l--)
        {
            int inputs = _shape.InputsOf(l), units = layers[l].Units;
            place -= units * (inputs + 1);
            ReadOnlySpan<T> deltas = _shape.Deltas(_memory, l);
            AddColumnSums(deltas, gradient.Slice(place + units * inputs, units));
            Span<double> ofWeights = gradient.Slice(place, units * inputs);
            if (l == 0)
                AddWeightGradient(rows, deltas, units, ofWeights);
            else
                AddWeightGradient(new MatrixRows<T>(_shape.Outputs(_memory, l - 1), inputs), deltas, units, ofWeights);
            if (l > 0)
                BackTo(l - 1, parameters.Slice(place, units * inputs), deltas, units);
        }
    }

    /// <summary>Z = X·Wᵀ + b.</summary>
    private void Forward<TRows>(TRows rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, int layer)
        where TRows : IMatrixRows<T>, allows ref struct
    {
        int depth = rows.ColumnCount;
        Span<T> left = _shape.Left(_memory);
        for (int i = 0; i < rows.Count; i += TileProduct.Rows)
            Panels.PackRows<TRows, T, T>(rows, i, TileProduct.Rows, left[(i * depth)..]);
        MatrixProduct.Run(left, rows.Count, biases.Length, depth, new RightRows<T>(weights, depth),
            new SumTarget<T>(_shape.Outputs(_memory, layer), biases), _shape.Panel(_memory));
    }

    /// <summary>Adds Δᵀ·X.</summary>
    private void AddWeightGradient<TRows>(TRows rows, ReadOnlySpan<T> deltas, int units, Span<double> gradient)
        where TRows : IMatrixRows<T>, allows ref struct
    {
        int depth = rows.Count;
        Span<T> left = _shape.Left(_memory);
        for (int i = 0; i < units; i += TileProduct.Rows)
            Panels.PackColumns<MatrixRows<T>, T, T>(new(deltas, units), i, TileProduct.Rows, left[(i * depth)..]);
        MatrixProduct.Run(left, units, rows.ColumnCount, depth, new RightColumns<TRows, T, T>(rows),
            new GradientTarget<T>(gradient, rows.ColumnCount), _shape.Panel(_memory));
    }

    /// <summary>Writes the derivatives by the sums of the layer before: (Δ·W) ∘ f′.</summary>
    private void BackTo(int layer, ReadOnlySpan<double> weights, ReadOnlySpan<T> deltas, int units)
    {
        int inputs = weights.Length / units, rowCount = deltas.Length / units;
        Span<T> left = _shape.Left(_memory);
        for (int i = 0; i < rowCount; i += TileProduct.Rows)
            Panels.PackRows<MatrixRows<T>, T, T>(new(deltas, units), i, TileProduct.Rows, left[(i * units)..]);
        var right = new RightColumns<MatrixRows<double>, double, T>(new MatrixRows<double>(weights, inputs));
        MatrixProduct.Run(left, rowCount, inputs, units, right,
            new DeltaTarget<T>(_shape.Deltas(_memory, layer), _shape.Slopes(_memory, layer), inputs), _shape.Panel(_memory));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ReadOnlySpan<double> derivatives, ReadOnlySpan<T> slopes, Span<T> deltas)
    {
        for (int i = 0; i < deltas.Length; i++)
        {
            double product = derivatives[i] * AsDouble.One(ref Unsafe.AsRef(in slopes[i]), 0);
            deltas[i] = typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)product) : Unsafe.BitCast<double, T>(product);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddColumnSums(ReadOnlySpan<T> deltas, Span<double> sums)
    {
        for (int start = 0; start < deltas.Length; start += sums.Length)
            Reductions.AddScaled(sums, 1, deltas.Slice(start, sums.Length));
    }
}
