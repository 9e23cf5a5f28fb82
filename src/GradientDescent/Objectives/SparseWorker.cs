using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Evaluates batches of a linear model on sparse rows, at a cost of their stored numbers.</summary>
internal abstract class SparseWorker
{
    /// <summary>Creates the worker; <see langword="null"/> for other models and formats of features.</summary>
    public static SparseWorker? For(IModel model, ILoss loss, Dataset data, ParameterLayout layout)
    {
        if (!model.IsLinear || data.TargetCount != 1)
            return null;
        int intercepts = layout.Count - model.OutputCount * data.FeatureCount;
        return data.Sparse switch
        {
            SparseTable<double> doubles => new SparseWorker<double>(doubles, data, loss, model.OutputCount, intercepts),
            SparseTable<float> singles => new SparseWorker<float>(singles, data, loss, model.OutputCount, intercepts),
            _ => null,
        };
    }

    /// <inheritdoc cref="ISparseObjective.AddSupport"/>
    public abstract void AddSupport(in SampleBatch batch, SparseGradient gradient);

    /// <inheritdoc cref="ISparseObjective.Add"/>
    public abstract LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, SparseGradient gradient);

    /// <inheritdoc cref="ISparseRows.WriteRow"/>
    public abstract void WriteRow(int sample, ReadOnlySpan<double> factors, Span<double> values);

    /// <summary>Requests what the evaluation of single samples will read: the caches then hold it in time.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="soon">A sample whose row is in the caches already: its parameters are loaded; −1: none.</param>
    /// <param name="later">A sample whose row is loaded; −1: none.</param>
    /// <returns>The columns of the sample that is read soon.</returns>
    public abstract ReadOnlySpan<int> Prefetch(ReadOnlySpan<double> parameters, int soon, int later);
}

