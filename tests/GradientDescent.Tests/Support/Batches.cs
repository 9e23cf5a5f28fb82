namespace GradientDescent.Tests.Support;

/// <summary>Batches as arrays, for comparisons.</summary>
internal static class Batches
{
    public static int[] ToArray(this SampleBatch batch)
    {
        int[] indices = new int[batch.Count];
        batch.CopyTo(indices);
        return indices;
    }
}
