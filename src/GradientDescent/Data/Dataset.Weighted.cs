namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>The samples whose weight is greater than 0, in ascending order: the one loop over rows that count.</summary>
    /// <remarks>A <c>foreach</c> over it allocates one row where features are stored in float,
    /// and nothing where they are stored in double.</remarks>
    internal WeightedSamples Weighted => new(this);

    /// <summary>What <see cref="Weighted"/> returns.</summary>
    internal readonly struct WeightedSamples(Dataset data)
    {
        public WeightedEnumerator GetEnumerator() => new(data);
    }

    /// <summary>Skips the samples whose weight is 0.</summary>
    internal struct WeightedEnumerator(Dataset data)
    {
        private readonly double[] _buffer = data._features.NewRowBuffer();
        private int _index = -1;

        public readonly WeightedSample Current => new(data, _index, _buffer);

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

    /// <summary>One sample whose weight is greater than 0.</summary>
    internal readonly ref struct WeightedSample(Dataset data, int index, double[] buffer)
    {
        /// <summary>Its index in the data set, from 0.</summary>
        public int Index => index;

        /// <summary>Its weight; 1 where the data set has none.</summary>
        public double Weight => data._weights is null ? 1 : data._weights[index];

        /// <summary>Its features, read when they are asked for and valid until those of the next sample are.</summary>
        public ReadOnlySpan<double> Features => data._features.Read(index, buffer);

        /// <summary>Its targets.</summary>
        public ReadOnlySpan<double> Targets => data._targets.AsSpan(index * data.TargetCount, data.TargetCount);
    }
}
