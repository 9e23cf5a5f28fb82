using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Finds a step t along a descent direction d at which φ(t) = f(x + td) is sufficiently lower and sufficiently flat. In a box, the points
/// are the projections of x + td, so no trial is outside.
/// </summary>
/// <remarks>
/// <code>
/// φ(t) ≤ φ(0) + c₁tφ′(0)  and  |φ′(t)| ≤ −c₂φ′(0)                                       strong Wolfe conditions
/// φ(t) ≤ φ(0) + ε|φ(0)|  and  c₂φ′(0) ≤ φ′(t) ≤ (2c₁ − 1)φ′(0)                          approximate Wolfe conditions
/// </code>
/// Nocedal and Wright, "Numerical Optimization", 2006, algorithms 3.5 and 3.6, with the safeguarded cubic steps of Moré and Thuente, "Line
/// Search Algorithms with Guaranteed Sufficient Decrease", 1994. Near a minimum, rounding hides the differences of values; there the
/// approximate conditions compare slopes: Hager and Zhang, "A New Conjugate Gradient Method with Guaranteed Descent and an Efficient Line
/// Search", 2005, eq. (4.1). A trial whose value or slope is not finite counts as a step that is too long.
/// </remarks>
/// <param name="length">The number of parameters.</param>
/// <param name="decrease">The constant c₁, between 0 and ½.</param>
/// <param name="flatness">The constant c₂, between c₁ and 1.</param>
internal sealed class LineSearch(int length, double decrease, double flatness)
{
    private const int MaxTrials = 60;
    private const double MaxStep = 1e20; // the first trial suits the function's scale by far better
    private const double Rounding = 1e-13; // ε: the relative rounding error of a value

    // The next trial is at least this share of the interval away from its ends.
    private const double Margin = 0.1;

    private const double MinGrowth = 1.5, MaxGrowth = 10;

    private readonly double[] _point = new double[length];
    private readonly double[] _gradient = new double[length];
    private Trial _start, _low, _high, _latest;

    /// <summary>The point of the step that was found.</summary>
    public ReadOnlySpan<double> Point => _point;

    /// <summary>The gradient of the smooth part at <see cref="Point"/>.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>The step t that was found, and the value at its point.</summary>
    public (double Step, double Value) Found => (_latest.Step, _latest.Value);

    /// <summary>
    /// Whether the values fell at every step that was tried, up to a very long one: the function has no minimum along the line.
    /// </summary>
    public bool IsUnbounded => double.IsPositiveInfinity(_high.Step) && _latest.Step > MaxStep;

    /// <summary>Searches; returns whether a step was found.</summary>
    /// <param name="context">The parameters x and the objective.</param>
    /// <param name="direction">The direction d.</param>
    /// <param name="slope">The slope φ′(0), less than 0.</param>
    /// <param name="step">The first trial, greater than 0.</param>
    /// <param name="face">The box of the search, and the gradient of the nonsmooth part in it.</param>
    public bool Search(in UpdateContext context, ReadOnlySpan<double> direction, double slope, double step, Face face)
    {
        _start = _low = new Trial(0, context.Loss, slope);
        _high = new Trial(double.PositiveInfinity, double.NaN, double.NaN);
        double width = double.PositiveInfinity, before = double.PositiveInfinity;
        for (int trials = 0; trials < MaxTrials && step > 0 && !IsExhausted() && !IsUnbounded; trials++)
        {
            _latest = Try(in context, direction, step, face);
            if (IsGood(_latest))
                return Moves(in context);
            Narrow(_latest);
            double next = Next();

            // Two trials must shorten a bracket by a third; otherwise it is cut in the middle.
            (before, width) = (width, Math.Abs(_high.Step - _low.Step));
            step = double.IsFinite(width) && width > 0.66 * before ? Middle() : next;
        }

        if (!(_low.Step > 0) || !IsLower(_low))
            return false;
        if (_latest.Step != _low.Step)
            _latest = Try(in context, direction, _low.Step, face);
        return Moves(in context);
    }

    /// <summary>Whether the point differs from the parameters. A step below their rounding would be repeated without end.</summary>
    private bool Moves(in UpdateContext context) => !context.Parameters.SequenceEqual(_point);

    /// <summary>Returns that the function has no minimum.</summary>
    public StopDetails Unbounded() => new()
    {
        Reason = StopReason.OptimizerStopped,
        Quantity = Format.Text($"the value falls along a line up to the step {_latest.Step:G6}, where its slope is {_latest.Slope:G6}: ") +
            "there is no minimum",
        Measured = _latest.Value,
        Threshold = _start.Value,
    };

