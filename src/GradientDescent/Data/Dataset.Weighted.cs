using System.Runtime.CompilerServices;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>The samples whose weight is greater than 0, in ascending order of their indices.</summary>
    /// <remarks>
    /// A <c>foreach</c> loop allocates memory for one row if features are stored in float, and nothing if they are stored in double.
    /// </remarks>
    internal WeightedSamples Weighted => new(this);

    /// <summary>The sequence that <see cref="Weighted"/> returns, for <c>foreach</c>.</summary>
    internal readonly struct WeightedSamples(Dataset data)
    {
        public WeightedEnumerator GetEnumerator() => new(data);
    }

    /// <summary>Enumerates the samples and skips those with the weight 0.</summary>
    internal struct WeightedEnumerator(Dataset data)
    {
        private readonly double[] _buffer = data._features.NewRowBuffer();
        private int _index = -1;

        public readonly WeightedSample Current => new(data, _index, _buffer);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool MoveNext()
        {
            do
            {
                _index++;
            }
            while (_index < data.SampleCount && data._weights is not null && data._weights[_index] == 0);
            return _index < data.SampleCount;
        }
    }

    /// <summary>A sample whose weight is greater than 0.</summary>
    internal readonly ref struct WeightedSample(Dataset data, int index, double[] buffer)
    {
        /// <summary>The index of the sample in the data set, from 0.</summary>
        public int Index => index;

        /// <summary>The weight of the sample; 1 if the data set has no weights.</summary>
        public double Weight => data._weights is null ? 1 : data._weights[index];

        /// <summary>The features of the sample. They are read at each call, and are valid until another sample is read.</summary>
        public ReadOnlySpan<double> Features => data._features.Read(index, buffer);

        /// <summary>The targets of the sample.</summary>
        public ReadOnlySpan<double> Targets => data._targets.AsSpan(index * data.TargetCount, data.TargetCount);
    }
}
