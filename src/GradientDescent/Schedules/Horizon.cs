namespace GradientDescent;

/// <summary>A length of training with its unit.</summary>
public readonly record struct Horizon
{
    private readonly double _amount;
    private readonly Unit _unit;

    private Horizon(double amount, Unit unit) => (_amount, _unit) = (amount, unit);

    private enum Unit
    {
        Steps,
        Epochs,
        Fraction,
    }

    /// <summary>A number of updates.</summary>
    /// <param name="count">At least 1.</param>
    public static Horizon Steps(long count) => new(Guard.AtLeast(count, 1), Unit.Steps);

    /// <summary>A number of passes over the data, whole or not.</summary>
    /// <param name="count">Finite and greater than 0.</param>
    public static Horizon Epochs(double count) => new(Guard.Positive(count), Unit.Epochs);

    /// <summary>A share of the planned run.</summary>
    /// <param name="share">Greater than 0, at most 1.</param>
    public static Horizon Fraction(double share) => new(Guard.Share(share), Unit.Fraction);

    /// <summary>The length in updates, on the given clock; it need not be whole.</summary>
    /// <exception cref="InvalidOperationException">The length is a share of a run whose length is not known, or is <c>default</c>.</exception>
    public double InSteps(TrainingClock clock) => Required()._unit switch
    {
        Unit.Steps => _amount,
        Unit.Epochs => WholeIfNearly(_amount * clock.StepsPerEpoch),
        _ => WholeIfNearly(_amount * (clock.PlannedSteps ?? throw new InvalidOperationException(Guard.Text(
            $"Horizon.Fraction({_amount}) needs a run of known length: set MaxSteps or MaxEpochs, or give the horizon in steps or epochs.")))),
    };

    /// <summary>This horizon, unless it is <c>default</c>.</summary>
    internal Horizon Required() => _amount > 0
        ? this
        : throw new InvalidOperationException("This Horizon has no length: make one with Horizon.Steps, Horizon.Epochs or Horizon.Fraction.");

    /// <summary>
    /// A product or quotient that is off a whole number by rounding alone: 0.29 of 100 is 28.999999999999996 in binary, and 29 is meant. The share, the product
    /// and the quotient are rounded once each, by 2⁻⁵³ of themselves.
    /// </summary>
    internal static double WholeIfNearly(double value)
    {
        double whole = Math.Round(value);
        return Math.Abs(value - whole) <= Math.ScaleB(value, -51) ? whole : value;
    }

    /// <summary>The amount and its unit.</summary>
    public override string ToString() => _unit switch
    {
        Unit.Steps => Guard.Text($"{_amount} steps"),
        Unit.Epochs => Guard.Text($"{_amount} epochs"),
        _ => Guard.Text($"{_amount} of the run"),
    };
}
