namespace GradientDescent;

/// <summary>A sparse objective whose scores are linear in the parameters: the gradient of a score is the row of its sample.</summary>
internal interface ISparseRows : ISparseObjective
{
    /// <summary>Writes the row of one sample times its factors.</summary>
    /// <param name="sample">The sample, for which <see cref="ISparseObjective.AddSupport"/> was called last.</param>
    /// <param name="factors">The factor of each score.</param>
    /// <param name="values">An entry for each parameter of the support, in its order.</param>
    void WriteRow(int sample, ReadOnlySpan<double> factors, Span<double> values);
}
