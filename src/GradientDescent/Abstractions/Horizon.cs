namespace GradientDescent;

/// <summary>A length of training with its unit.</summary>
/// <example><code>
/// Horizon warmUp = Horizon.Epochs(1.5);
/// var clock = new TrainingClock { StepsPerEpoch = 20, PlannedSteps = 1000 };
/// Console.WriteLine(warmUp.InSteps(clock));                  // 30
/// Console.WriteLine(Horizon.Fraction(0.1).InSteps(clock));   // 100
/// </code></example>
public readonly record struct Horizon
{
    private readonly double _amount;
    private readonly Unit _unit;

    private Horizon(double amount, Unit unit) => (_amount, _unit) = (amount, unit);

    private string Plural => _amount == 1 ? "" : "s";

    private enum Unit
    {
        Steps,
        Epochs,
        Samples,
        Fraction,
    }

    /// <summary>A number of updates.</summary>
    /// <param name="count">At least 1.</param>
    public static Horizon Steps(long count) => new(Guard.AtLeast(count, 1), Unit.Steps);

    /// <summary>A number of passes over the data, whole or not.</summary>
    /// <param name="count">Finite and greater than 0.</param>
    public static Horizon Epochs(double count) => new(Guard.Positive(count), Unit.Epochs);

    /// <summary>A number of samples, each counted as often as it is drawn.</summary>
    /// <param name="count">At least 1.</param>
    public static Horizon Samples(long count) => new(Guard.AtLeast(count, 1), Unit.Samples);

    /// <summary>A share of the planned run; in a schedule that follows another, of what is left of it.</summary>
    /// <param name="share">Greater than 0, at most 1.</param>
    public static Horizon Fraction(double share) => new(Guard.Share(share), Unit.Fraction);

    /// <summary>The length in updates, on the given clock; greater than 0, and it need not be whole.</summary>
    /// <exception cref="InvalidOperationException">
    /// The length is a share of a run whose length is not known, in epochs or samples where the clock does not know their number, or
    /// <c>default</c>.
    /// </exception>
    public double InSteps(TrainingClock clock) => Required()._unit switch
    {
        Unit.Steps => _amount,
        Unit.Epochs => WholeIfNearly(_amount * StepsPerEpoch(clock)),
        Unit.Samples => WholeIfNearly(
            _amount * StepsPerEpoch(clock) / (clock.SamplesPerEpoch is { } samples and > 0 ? samples : throw new InvalidOperationException(
            Format.Text($"Horizon.Samples({_amount}) needs a run that knows its samples: give the horizon in steps or epochs.")))),
        // 1: no 0/0
        _ => WholeIfNearly(_amount * (clock.PlannedSteps is { } planned ? Math.Max(planned, 1)
            : throw new InvalidOperationException(Format.Text(
            $"Horizon.Fraction({_amount}) needs a run of known length: set MaxSteps or MaxEpochs, or give the horizon in steps or " +
            $"epochs.")))),
    };

    private long StepsPerEpoch(TrainingClock clock) =>
        clock.StepsPerEpoch > 0 ? clock.StepsPerEpoch : throw new InvalidOperationException(Format.Text(
        $"{this} cannot be counted in updates: the clock's StepsPerEpoch is {clock.StepsPerEpoch}; it must be at least 1."));

    /// <summary>The whole updates in this length.</summary>
    internal long WholeSteps(TrainingClock clock) => (long)Math.Floor(InSteps(clock)); // the conversion saturates

    /// <summary>The share of this length that is over: from 0 to 1, where it stays.</summary>
    internal double Progress(TrainingClock clock) => Math.Min(clock.Step / InSteps(clock), 1);

    /// <summary>How many of this length are over.</summary>
    internal double Passed(TrainingClock clock) => WholeIfNearly(clock.Step / InSteps(clock));

    /// <summary>This horizon, unless it is <c>default</c>.</summary>
    internal Horizon Required() => _amount > 0
        ? this
        : throw new InvalidOperationException(
            "This Horizon has no length: make one with Horizon.Steps, Horizon.Epochs, Horizon.Samples or Horizon.Fraction.");

    /// <summary>
    /// A product or quotient that is off a whole number by rounding alone: 0.29 of 100 is 28.999999999999996 in binary, and 29 is meant.
    /// The share, the product and the quotient are rounded once each, by 2⁻⁵³ of themselves.
    /// </summary>
    internal static double WholeIfNearly(double value)
    {
        double whole = Math.Round(value);
        return Math.Abs(value - whole) <= Math.ScaleB(value, -51) ? whole : value;
    }

    /// <summary>The amount and its unit.</summary>
    public override string ToString() => _unit switch
    {
        Unit.Steps => Format.Text($"{_amount} step{Plural}"),
        Unit.Epochs => Format.Text($"{_amount} epoch{Plural}"),
        Unit.Samples => Format.Text($"{_amount} sample{Plural}"),
        _ => Format.Text($"{_amount} of the run"),
    };
}
