namespace GradientDescent;

/// <summary>Lowers the factor when a metric has stopped improving. The factor starts at 1.</summary>
/// <remarks>
/// A measurement is an improvement if it is better than the best so far by more than the threshold, which is a share of the best or an
/// absolute difference. After more than <c>patience</c> measurements in a row without an improvement, the factor f becomes max(γf,
/// minimum). The next <c>cooldown</c> measurements are not counted. PyTorch's <c>ReduceLROnPlateau</c>, except that the threshold of a
/// negative metric is a share of its absolute value, and that reductions of the rate by less than 1e-8 are made too; Keras'
/// <c>ReduceLROnPlateau</c> has an absolute threshold and reduces one measurement earlier.
/// </remarks>
/// <example><code>
/// var plateau = new ReduceOnPlateau(factor: 0.5, patience: 0);
/// plateau.Observe(1.0, new TrainingClock { Step = 10 });   // a trainer does this after every epoch
/// plateau.Observe(1.2, new TrainingClock { Step = 20 });
/// Console.WriteLine(plateau.FactorAt(new TrainingClock { Step = 20 }));   // 0.5
/// </code></example>
public sealed class ReduceOnPlateau : IMetricSchedule
{
    private readonly double _gamma;
    private readonly int _patience;
    private readonly double _threshold;
    private readonly bool _absolute;
    private readonly int _cooldown;
    private readonly double _minimum;
    private readonly MetricDirection _direction;

    private Memory _memory = Memory.Empty;

    /// <summary>Creates the schedule.</summary>
    /// <param name="factor">The factor γ of a reduction, greater than 0 and less than 1.</param>
    /// <param name="patience">The number of measurements without improvement that are tolerated, at least 0.</param>
    /// <param name="threshold">
    /// The smallest improvement that counts, at least 0. A relative threshold is less than 1; an absolute one has the metric's unit.
    /// </param>
    /// <param name="absolute">Whether the threshold is an absolute difference instead of a share of the best.</param>
    /// <param name="cooldown">The number of measurements after a reduction that are not counted, at least 0.</param>
    /// <param name="minimum">The smallest factor, in [0, 1).</param>
    /// <param name="direction">The direction in which the metric improves.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public ReduceOnPlateau(
        double factor = 0.1,
        int patience = 10,
        double threshold = 1e-4,
        bool absolute = false,
        int cooldown = 0,
        double minimum = 0,
        MetricDirection direction = MetricDirection.Minimize)
    {
        _gamma = Guard.Between(factor, 0, 1);
        _patience = Guard.AtLeast(patience, 0);
        _threshold = absolute ? Guard.FiniteNonNegative(threshold) : Guard.Fraction(threshold);
        _absolute = absolute;
        _cooldown = Guard.AtLeast(cooldown, 0);
        _minimum = Guard.Fraction(minimum);
        _direction = Guard.Defined(direction);
    }

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => _memory.Factor;

    /// <inheritdoc/>
    public void Observe(double metric, TrainingClock clock)
    {
        (double factor, double? best, int bad, int cooling) = _memory;
        if (IsImprovement(metric, best))
            (best, bad) = (metric, 0);
        else if (bad < int.MaxValue)
            bad++;
        if (cooling > 0)
            (cooling, bad) = (cooling - 1, 0);
        if (bad > _patience)
            (factor, bad, cooling) = (Math.Max(factor * _gamma, _minimum), 0, _cooldown);
        _memory = new(factor, best, bad, cooling);
    }

    /// <inheritdoc/>
    public ScheduleState GetState() => new(nameof(ReduceOnPlateau), _memory.Scalars());

    /// <inheritdoc/>
    public void SetState(ScheduleState state)
    {
        ScheduleState.Require(state, nameof(ReduceOnPlateau));
        _memory = Memory.From(state);
    }

    /// <inheritdoc/>
    public IMetricSchedule CreateNew()
    {
        var fresh = (ReduceOnPlateau)MemberwiseClone();
        fresh._memory = Memory.Empty;
        return fresh;
    }

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() =>
        Format.Text($"ReduceOnPlateau({_gamma}, {_patience}, {_threshold} {(_absolute ? "absolute" : "relative")}, {_cooldown}, " +
            $"{_minimum}, {_direction})");

    private bool IsImprovement(double metric, double? best)
    {
        if (!double.IsFinite(metric) || best is not { } old)
            return double.IsFinite(metric);
        double towards = _direction == MetricDirection.Minimize ? -1 : 1;
        double bound = _absolute ? old + towards * _threshold : old * (1 + towards * Math.Sign(old) * _threshold);
        return towards * (metric - bound) > 0;
    }

    private readonly record struct Memory(double Factor, double? Best, int Bad, int Cooling)
    {
        public static Memory Empty { get; } = new(1, null, 0, 0);

        public static Memory From(ScheduleState state)
        {
            string[] names = ["bad", "best", "cooling", "factor"];
            string[] found = [.. state.Scalars.Keys];
            if (!found.Append("best").Distinct().Order(StringComparer.Ordinal).SequenceEqual(names))
                throw Guard.Invalid(nameof(state), $"The state has scalars [{string.Join(", ", found)}]: it must have " +
                    $"[{string.Join(", ", names)}], best after a measurement only.");
            double factor = state.Scalars["factor"];
            if (factor is < 0 or > 1)
                throw Guard.Invalid(nameof(state), $"'factor' is {factor}: it must be from 0 to 1.");
            return new(factor, state.Scalars.TryGetValue("best", out double best) ? best : null, Count("bad"), Count("cooling"));

            int Count(string name) => state.Scalars[name] is >= 0 and <= int.MaxValue and double count && count == Math.Floor(count)
                ? (int)count
                : throw Guard.Invalid(nameof(state), $"'{name}' is {state.Scalars[name]}: it must be a whole number of at least 0.");
        }

        public Dictionary<string, double> Scalars()
        {
            Dictionary<string, double> scalars = new() { ["factor"] = Factor, ["bad"] = Bad, ["cooling"] = Cooling };
            if (Best is { } best)
                scalars.Add("best", best);
            return scalars;
        }
    }
}
