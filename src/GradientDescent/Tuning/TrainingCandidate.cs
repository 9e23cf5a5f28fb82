namespace GradientDescent;

/// <summary>A way to train: a rule with its rate, a schedule and a batch size.</summary>
/// <example><code>
/// var candidate = new TrainingCandidate(new Adam(0.03)) { Schedule = new CosineDecay(Horizon.Fraction(1)), Batching = Batching.Mini(64) };
/// Console.WriteLine(candidate);   // Adam, rate 0.03, CosineDecay(1 of the run, 0), batches 64
/// </code></example>
public sealed record TrainingCandidate
{
    /// <summary>Creates a candidate with a constant rate.</summary>
    /// <param name="optimizer">The rule with its rate; each run uses a new one with the same settings.</param>
    public TrainingCandidate(IOptimizer optimizer) => Optimizer = Guard.NotNull(optimizer);

    /// <summary>The rule with its rate.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>The schedule; constant unless set. A rule without a rate allows no other.</summary>
    public ISchedule Schedule { get; init => field = Guard.NotNull(value, nameof(Schedule)); } = new ConstantSchedule();

    /// <summary>The number of samples of a step; unset: the default of the optimizer.</summary>
    public Batching? Batching { get; init; }

    /// <summary>Returns the rule, its rate, the schedule and the batch size.</summary>
    public override string ToString()
    {
        string rate = Optimizer.HasLearningRate ? Format.Text($", rate {Optimizer.LearningRate:G4}, {Schedule}") : "";
        return Format.Text($"{Optimizer.GetType().Name}{rate}, batches {Batching ?? Optimizer.Batching}");
    }
}
