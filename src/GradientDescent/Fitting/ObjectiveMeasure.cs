namespace GradientDescent;

/// <summary>Measures the loss of a user-defined sum over validation samples.</summary>
/// <param name="objective">The sum over samples.</param>
internal sealed class ObjectiveMeasure(IStochasticObjective objective) : IParameterMeasure
{
    private readonly FullObjective _objective = new(objective, penalty: null, proximalStep: 1);

    public (double Loss, double Metric) Measure(ReadOnlySpan<double> parameters)
    {
        double loss = _objective.Evaluate(parameters, []);
        return (double.IsNaN(loss) ? double.PositiveInfinity : loss, double.NaN);
    }
}