/// <param name="table">The rows.</param>
/// <param name="data">The samples.</param>
/// <param name="loss">The loss.</param>
/// <param name="outputs">The number K of scores.</param>
/// <param name="intercepts">The number of intercepts, K or 0.</param>
internal sealed class SparseWorker<T>(SparseTable<T> table, Dataset data, ILoss loss, int outputs, int intercepts) : SparseWorker
    where T : unmanaged
{
    private readonly int _columns = data.FeatureCount;
    private int[] _places = []; // of a column in the support of a batch
    private int[] _support = [];
    private int[] _samples = [];
    private double[] _scores = [];
    private double[] _derivatives = [];
    private double[] _targets = [];
    private double[] _weights = [];
    private int _supportCount;

    public override void AddSupport(in SampleBatch batch, SparseGradient gradient)
    {
        ReadOnlySpan<int> samples = SamplesOf(in batch), columns = samples.Length == 1 ? table.ColumnsOf(samples[0]) : ColumnsOf(samples);
        _supportCount = columns.Length;
        Span<int> indices = gradient.Replace(outputs * columns.Length + intercepts);
        for (int k = 0; k < outputs; k++)
        {
            Span<int> own = indices.Slice(k * columns.Length, columns.Length);
            if (k == 0)
            {
                columns.CopyTo(own);
                continue;
            }

            for (int i = 0; i < own.Length; i++)
                own[i] = k * _columns + columns[i];
        }

        for (int k = 0; k < intercepts; k++)
            indices[outputs * columns.Length + k] = outputs * _columns + k;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, SparseGradient gradient)
    {
        ReadOnlySpan<int> samples = SamplesOf(in batch), upcoming = batch.Upcoming;
        int count = samples.Length;
        if (count > _targets.Length)
            Allocate(count);
        Span<double> scores = _scores.AsSpan(0, count * outputs), derivatives = _derivatives.AsSpan(0, count * outputs),
            targets = _targets.AsSpan(0, count), weights = data.HasWeights ? _weights.AsSpan(0, count) : [];
        double weight = data.HasWeights ? 0 : count;
        for (int i = 0; i < count; i++)
        {
            if (i < upcoming.Length)
                table.PrefetchRow(upcoming[i]);
            int sample = samples[i];
            targets[i] = data.AllTargets[sample];
            if (!weights.IsEmpty)
                weight += weights[i] = data.AllWeights[sample];
            ReadOnlySpan<int> columns = table.ColumnsOf(sample);
            ReadOnlySpan<T> values = table.ValuesOf(sample);
            for (int k = 0; k < outputs; k++)
            {
                double intercept = intercepts == 0 ? 0 : parameters[outputs * _columns + k];
                scores[i * outputs + k] = SparseProducts.Dot(columns, values, parameters.Slice(k * _columns, _columns)) + intercept;
            }
        }

        double sum = loss.Evaluate(scores, targets, weights, derivatives);
        if (count == 1)
            WriteRow(samples[0], derivatives, gradient.Values);
        else
            WriteRows(samples, derivatives, gradient.Values);
        return new LossSum(sum, weight);
    }

    public override ReadOnlySpan<int> Prefetch(ReadOnlySpan<double> parameters, int soon, int later)
    {
        if (later >= 0)
        {
            table.PrefetchRow(later);
            Kernels.Prefetch.IntoFirstLevel(data.AllTargets.Slice(later, 1));
        }

        ReadOnlySpan<int> columns = soon >= 0 ? table.ColumnsOf(soon) : [];
        Kernels.Prefetch.IntoFirstLevel(parameters, columns);
        return columns;
    }

    public override void WriteRow(int sample, ReadOnlySpan<double> factors, Span<double> values)
    {
        ReadOnlySpan<T> row = table.ValuesOf(sample);
        for (int k = 0; k < outputs; k++)
            Reductions.Scale(values.Slice(k * row.Length, row.Length), factors[k], row);
        factors[..intercepts].CopyTo(values[(outputs * row.Length)..]);
    }

    /// <summary>Writes the sums of the derivatives times the rows.</summary>
    private void WriteRows(ReadOnlySpan<int> samples, ReadOnlySpan<double> derivatives, Span<double> gradient)
    {
        gradient.Clear();
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<int> columns = table.ColumnsOf(samples[i]);
            ReadOnlySpan<T> values = table.ValuesOf(samples[i]);
            for (int n = 0; n < columns.Length; n++)
            {
                int place = _places[columns[n]];
                double value = AsDouble.One(ref Unsafe.AsRef(in values[n]), 0);
                for (int k = 0; k < outputs; k++)
                    gradient[k * _supportCount + place] += derivatives[i * outputs + k] * value;
            }

            for (int k = 0; k < intercepts; k++)
                gradient[outputs * _supportCount + k] += derivatives[i * outputs + k];
        }
    }

    /// <summary>The samples with a weight that is not 0. The others must have no effect, even if their numbers overflow.</summary>
    private ReadOnlySpan<int> SamplesOf(in SampleBatch batch)
    {
        if (!data.HasWeights && !batch.IsRange)
            return batch.Indices;
        if (_samples.Length < batch.Count)
            _samples = new int[batch.Count];
        batch.CopyTo(_samples);
        if (!data.HasWeights)
            return _samples.AsSpan(0, batch.Count);
        int count = 0;
        foreach (int sample in _samples.AsSpan(0, batch.Count))
        {
            if (data.AllWeights[sample] != 0)
                _samples[count++] = sample;
        }

        return _samples.AsSpan(0, count);
    }

    /// <summary>Returns the columns of samples, each once, and remembers their places.</summary>
    private ReadOnlySpan<int> ColumnsOf(ReadOnlySpan<int> samples)
    {
        if (_places.Length == 0)
            _places = new int[_columns];
        int count = 0;
        foreach (int sample in samples)
        {
            ReadOnlySpan<int> columns = table.ColumnsOf(sample);
            if (count + columns.Length > _support.Length)
                Array.Resize(ref _support, Math.Max(count + columns.Length, 2 * _support.Length));
            foreach (int column in columns)
            {
                int place = _places[column]; // left from an earlier batch, unless it fits
                if ((uint)place < (uint)count && _support[place] == column)
                    continue;
                _support[count] = column;
                _places[column] = count++;
            }
        }

        return _support.AsSpan(0, count);
    }

    private void Allocate(int count)
    {
        (_scores, _derivatives) = (new double[count * outputs], new double[count * outputs]);
        (_targets, _weights) = (new double[count], data.HasWeights ? new double[count] : []);
    }
}
