namespace GradientDescent;

/// <summary>Looks for a step whose differences give an accurate derivative.</summary>
/// <param name="line">The function along one coordinate; finite at the point.</param>
/// <param name="tried">Memory for <see cref="Capacity"/> stencils.</param>
internal ref struct StepSearch(CoordinateLine line, Span<DifferenceStencil> tried)
{
    public const int Capacity = MaxSteps + 16;
    private const int MaxSteps = 10;
    private const double GoodRoughness = 1e-3;
    private const double SmoothRemainder = 0.003;
    private const double Growth = 32;
    private const double CloseEnough = 16;
    private const double Ladder = 23; // has no common measure with the other steps
    private const double ProbeDivisor = 51.7;
    private const double ProbeTolerance = 1e-9;

    // With a round step, a wave of round period looks constant: a date in years, 2020.25, would be moved by whole years.
    private const double Mantissa = 1.6180339887;

    private readonly Span<DifferenceStencil> _tried = tried;
    private int _count;
    private bool _hasGrown;

    /// <summary>Shortens the step where the function is rough, and makes it longer where rounding or noise hides the change.</summary>
    public void Run()
    {
        double step = StartStep(Unit), limit = 0.125;
        double tooShort = 0, tooLong = double.PositiveInfinity;
        bool hasCorner = false;
        while (_count < MaxSteps)
        {
            DifferenceStencil stencil = Measure(step);
            if (stencil.IsAccurate && stencil.Third > 4 * stencil.Rounding)
                stencil = _tried[_count - 1] = Probe(stencil);
            if (stencil.IsAccurate)
                return;
            if (stencil.IsCorner && !hasCorner)
            {
                hasCorner = true;
                DifferenceStencil close = Measure(Closest(stencil));
                if (close.IsCorner)
                    return;
                if (close.Remainder <= close.Rounding)
                    tooShort = close.Step;
            }
            bool isRough = !stencil.IsFinite || stencil.Remainder > stencil.Rounding ||
                (_count == 1 && stencil.IsFlat && line.Changes(step / 4096));
            if (isRough)
                tooLong = Math.Min(tooLong, step);
            else
                tooShort = Math.Max(tooShort, step);

            if (tooLong <= CloseEnough * tooShort || (isRough ? step <= Shortest : step >= Longest))
                break;
            if (tooShort > 0 && double.IsFinite(tooLong))
                step = Math.Sqrt(tooShort) * Math.Sqrt(tooLong);
            else if (isRough)
                (step, limit) = (Math.Max(Shorter(stencil, limit), Shortest), limit / 4);
            else
                step = stencil.IsFlat ? Longest : Math.Min(Growth * step, Longest);
        }

        Grow();
    }

    /// <summary>Measures at a longer step and at ever shorter ones, and counts what contradicts the result as its error.</summary>
    public DerivativeEstimate Verify()
    {
        (int first, _) = Best();
        if (first < 0)
            return DerivativeEstimate.None;
        double step = _tried[first].Step;
        Measure(Math.Min(5.3 * step, Longest));
        Measure(0.3 * step);
        DifferenceStencil close;
        int rough = 0;
        do
        {
            step = Math.Max(step / Ladder, Shortest);
            close = Measure(step);
            rough = close.Remainder > SmoothRemainder * close.Change ? rough + 1 : 0;
        }
        while (step > Shortest && close.Rounding < 0.01 * close.Change && rough < 3 && _count < Capacity - 2);
        Grow();
        (int best, double error) = Best();
        double noise = Noise, smoothOver = LongestSmooth;
        DifferenceStencil chosen = _tried[best];
        foreach (DifferenceStencil other in _tried[.._count])
        {
            if (IsHidden(other, smoothOver))
            {
                // Over the distance of its points the function should have changed by this: so large is a stair at least. One that ends
                // before the next longer step would be so much larger.
                double ratio = Ladder * other.Step / chosen.Step;
                double stair = Math.Max(4 * other.Step * Math.Abs(chosen.Slope), ratio * ratio * chosen.Change);
                error = Math.Max(error, stair / chosen.Step);
                continue;
            }

            double difference = Math.Abs(other.Slope - chosen.Slope);
            double ownError = (other.Remainder + other.Rounding + noise) / other.Step;
            if (other.IsFinite && other.Step < 6 * chosen.Step && 3 * ownError < difference)
                error = Math.Max(error, difference);
        }
        // The function rounds its argument, for example when it divides x by a unit: each point may be moved by the last place of x.
        double moved = Shortest / 4 / chosen.Step;
        return new DerivativeEstimate(chosen.Slope, error + moved * chosen.Change / chosen.Step, chosen.Change / chosen.Step);
    }

    /// <summary>The derivative after <see cref="Run"/>; NaN if no difference is finite.</summary>
    public readonly double Slope => _count > 0 && _tried[_count - 1].IsAccurate ? _tried[_count - 1].Slope
        : Best() is ( >= 0 and int best, _) ? _tried[best].Slope : double.NaN;

    /// <summary>The stencil with the smallest error in proportion to the change, and its estimated error; −1 if none is finite.</summary>
    private readonly (int Index, double Error) Best()
    {
        (int best, double bestError, double smallest) = (-1, double.PositiveInfinity, double.PositiveInfinity);
        double noise = Noise, smoothOver = LongestSmooth;
        for (int i = 0; i < _count; i++)
        {
            if (!_tried[i].IsFinite || IsHidden(_tried[i], smoothOver))
                continue;
            double remainder = _tried[i].IsFlat ? noise : 0;
            foreach (DifferenceStencil other in _tried[.._count])
            {
                if (other.Step <= _tried[i].Step && other.IsFinite) // what a shorter step leaves is noise and is in this one too
                    remainder = Math.Max(remainder, other.Remainder);
            }
            double error = remainder + _tried[i].Rounding;
            double relative = _tried[i].IsFlat && noise == 0 ? 0 : error / _tried[i].Change;
            if (best < 0 || relative < smallest)
                (best, bestError, smallest) = (i, error / _tried[i].Step, relative);
        }
        return (best, bestError);
    }

    /// <summary>
    /// The longest step over which the function is smooth and not constant; 0 if there is none. Equal values over a shorter distance are no
    /// plateau then: the terms of the function were rounded so much that it looks like stairs, as log(1 + exp(x)) does below −5.
    /// </summary>
    private readonly double LongestSmooth
    {
        get
        {
            double longest = 0;
            foreach (DifferenceStencil stencil in _tried[.._count])
            {
                if (stencil.IsFinite && stencil.Remainder < SmoothRemainder * stencil.Change)
                    longest = Math.Max(longest, stencil.Step);
            }
            return longest;
        }
    }

    private static bool IsHidden(in DifferenceStencil stencil, double smoothOver) => stencil.IsFlat && stencil.Step < smoothOver;

    /// <summary>What does not become smaller with the step; 0 if all does.</summary>
    private readonly double Noise
    {
        get
        {
            double noise = 0;
            foreach (DifferenceStencil stencil in _tried[.._count])
            {
                if (stencil.Step <= _tried[0].Step / 8 && stencil.Remainder > Math.Max(_tried[0].Remainder / 4, stencil.Rounding) &&
                    !EndsBelow(stencil))
                    noise = Math.Max(noise, stencil.Remainder);
            }
            return noise;
        }
    }

    /// <summary>Whether shorter steps leave much less, as with a steep part that is longer than they.</summary>
    private readonly bool EndsBelow(in DifferenceStencil stencil)
    {
        foreach (DifferenceStencil other in _tried[.._count])
        {
            if (other.Step < stencil.Step && !other.IsFlat && other.Remainder < stencil.Remainder / 1024)
                return true;
        }
        return false;
    }

    /// <summary>Compares an accurate stencil with the slope between two close points.</summary>
    private readonly DifferenceStencil Probe(in DifferenceStencil stencil)
    {
        (double slope, double step) = line.Slope(stencil.Step / ProbeDivisor);
        double ratio = step / stencil.Step, difference = Math.Abs(slope - stencil.Slope);
        double allowed = (ProbeTolerance * stencil.Change + ratio * ratio * stencil.Third) / stencil.Step + 2 * stencil.Rounding / step;
        return difference <= allowed || !double.IsFinite(difference)
            ? stencil : stencil.Contradicted(difference, GoodRoughness * ProbeDivisor);
    }

    /// <summary>A step so short that a corner seen there is one, but for rounding.</summary>
    private readonly double Closest(in DifferenceStencil stencil) =>
        Math.Max(Math.Max(Shortest, stencil.Step * stencil.Rounding / (1e-4 * stencil.Change)), Math.ScaleB(stencil.Step, -40));

    /// <summary>If the values are noisy, tries long steps, for which the noise matters less.</summary>
    private void Grow()
    {
        if (_hasGrown || Noise == 0)
            return;
        _hasGrown = true;
        Measure(Growth * _tried[0].Step);
        Measure(Longest);
    }

    private readonly double Unit => Math.Max(Math.Abs(line.X), 1);

    private readonly double Shortest => 4 * (Math.BitIncrement(Math.Abs(line.X)) - Math.Abs(line.X));

    private readonly double Longest => Unit / 4;

    private DifferenceStencil Measure(double step) => _tried[_count++] = line.Measure(step);

    private readonly double Shorter(in DifferenceStencil stencil, double limit)
    {
        // The domain often ends at 0: a part of x stays inside.
        double part = line.X == 0 ? double.PositiveInfinity : StartStep(Math.Abs(line.X));
        if ((!stencil.IsFinite || stencil.IsOneSided) && part < stencil.Step / 8)
            return part;
        double factor = stencil.IsFinite ? GoodRoughness / stencil.Roughness : GoodRoughness;
        return stencil.Step * Math.Clamp(factor, GoodRoughness, Math.Max(limit, GoodRoughness));
    }

    private static double StartStep(double unit) => Mantissa * Math.ScaleB(1, Math.ILogB(unit) - 12);
}
