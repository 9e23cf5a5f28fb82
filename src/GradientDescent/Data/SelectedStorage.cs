namespace GradientDescent;

/// <summary>Some rows of another storage, in any order. They are not copied.</summary>
/// <param name="source">The rows.</param>
/// <param name="samples">For each row its index in the source.</param>
internal sealed class SelectedStorage(TiledStorage source, int[] samples) : TiledStorage(source.FeatureCount, source.Precision)
{
    public override int RowCount => samples.Length;

    public override void CopyTo(int sample, Span<double> row) => source.CopyTo(samples[sample], row);

    public override void CopyTo(int sample, Span<float> row, Span<double> scratch) => source.CopyTo(samples[sample], row, scratch);

    public override void RequireUnchanged() => source.RequireUnchanged();

    public override void PrefetchRow(int sample) => source.PrefetchRow(samples[sample]);
}
