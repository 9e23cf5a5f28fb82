namespace GradientDescent;

/// <summary>The objective of a step with the coupled decay of <see cref="WeightDecay"/> added to its values and gradients.</summary>
internal sealed class DecayedEvaluator(DecayedBlocks decay) : IUpdateEvaluator
{
    private IUpdateEvaluator? _evaluator;
    private IObjective? _objective;

    public object? Objective => null;

    public SampleBatch Batch => _evaluator is null ? default : _evaluator.Batch;

    public TrainingClock Clock { get; private set; }

    public bool IsNonsmooth => _evaluator is { IsNonsmooth: true };

    /// <summary>Begins a step.</summary>
    public void Begin(in UpdateContext context) =>
        (_evaluator, _objective, Clock) = (context.Evaluator, context.OwnObjective, context.Clock);

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient, bool transformed) =>
        WithDecay(_objective?.Evaluate(at, gradient) ?? _evaluator!.Evaluate(at, gradient, transformed), at, gradient);

    public double EvaluateAll(ReadOnlySpan<double> at, Span<double> gradient) =>
        WithDecay(_objective?.Evaluate(at, gradient) ?? _evaluator!.EvaluateAll(at, gradient), at, gradient);

    public void ProximalStep(Span<double> at, double stepLength) => _evaluator!.ProximalStep(at, stepLength);

    public void MapGradient(ReadOnlySpan<double> at, Span<double> gradient) => _evaluator!.MapGradient(at, gradient);

    public bool FindFace(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> lower, Span<double> upper, Span<double> slopes) =>
        _evaluator!.FindFace(parameters, gradient, lower, upper, slopes);

    public double BatchShare(ReadOnlySpan<double> at) => _evaluator?.BatchShare(at) ?? 1;

    public void AddPenaltyGradient(ReadOnlySpan<double> at, Span<double> gradient)
    {
        _evaluator?.AddPenaltyGradient(at, gradient);
        decay.AddGradient(at, gradient); // which is the gradient of an L2 penalty
    }

    private double WithDecay(double value, ReadOnlySpan<double> at, Span<double> gradient)
    {
        if (!gradient.IsEmpty)
            decay.AddGradient(at, gradient);
        return value + decay.Value(at);
    }
}
