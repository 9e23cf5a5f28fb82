namespace GradientDescent;

/// <summary>The parameters that a batch can move, as they are before its step. Sparse steps keep those of their support only.</summary>
internal sealed class ParametersBefore(TrainingLoop loop)
{
    private readonly SparseGradient? _support = loop.HasSparseSteps ? new(loop.ParameterCount) : null;
    private double[] _values = loop.HasSparseSteps ? [] : new double[loop.ParameterCount];

    /// <summary>Keeps the parameters.</summary>
    /// <param name="batch">The batch.</param>
    public void Keep(EmpiricalRisk batch)
    {
        if (_support is null)
        {
            loop.CopyParametersTo(_values);
            return;
        }

        _support.Clear();
        ((ISparseObjective)batch).AddSupport(SampleBatch.FromRange(0, batch.SampleCount), _support);
        if (_values.Length < _support.Count)
            _values = new double[_support.Count];
        loop.CopyParametersTo(_support.Indices, _values);
    }

    /// <summary>Replaces the current parameters by those that were kept.</summary>
    public void Restore()
    {
        if (_support is null)
            loop.Convert(parameters => _values.CopyTo(parameters));
        else
            loop.TakeBack(_support.Indices, _values);
    }
}
