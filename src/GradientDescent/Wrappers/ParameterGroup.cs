namespace GradientDescent;

/// <summary>The blocks that one rule of <see cref="ParameterGroups"/> updates. The rule uses the group to evaluate the objective.</summary>
internal sealed class ParameterGroup : IUpdateEvaluator
{
    private readonly WholeVector _whole;
    private readonly VectorPart _part;
    private readonly double[] _parameters;
    private readonly double[] _gradient;

    /// <param name="blocks">The blocks of the group, at least one.</param>
    /// <param name="whole">The step of all groups.</param>
    public ParameterGroup(IReadOnlyCollection<ParameterBlock> blocks, WholeVector whole)
    {
        Layout = new ParameterLayout([.. blocks]);
        _whole = whole;
        _part = new VectorPart(blocks);
        _parameters = new double[_part.Length];
        _gradient = new double[_part.Length];
    }

    /// <summary>The blocks of the group in a contiguous layout.</summary>
    public ParameterLayout Layout { get; }

    public bool IsNonsmooth => _whole.IsNonsmooth;

    object? IUpdateEvaluator.Objective => null;

    SampleBatch IUpdateEvaluator.Batch => _whole.Batch;

    TrainingClock IUpdateEvaluator.Clock => _whole.Clock;

    /// <summary>
    /// Computes the group's new parameters. <see cref="Store"/> writes them after all groups have used the old ones.
    /// </summary>
    /// <param name="rule">The rule of the group.</param>
    /// <param name="context">The step of all parameters.</param>
    /// <param name="isAlone">Whether this is the only group. Only then can the rule accept a gradient for the next step.</param>
    /// <returns>The reason if the rule has stopped; otherwise <see langword="null"/>.</returns>
    public StopDetails? Update(IOptimizer rule, ref UpdateContext context, bool isAlone)
    {
        _part.Take(context.Parameters, _parameters);
        _part.Take(context.Gradient, _gradient);
        double factor = context.RateFactor;
        var part = new UpdateContext(
            _parameters,
            _gradient,
            rule.LearningRate * factor,
            factor,
            context.Loss,
            context.Step,
            _whole.HasObjective ? this : null);
        rule.Update(ref part);
        if (isAlone && part.IsAccepted)
        {
            context.Gradient.Clear(); // frozen blocks have a gradient of 0
            _part.Put(_gradient, context.Gradient);
            context.Accept(part.Loss);
        }

        return part.Stopped;
    }

    /// <summary>Writes the new parameters.</summary>
    public void Store(Span<double> parameters) => _part.Put(_parameters, parameters);

    /// <summary>Writes the group's part of the solution, if the solution of the rule differs from the parameters.</summary>
    public bool CopySolution(IOptimizer rule, ReadOnlySpan<double> parameters, Span<double> solution)
    {
        _part.Take(parameters, _parameters);
        if (!rule.CopySolution(_parameters, _gradient))
            return false;
        _part.Put(_gradient, solution);
        return true;
    }

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient, bool transformed) =>
        _whole.Evaluate(_part, at, gradient, transformed);

    public double EvaluateAll(ReadOnlySpan<double> at, Span<double> gradient) => _whole.EvaluateAll(_part, at, gradient);

    public void ProximalStep(Span<double> at, double stepLength) => _whole.ProximalStep(_part, at, stepLength);

    public bool FindFace(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> lower, Span<double> upper, Span<double> slopes) =>
        _whole.FindFace(_part, parameters, gradient, lower, upper, slopes);

    public void MapGradient(ReadOnlySpan<double> at, Span<double> gradient) => _whole.MapGradient(_part, at, gradient);

    public double BatchShare(ReadOnlySpan<double> at) => _whole.BatchShare(_part, at);

    public void AddPenaltyGradient(ReadOnlySpan<double> at, Span<double> gradient) => _whole.AddPenaltyGradient(_part, at, gradient);
}
