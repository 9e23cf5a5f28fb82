namespace GradientDescent;

/// <summary>Measures parameters after each epoch, on data that is not trained on or in the same way on the training data.</summary>
internal interface IParameterMeasure
{
    /// <summary>The loss, to be made small, and a metric; NaN where there is no metric. A loss that is NaN counts as infinite.</summary>
    /// <param name="parameters">The parameters in the coordinates that are optimised.</param>
    (double Loss, double Metric) Measure(ReadOnlySpan<double> parameters);
}