    /// <summary>Returns why no step was found.</summary>
    public StopDetails Failure() => new()
    {
        Reason = StopReason.OptimizerStopped,
        Quantity = Format.Text($"the line search found no lower point: steps from {_low.Step:G6} to {_high.Step:G6}, slopes from ") +
            Format.Text($"{_low.Slope:G6} to {_high.Slope:G6}, slope at the start {_start.Slope:G6}"),
        Measured = _low.Value,
        Threshold = _start.Value,
    };

    private Trial Try(in UpdateContext context, ReadOnlySpan<double> direction, double step, Face face)
    {
        face.Move(context.Parameters, step, direction, _point);
        double value = context.Evaluate(_point, _gradient);
        double slope = face.Slope(_point, _gradient, direction);
        return new Trial(step, value, Reductions.AreFinite(_gradient) ? slope : double.NaN);
    }

    private bool IsLower(Trial trial) => trial.Value <= _start.Value + decrease * trial.Step * _start.Slope;

    private bool IsGood(Trial trial)
    {
        if (double.IsNegativeInfinity(trial.Value))
            return true; // there is no minimum: the loop reports it
        if (!trial.IsFinite)
            return false;
        return IsLower(trial) ? Math.Abs(trial.Slope) <= -flatness * _start.Slope
            : trial.Value <= _start.Value + Rounding * Math.Abs(_start.Value)
                && trial.Slope >= flatness * _start.Slope && trial.Slope <= (2 * decrease - 1) * _start.Slope;
    }

    /// <summary>Whether no number lies between the ends of the interval.</summary>
    private bool IsExhausted() => double.IsFinite(_high.Step)
        && Math.Abs(_high.Step - _low.Step) <= 4 * double.Epsilon + 4e-16 * Math.Max(_high.Step, _low.Step);

    /// <summary>Replaces an end of the interval by the trial.</summary>
    private void Narrow(Trial trial)
    {
        bool isTooHigh = !trial.IsFinite || (!IsLower(trial) && trial.Value > _start.Value + Rounding * Math.Abs(_start.Value))
            || (trial.Value > _low.Value + Rounding * Math.Abs(_low.Value));
        if (isTooHigh)
        {
            _high = trial;
            return;
        }

        // The interval lies on the side of the trial to which the values fall.
        if (trial.Slope * (_high.Step - trial.Step) >= 0)
            _high = _low;
        _low = trial;
    }

    private double Middle() => _low.Step + (_high.Step - _low.Step) / 2;

    private double Next()
    {
        if (double.IsInfinity(_high.Step))
            return Longer();
        if (!_high.IsFinite)
            return _low.Step + (_high.Step - _low.Step) * Margin;
        double step = Trial.Minimizer(_low, _high), length = _high.Step - _low.Step;
        double share = (step - _low.Step) / length;
        return double.IsFinite(share) ? _low.Step + Math.Clamp(share, Margin, 1 - Margin) * length : Middle();
    }

    /// <summary>Returns a longer step: where the slopes at the last two points would fall to 0, between two bounds.</summary>
    private double Longer()
    {
        double step = _low.Step, rise = _low.Slope - _start.Slope;
        double zero = rise > 0 ? step * _start.Slope / (_start.Slope - _low.Slope) : double.PositiveInfinity;
        return Math.Clamp(zero, MinGrowth * step, MaxGrowth * step);
    }

    /// <summary>A point on the line.</summary>
    /// <param name="Step">The step t.</param>
    /// <param name="Value">The value φ(t).</param>
    /// <param name="Slope">The slope φ′(t).</param>
    private readonly record struct Trial(double Step, double Value, double Slope)
    {
        public bool IsFinite => double.IsFinite(Value) && double.IsFinite(Slope);

        /// <summary>
        /// Returns the minimizer of the cubic polynomial with the values and slopes of two points, or where the line between their slopes
        /// is 0 if the polynomial has none. Nocedal and Wright, eq. (3.59).
        /// </summary>
        public static double Minimizer(Trial a, Trial b)
        {
            double length = b.Step - a.Step;
            double d1 = a.Slope + b.Slope - 3 * (b.Value - a.Value) / length;
            double square = d1 * d1 - a.Slope * b.Slope;
            double d2 = Math.CopySign(Math.Sqrt(square), length);
            double cubic = b.Step - length * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
            return double.IsFinite(cubic) ? cubic : a.Step - a.Slope * (length / (b.Slope - a.Slope));
        }
    }
}
