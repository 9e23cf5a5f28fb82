using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

public abstract partial class LinearModel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void PredictRows(
        ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch)
    {
        if (rows.Sparse is { } sparse)
        {
            int weights = OutputCount * rows.ColumnCount;
            sparse.Dot(rows.Indices, rows.Upcoming, parameters[..weights], parameters[weights..], OutputCount, scores);
            return;
        }

        if (ReadsFloat(in rows))
        {
            RowView<float> narrow = rows.InFloat;
            Predict(parameters, in narrow, scores);
            return;
        }

        rows.ReadInDouble(out RowView<double> wide);
        Predict(parameters, in wide, scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void AddRowGradients(ReadOnlySpan<double> parameters, in FeatureRows rows,
        ReadOnlySpan<double> derivatives, Span<double> gradient, Span<double> scratch)
    {
        AddIntercepts(derivatives, gradient[(OutputCount * rows.ColumnCount)..]);
        if (rows.Sparse is { } sparse)
        {
            sparse.AddScaled(rows.Indices, derivatives, OutputCount, gradient[..(OutputCount * rows.ColumnCount)]);
            return;
        }

        if (ReadsFloat(in rows))
        {
            RowView<float> narrow = rows.InFloat;
            AddGradient(in narrow, derivatives, gradient);
            return;
        }

        rows.ReadInDouble(out RowView<double> wide);
        AddGradient(in wide, derivatives, gradient);
    }

    // With one output each number is read twice, and converting it to double in registers both times is faster than making a copy in
    // double. With more outputs, where each number is read more often, the copy is faster.
    private bool ReadsFloat(in FeatureRows rows) => OutputCount == 1 && rows.IsInFloat;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Predict<T>(ReadOnlySpan<double> parameters, in RowView<T> rows, Span<double> scores)
        where T : unmanaged
    {
        int columns = rows.ColumnCount;
        if (OutputCount == 1)
            RowProducts.Dot(in rows, parameters[..columns], _intercept ? parameters[columns] : 0, scores, 1);
        else
            PredictPairs(parameters, in rows, scores);
    }

    private void PredictPairs<T>(ReadOnlySpan<double> parameters, in RowView<T> rows, Span<double> scores)
        where T : unmanaged
    {
        int columns = rows.ColumnCount, passes = (OutputCount + 1) / 2;
        for (int k = 0; k < OutputCount; k += 2)
        {
            RowView<T> own = rows.ForPass(k / 2, passes);
            double intercept = _intercept ? parameters[OutputCount * columns + k] : 0;
            if (k == OutputCount - 1)
            {
                RowProducts.Dot(in own, parameters.Slice(k * columns, columns), intercept, scores[k..], OutputCount);
                return;
            }

            double next = _intercept ? parameters[OutputCount * columns + k + 1] : 0;
            PairProducts.Dot(in own, parameters.Slice(k * columns, 2 * columns), (intercept, next), scores[k..], OutputCount);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddGradient<T>(in RowView<T> rows, ReadOnlySpan<double> derivatives, Span<double> gradient)
        where T : unmanaged
    {
        int columns = rows.ColumnCount;
        if (OutputCount == 1)
            RowProducts.AddScaled(in rows, derivatives, 1, gradient[..columns]);
        else
            AddPairs(in rows, derivatives, gradient);
    }

    private void AddIntercepts(ReadOnlySpan<double> derivatives, Span<double> intercepts)
    {
        for (int k = 0; k < intercepts.Length; k++)
        {
            double intercept = intercepts[k]; // summed in a register: a sum in memory would wait for each store
            for (int i = k; i < derivatives.Length; i += OutputCount)
                intercept += derivatives[i];
            intercepts[k] = intercept;
        }
    }

    private void AddPairs<T>(in RowView<T> rows, ReadOnlySpan<double> derivatives, Span<double> gradient)
        where T : unmanaged
    {
        int columns = rows.ColumnCount, passes = (OutputCount + 1) / 2;
        for (int k = 0; k < OutputCount; k += 2)
        {
            RowView<T> own = rows.ForPass(k / 2, passes);
            if (k == OutputCount - 1)
                RowProducts.AddScaled(in own, derivatives[k..], OutputCount, gradient.Slice(k * columns, columns));
            else
                PairProducts.AddScaled(in own, derivatives[k..], OutputCount, gradient.Slice(k * columns, 2 * columns));
        }
    }
}
