namespace GradientDescent;

/// <summary>Measures optimised parameters on a data set, in the user's units.</summary>
internal sealed class ValidationSet : IParameterMeasure
{
    private readonly IModel _model;
    private readonly Dataset _data;
    private readonly ScaledProblem _scaled;
    private readonly FullBatchSum _sum;
    private readonly double[] _scores;

    /// <param name="model">The model, which computes the scores.</param>
    /// <param name="risk">The loss on the data, in the user's units.</param>
    /// <param name="data">The samples.</param>
    /// <param name="scaled">The conversion from the optimised coordinates to the user's coordinates.</param>
    public ValidationSet(IModel model, EmpiricalRisk risk, Dataset data, ScaledProblem scaled)
    {
        (_model, _data, _scaled) = (model, data, scaled);
        _sum = new FullBatchSum(risk);
        _scores = new double[data.SampleCount * model.OutputCount];
    }

    public Dataset Data => _data;

    /// <summary>Returns the loss, and R² or the share of correct classes. A loss of NaN is returned as infinity.</summary>
    public (double Loss, double Metric) Measure(ReadOnlySpan<double> optimized)
    {
        ReadOnlySpan<double> parameters = _scaled.ToUser([.. optimized]).AsSpan();
        double loss = _sum.Evaluate(parameters, []).Mean;
        ModelEvaluation.Score(_model, parameters, _data, _scores);
        double metric = _model.Task == ModelTask.Regression ? ModelEvaluation.Errors(_data, _scores).RSquared
            : ModelEvaluation.Accuracy(_data, _scores, _model.OutputCount);
        return (double.IsNaN(loss) ? double.PositiveInfinity : loss, metric);
    }
}
