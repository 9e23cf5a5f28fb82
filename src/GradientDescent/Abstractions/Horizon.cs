namespace GradientDescent;

/// <summary>A length of training in steps, epochs, samples, or as a fraction of the run.</summary>
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

    /// <summary>Returns a length in steps.</summary>
    /// <param name="count">The number of steps, at least 1.</param>
    public static Horizon Steps(long count) => new(Guard.AtLeast(count, 1), Unit.Steps);

    /// <summary>Returns a length in passes over the data.</summary>
    /// <param name="count">The number of epochs, which need not be whole; finite and greater than 0.</param>
    public static Horizon Epochs(double count) => new(Guard.Positive(count), Unit.Epochs);

    /// <summary>Returns a length in samples; a sample is counted each time it is drawn.</summary>
    /// <param name="count">The number of samples, at least 1.</param>
    public static Horizon Samples(long count) => new(Guard.AtLeast(count, 1), Unit.Samples);

    /// <summary>Returns a fraction of the planned run, or, in a schedule that follows another, of the rest of the run.</summary>
    /// <param name="share">The fraction, greater than 0, at most 1.</param>
    public static Horizon Fraction(double share) => new(Guard.Share(share), Unit.Fraction);

    /// <summary>Returns the length in steps on the given clock; greater than 0, and it need not be whole.</summary>
    /// <exception cref="InvalidOperationException">
    /// The length is a fraction of a run of unknown length, it is in epochs or samples and the clock does not have the steps of an epoch or
    /// its samples, or it is <c>default</c>.
    /// </exception>
    public double InSteps(TrainingClock clock) => Required()._unit switch
    {
        Unit.Steps => _amount,
        Unit.Epochs => WholeIfNearly(_amount * StepsPerEpoch(clock)),
        Unit.Samples => WholeIfNearly(
            _amount * StepsPerEpoch(clock) / (clock.SamplesPerEpoch is { } samples and > 0 ? samples : throw new InvalidOperationException(
            Format.Text($"Horizon.Samples({_amount}) needs a run that knows its samples: give the horizon in steps or epochs.")))),
        // at least 1: a length of 0 would give 0/0 in Progress
        _ => WholeIfNearly(_amount * (clock.PlannedSteps is { } planned ? Math.Max(planned, 1)
            : throw new InvalidOperationException(Format.Text(
            $"Horizon.Fraction({_amount}) needs a run of known length: set MaxSteps or MaxEpochs, or give the horizon in steps or " +
            $"epochs.")))),
    };

    private long StepsPerEpoch(TrainingClock clock) =>
        clock.StepsPerEpoch > 0 ? clock.StepsPerEpoch : throw new InvalidOperationException(Format.Text(
        $"{this} cannot be counted in updates: the clock's StepsPerEpoch is {clock.StepsPerEpoch}; it must be at least 1."));

    /// <summary>Returns the number of whole steps in this length.</summary>
    internal long WholeSteps(TrainingClock clock) => (long)Math.Floor(InSteps(clock)); // the conversion saturates

    /// <summary>Returns the fraction of this length that has passed, at most 1.</summary>
    internal double Progress(TrainingClock clock) => Math.Min(clock.Step / InSteps(clock), 1);

    /// <summary>Returns the number of times that this length has passed; it need not be whole.</summary>
    internal double Passed(TrainingClock clock) => WholeIfNearly(clock.Step / InSteps(clock));

    /// <summary>Returns this horizon; throws if it is <c>default</c>.</summary>
    internal Horizon Required() => _amount > 0
        ? this
        : throw new InvalidOperationException(
            "This Horizon has no length: make one with Horizon.Steps, Horizon.Epochs, Horizon.Samples or Horizon.Fraction.");

    /// <summary>
    /// Replaces a value that differs from a whole number only by rounding: 0.29 of 100 is 28.999999999999996 in binary, and 29 is meant.
    /// The fraction, the product and the quotient are each rounded once, with a relative error of at most 2⁻⁵³.
    /// </summary>
    internal static double WholeIfNearly(double value)
    {
        double whole = Math.Round(value);
        return Math.Abs(value - whole) <= Math.ScaleB(value, -51) ? whole : value;
    }

    /// <summary>Returns the amount and its unit as text.</summary>
    public override string ToString() => _unit switch
    {
        Unit.Steps => Format.Text($"{_amount} step{Plural}"),
        Unit.Epochs => Format.Text($"{_amount} epoch{Plural}"),
        Unit.Samples => Format.Text($"{_amount} sample{Plural}"),
        _ => Format.Text($"{_amount} of the run"),
    };
}
