namespace GradientDescent.Kernels;

/// <summary>An optimizer whose steps can take the gradient of one sample as a multiple of the sample's features.</summary>
internal interface IRowOptimizer
{
    /// <summary>
    /// Whether the next step can do it: there has been a step in double, on one thread, and the rule looks at each element by itself.
    /// </summary>
    bool TakesRows { get; }

    /// <summary>Makes a step.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradient">The gradient of the weights, with that of an intercept.</param>
    /// <param name="learningRate">The rate, at least 0.</param>
    void Update<T>(Span<double> parameters, RowGradient<T> gradient, double learningRate) where T : unmanaged;

    /// <summary>Requests the state of some parameters, for a sparse step that follows soon.</summary>
    void PrefetchState(ReadOnlySpan<int> indices);
}
