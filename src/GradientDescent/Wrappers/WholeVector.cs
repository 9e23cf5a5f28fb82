namespace GradientDescent;

/// <summary>
/// The step of several groups of parameters. It copies a group's part into the whole vector, evaluates the objective of the run or of the
/// user's loop, and copies the part of the result back. Outside the part, the vector has the parameters at the start of the step, so the
/// changes of one group do not affect the evaluations of another.
/// </summary>
/// <param name="length">The number of parameters of all groups.</param>
internal sealed class WholeVector(int length)
{
    private readonly double[] _start = new double[length];
    private readonly double[] _startGradient = new double[length];
    private readonly double[] _point = new double[length];
    private readonly double[] _gradient = new double[length];
    private double[][] _bounds = [];
    private IUpdateEvaluator? _evaluator;
    private IObjective? _objective;

    /// <summary>Whether there is an objective to evaluate.</summary>
    public bool HasObjective => _evaluator is not null || _objective is not null;

    public bool IsNonsmooth => _evaluator is { IsNonsmooth: true };

    public SampleBatch Batch => _evaluator is null ? default : _evaluator.Batch;

    public TrainingClock Clock { get; private set; }

    /// <summary>Begins a step.</summary>
    public void Begin(in UpdateContext context)
    {
        (_evaluator, _objective, Clock) = (context.Evaluator, context.OwnObjective, context.Clock);
        if (!HasObjective)
            return;
        context.Parameters.CopyTo(_start);
        if (IsNonsmooth)
            context.Gradient.CopyTo(_startGradient);
    }

    public double Evaluate(VectorPart part, ReadOnlySpan<double> at, Span<double> gradient, bool transformed)
    {
        Span<double> whole = Lift(part, at, gradient);
        double value = _objective?.Evaluate(_point, whole) ?? _evaluator!.Evaluate(_point, whole, transformed);
        if (!whole.IsEmpty)
            part.Take(whole, gradient);
        return value;
    }

    public double EvaluateAll(VectorPart part, ReadOnlySpan<double> at, Span<double> gradient)
    {
        Span<double> whole = Lift(part, at, gradient);
        double value = _objective?.Evaluate(_point, whole) ?? _evaluator!.EvaluateAll(_point, whole);
        if (!whole.IsEmpty)
            part.Take(whole, gradient);
        return value;
    }

    public void ProximalStep(VectorPart part, Span<double> at, double stepLength)
    {
        Lift(part, at, []);
        _evaluator!.ProximalStep(_point, stepLength);
        part.Take(_point, at);
    }

    public bool FindFace(VectorPart part, ReadOnlySpan<double> at, ReadOnlySpan<double> gradient, Span<double> lower, Span<double> upper,
        Span<double> slopes)
    {
        if (_bounds.Length == 0)
            _bounds = [new double[length], new double[length], new double[length]];
        Lift(part, at, []);
        _startGradient.CopyTo(_gradient, 0);
        part.Put(gradient, _gradient);
        if (!_evaluator!.FindFace(_point, _gradient, _bounds[0], _bounds[1], _bounds[2]))
            return false;
        part.Take(_bounds[0], lower);
        part.Take(_bounds[1], upper);
        part.Take(_bounds[2], slopes);
        return true;
    }

    public void MapGradient(VectorPart part, ReadOnlySpan<double> at, Span<double> gradient)
    {
        Lift(part, at, []);
        _startGradient.CopyTo(_gradient, 0);
        part.Put(gradient, _gradient);
        _evaluator!.MapGradient(_point, _gradient);
        part.Take(_gradient, gradient);
    }

    public double BatchShare(VectorPart part, ReadOnlySpan<double> at)
    {
        Lift(part, at, []);
        return _evaluator?.BatchShare(_point) ?? 1;
    }

    public void AddPenaltyGradient(VectorPart part, ReadOnlySpan<double> at, Span<double> gradient)
    {
        Lift(part, at, []);
        _gradient.AsSpan().Clear();
        part.Put(gradient, _gradient);
        _evaluator?.AddPenaltyGradient(_point, _gradient);
        part.Take(_gradient, gradient);
    }

    /// <summary>Copies a part into the point. Returns the vector for the gradient, or an empty one if no gradient is needed.</summary>
    private Span<double> Lift(VectorPart part, ReadOnlySpan<double> at, ReadOnlySpan<double> gradient)
    {
        _start.CopyTo(_point, 0);
        part.Put(at, _point);
        return gradient.IsEmpty ? [] : _gradient;
    }
}
