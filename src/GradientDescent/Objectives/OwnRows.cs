namespace GradientDescent;

/// <summary>The samples of a data set that this rank can read, and batches of them by their places there.</summary>
/// <param name="data">The data set.</param>
internal sealed class OwnRows(Dataset data)
{
    private int[] _indices = [];

    /// <summary>The rows of this rank.</summary>
    public Dataset Data => data.Own;

    /// <summary>Returns a batch of own samples by their places in <see cref="Data"/>; valid until the next call.</summary>
    public SampleBatch BatchOf(in SampleBatch batch)
    {
        int first = Data.FirstSample;
        if (first == 0 || batch.Count == 0)
            return batch;
        if (batch.IsRange)
            return SampleBatch.FromRange(batch[0] - first, batch.Count, batch.Epoch, batch.Number) with { RandomSeed = batch.RandomSeed };
        if (_indices.Length < batch.Count)
            _indices = new int[batch.Count];
        for (int i = 0; i < batch.Count; i++)
            _indices[i] = batch.Indices[i] - first;
        return new SampleBatch(_indices.AsSpan(0, batch.Count), [], batch.Epoch, batch.Number) { RandomSeed = batch.RandomSeed };
    }
}
