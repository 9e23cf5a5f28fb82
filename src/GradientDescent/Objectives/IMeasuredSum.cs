namespace GradientDescent;

/// <summary>A sum over samples that can tell how large its gradient is in units of its own.</summary>
internal interface IMeasuredSum : IStochasticObjective
{
    /// <summary>The number of sums of squares that follow a gradient: one for each output of the model.</summary>
    int SquareCount { get; }

    /// <summary>Creates the units of the gradient; this reads the data once.</summary>
    GradientUnits NewUnits();

    /// <summary>
    /// Does the same as <see cref="IStochasticObjective.EvaluateParts"/>, with <see cref="SquareCount"/> more numbers after each gradient:
    /// Σ wᵢrᵢ² of the derivatives r by the scores of each output.
    /// </summary>
    void MeasureParts(ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength, Span<double> gradients, Span<LossSum> sums);
}
