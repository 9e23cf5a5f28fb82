namespace GradientDescent;

/// <summary>The checks of what sums over samples are evaluated at.</summary>
internal static class BatchChecks
{
    /// <summary>The number of parameters is right and each sample exists.</summary>
    public static void Check(ReadOnlySpan<double> parameters, int parameterCount, string owner, in SampleBatch batch, int sampleCount)
    {
        if (parameters.Length != parameterCount)
            throw Guard.Invalid(nameof(parameters), $"There are {parameters.Length} parameters: the {owner} has {parameterCount}.");
        if (batch.IsRange)
        {
            if (batch.Count > 0)
                Guard.Index(batch[batch.Count - 1], sampleCount, nameof(batch));
            return;
        }

        foreach (int sample in batch.Indices)
        {
            if ((uint)sample >= (uint)sampleCount)
                Guard.Index(sample, sampleCount, nameof(batch));
        }
    }

    /// <summary>Gradients and sums have room for all parts.</summary>
    public static void CheckParts(
        in SampleBatch batch, int partLength, ReadOnlySpan<double> gradients, ReadOnlySpan<LossSum> sums, int parameterCount)
    {
        if (!gradients.IsEmpty && gradients.Length != (long)sums.Length * parameterCount)
            throw Guard.Invalid(nameof(gradients),
                $"gradients has {gradients.Length} entries: {sums.Length} parts need {(long)sums.Length * parameterCount}.");
        if ((long)partLength * sums.Length < batch.Count)
            throw Guard.Invalid(nameof(sums), $"There are {sums.Length} sums: {batch.Count} samples in parts of {partLength} need more.");
    }
}
