namespace GradientDescent;

/// <summary>Weight decay for any optimizer with a rate: decoupled from the gradient, or coupled as a part of it.</summary>
/// <remarks>
/// With the rate η of the step, the decay λ and the gradient g:
/// <code>
/// decoupled:  θ ← (1 − ηλ) θ, then the inner step with g
/// coupled:    the inner step with g + λθ
/// </code>
/// Coupled decay is the gradient of (λ/2)‖θ‖², so it passes through the momentum and the scaling of the inner optimizer. It is added after
/// clipping, and an inner optimizer that evaluates the objective again gets it at each point; <see cref="L2Penalty"/> is added before
/// clipping, is a part of the loss and refers to the user's units. Losses and tolerances of a run do not contain a decay. Decoupled decay
/// shortens the parameters at the same rate whatever their gradients are. Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
/// ICLR 2019, Algorithms 1 and 2, with the decay scaled by the rate. With plain <see cref="SGD"/> the two are the same.
/// <para>
/// Frozen blocks do not decay, and biases do not unless <c>onIntercepts</c> is set; this needs a layout, which a trainer binds. Without one
/// all parameters decay. Around <see cref="ParameterGroups"/> the rate is that of the default rule: to decay each group at its own rate,
/// wrap the rules. Put <see cref="SharpnessAware"/> outside, not inside, so that its gradients belong to the parameters before the decay.
/// State: that of the inner optimizer.
/// </para>
/// </remarks>
/// <example><code>
/// double[] decoupled = [1], coupled = [1];
/// new WeightDecay(new Momentum(0.1), 0.5).Update(decoupled, [2]);                  // (1 − 0.1·0.5)·1 − 0.1·2
/// new WeightDecay(new Momentum(0.1), 0.5, coupled: true).Update(coupled, [2]);     // 1 − 0.1·(2 + 0.5·1)
/// Console.WriteLine($"{decoupled[0]:F2} {coupled[0]:F2}");   // 0.75 0.75
/// </code></example>
public sealed class WeightDecay : OptimizerWrapper
{
    private readonly double _weightDecay;
    private readonly bool _coupled;
    private readonly bool _onIntercepts;
    private DecayedBlocks? _decayed;
    private DecayedEvaluator? _evaluator;
    private double[] _before = [];

    /// <summary>Wraps an optimizer.</summary>
    /// <param name="inner">The inner optimizer, owned by this one; do not use it elsewhere.</param>
    /// <param name="weightDecay">
    /// The decay λ, finite and at least 0. Decoupled, each step multiplies a parameter by 1 − ηλ, so ηλ must be much less than 1.
    /// </param>
    /// <param name="coupled">Whether the decay is a part of the gradient.</param>
    /// <param name="onIntercepts">Whether biases and intercepts decay too.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is outside its interval.</exception>
    /// <exception cref="ArgumentException">The inner optimizer has no learning rate.</exception>
    public WeightDecay(IOptimizer inner, double weightDecay, bool coupled = false, bool onIntercepts = false)
        : base(inner)
    {
        if (!inner.HasLearningRate)
            throw Guard.Invalid(
                nameof(inner), $"{inner} has no learning rate: give the objective an L2Penalty instead of a weight decay.");
        (_weightDecay, _coupled, _onIntercepts) = (Guard.FiniteNonNegative(weightDecay), coupled, onIntercepts);
    }

    /// <inheritdoc/>
    public override ParameterLayout Bind(ParameterLayout layout)
    {
        ParameterLayout bound = base.Bind(layout);
        _decayed = new DecayedBlocks(
            _weightDecay,
            bound.Count,
            [.. bound.Blocks.Where(block => !block.IsFrozen && (_onIntercepts || block.Role != ParameterRole.Bias))
                .Select(block => (block.Start, block.Length))]);
        return bound;
    }

    /// <inheritdoc/>
    public override void Update(ref UpdateContext context)
    {
        int length = context.Parameters.Length;
        DecayedBlocks decayed = _decayed ??= new DecayedBlocks(_weightDecay, length, [(0, length)]);
        if (_weightDecay == 0 || length != decayed.Length) // another length is refused by the inner optimizer
            Inner.Update(ref context);
        else if (_coupled)
            UpdateCoupled(decayed, ref context);
        else
            UpdateDecoupled(decayed, ref context);
        StepCount++;
    }

    /// <inheritdoc/>
    public override IOptimizer CreateNew() => new WeightDecay(Inner.CreateNew(), _weightDecay, _coupled, _onIntercepts);

    /// <summary>Returns the wrapper, its settings and the inner optimizer as text.</summary>
    public override string ToString() =>
        Format.Text($"{base.ToString()}, weightDecay {_weightDecay}, coupled {_coupled}, onIntercepts {_onIntercepts}");

    /// <inheritdoc/>
    protected override void ValidateState(OptimizerState state) => state.RequireNames([], []);

    private void UpdateDecoupled(DecayedBlocks decayed, ref UpdateContext context)
    {
        if (Inner is Optimizer) // which does not throw at this length
        {
            decayed.Shrink(context.Parameters, context.LearningRate);
            Inner.Update(ref context);
            return;
        }

        if (_before.Length != decayed.Length)
            _before = new double[decayed.Length];
        context.Parameters.CopyTo(_before);
        decayed.Shrink(context.Parameters, context.LearningRate);
        try
        {
            Inner.Update(ref context);
        }
        catch
        {
            _before.CopyTo(context.Parameters); // a step that throws changes nothing
            throw;
        }
    }

    private void UpdateCoupled(DecayedBlocks decayed, ref UpdateContext context)
    {
        DecayedEvaluator? evaluator = null;
        double loss = context.Loss;
        if (context.Evaluator is not null || context.OwnObjective is not null)
        {
            evaluator = _evaluator ??= new DecayedEvaluator(decayed);
            evaluator.Begin(in context);
            loss += decayed.Value(context.Parameters);
        }

        decayed.AddGradient(context.Parameters, context.Gradient);
        var step = new UpdateContext(
            context.Parameters, context.Gradient, context.LearningRate, context.RateFactor, loss, context.Step, evaluator);
        Inner.Update(ref step); // a gradient that it accepts contains the decay, so the next step evaluates anew
        if (step.Stopped is { } why)
            context.Stop(why);
    }
}
