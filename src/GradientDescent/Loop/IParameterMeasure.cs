namespace GradientDescent;

/// <summary>Measures parameters after each epoch, on the validation data or in the same way on the training data.</summary>
internal interface IParameterMeasure
{
    /// <summary>
    /// Returns the loss that is minimised and a metric; the metric is NaN if there is none. A loss that is NaN counts as infinite.
    /// </summary>
    /// <param name="parameters">The parameters in the coordinates that are optimised.</param>
    (double Loss, double Metric) Measure(ReadOnlySpan<double> parameters);
}
