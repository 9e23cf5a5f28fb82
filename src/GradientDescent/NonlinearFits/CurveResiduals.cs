using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The residuals r = √w·(f(x, θ) − y) of the samples with a weight greater than 0, and their derivatives by the parameters.
/// </summary>
internal sealed class CurveResiduals
{
    private readonly RowEvaluator _formula;
    private readonly Dataset.RowReader _rowOf;
    private readonly double[] _derivatives;
    private readonly double[] _targets;

    // Both have an entry for each residual; √w is missing where all weights are 1.
    private readonly int[] _samples;
    private readonly double[] _rootWeights = [];

    /// <param name="data">The samples, with one target each.</param>
    /// <param name="parameterCount">The number of parameters.</param>
    /// <param name="formula">The formula f.</param>
    public CurveResiduals(Dataset data, int parameterCount, RowEvaluator formula)
    {
        (ParameterCount, _formula, _rowOf) = (parameterCount, formula, data.FeatureReader());
        _derivatives = new double[parameterCount];
        _targets = data.AllTargets.ToArray();
        _samples = [.. Enumerable.Range(0, data.SampleCount).Where(i => data.Weight(i) > 0)];
        if (data.HasWeights)
            _rootWeights = Array.ConvertAll(_samples, i => Math.Sqrt(data.Weight(i)));
        TargetNorm = Reductions.Norm(Array.ConvertAll(_samples, i => Math.Sqrt(data.Weight(i)) * _targets[i]));
    }

    /// <summary>The number of residuals.</summary>
    public int Count => _samples.Length;

    public int ParameterCount { get; }

    /// <summary>The norm of √w·y.</summary>
    public double TargetNorm { get; }

    /// <summary>The index of the sample that a residual belongs to.</summary>
    public int SampleOf(int residual) => _samples[residual];

    /// <summary>Evaluates the residuals.</summary>
    public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals)
    {
        for (int i = 0; i < residuals.Length; i++)
            residuals[i] = RootWeight(i) * (_formula.Value(parameters, _rowOf(_samples[i])) - _targets[_samples[i]]);
    }

    /// <summary>Evaluates the derivatives of the residuals.</summary>
    /// <param name="parameters">The parameters to evaluate at.</param>
    /// <param name="jacobian">The matrix for the derivatives, one column after another: all residuals by the first parameter first.</param>
    public void Differentiate(ReadOnlySpan<double> parameters, Span<double> jacobian)
    {
        for (int i = 0; i < Count; i++)
        {
            _formula.Differentiate(parameters, _rowOf(_samples[i]), _derivatives);
            double weight = RootWeight(i);
            for (int j = 0, at = i; j < _derivatives.Length; j++, at += Count)
                jacobian[at] = weight * _derivatives[j];
        }
    }

    private double RootWeight(int residual) => _rootWeights.Length == 0 ? 1 : _rootWeights[residual];
}
