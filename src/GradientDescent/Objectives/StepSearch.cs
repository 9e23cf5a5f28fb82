namespace GradientDescent;

/// <summary>Looks for a step whose differences give an accurate derivative.</summary>
/// <param name="line">The function along one coordinate; finite at the point.</param>
/// <param name="tried">Memory for <see cref="Capacity"/> stencils.</param>
internal ref struct StepSearch(CoordinateLine line, Span<DifferenceStencil> tried)
{
    public const int Capacity = MaxSteps + 6;
    private const int MaxSteps = 8;
    private const double GoodRoughness = 1e-3;
    private const double Growth = 32;
    private const double CloseEnough = 16;

    // With a round step, a wave of round period looks constant: a date in years, 2020.25, would be moved by whole years.
    private const double Mantissa = 1.6180339887;

    private readonly Span<DifferenceStencil> _tried = tried;
    private int _count;
    private bool _hasGrown;

    /// <summary>Shortens the step where the function is rough, and makes it longer where rounding or noise hides the change.</summary>
    public void Run()
    {
        double step = StartStep(Unit), shortest = 4 * (Math.BitIncrement(Math.Abs(line.X)) - Math.Abs(line.X));
        double tooShort = 0, tooLong = double.PositiveInfinity;
        while (_count < MaxSteps)
        {
            DifferenceStencil stencil = Measure(step);
            if (stencil.IsAccurate || IsCorner)
                return;
            bool isRough = !stencil.IsFinite || stencil.Remainder > stencil.Rounding ||
                (_count == 1 && stencil.IsFlat && line.Changes(step / 4096));
            if (isRough)
                tooLong = Math.Min(tooLong, step);
            else
                tooShort = Math.Max(tooShort, step);

            if (tooLong <= CloseEnough * tooShort || (isRough ? step <= shortest : step >= Longest))
                break;
            if (tooShort > 0 && double.IsFinite(tooLong))
                step = Math.Sqrt(tooShort) * Math.Sqrt(tooLong);
            else if (isRough)
                step = Math.Max(Shorter(stencil), shortest);
            else
                step = stencil.IsFlat ? Longest : Math.Min(Growth * step, Longest);
        }

        Grow();
    }

    /// <summary>Measures at shorter steps: noise, or a jump, that spares one stencil seldom spares five.</summary>
    public DerivativeEstimate Verify()
    {
        (int first, _) = Best();
        if (first < 0)
            return DerivativeEstimate.None;
        double slope = _tried[first].Slope, step = _tried[first].Step;
        double near = Measure(0.3 * step).Slope;
        foreach (double divisor in (ReadOnlySpan<double>)[8, 32, 128])
            Measure(step / divisor);
        Grow();
        (int best, double error) = Best();
        if (best == first && double.IsFinite(near))
            error = Math.Max(error, Math.Abs(near - slope));
        return new DerivativeEstimate(_tried[best].Slope, error, _tried[best].Change / _tried[best].Step);
    }

    /// <summary>The derivative after <see cref="Run"/>; NaN if no difference is finite.</summary>
    public readonly double Slope => _count > 0 && _tried[_count - 1].IsAccurate ? _tried[_count - 1].Slope
        : Best() is (>= 0 and int best, _) ? _tried[best].Slope : double.NaN;

    /// <summary>The stencil with the smallest error in proportion to the change, and its estimated error; −1 if none is finite.</summary>
    private readonly (int Index, double Error) Best()
    {
        (int best, double bestError, double smallest) = (-1, double.PositiveInfinity, double.PositiveInfinity);
        double noise = Noise;
        for (int i = 0; i < _count; i++)
        {
            if (!_tried[i].IsFinite)
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

    /// <summary>What does not become smaller with the step; 0 if all does.</summary>
    private readonly double Noise
    {
        get
        {
            double noise = 0;
            foreach (DifferenceStencil stencil in _tried[.._count])
            {
                if (stencil.Step <= _tried[0].Step / 8 && stencil.Remainder > Math.Max(_tried[0].Remainder / 4, stencil.Rounding))
                    noise = Math.Max(noise, stencil.Remainder);
            }
            return noise;
        }
    }

    /// <summary>Whether the last two steps, of very different lengths, have the same error.</summary>
    private readonly bool IsCorner
    {
        get
        {
            if (_count < 2)
                return false;
            DifferenceStencil before = _tried[_count - 2], last = _tried[_count - 1];
            double ratio = last.Remainder / last.Step / (before.Remainder / before.Step);
            return last.Step < before.Step / 64 && ratio is > 0.5 and < 2;
        }
    }

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

    private readonly double Longest => Unit / 4;

    private DifferenceStencil Measure(double step) => _tried[_count++] = line.Measure(step);

    private readonly double Shorter(in DifferenceStencil stencil)
    {
        // The domain often ends at 0: a part of x stays inside.
        double part = line.X == 0 ? double.PositiveInfinity : StartStep(Math.Abs(line.X));
        if ((!stencil.IsFinite || stencil.IsOneSided) && part < stencil.Step / 8)
            return part;
        double factor = stencil.IsFinite ? GoodRoughness / stencil.Roughness : GoodRoughness;
        return stencil.Step * Math.Clamp(factor, GoodRoughness, 0.125);
    }

    private static double StartStep(double unit) => Mantissa * Math.ScaleB(1, Math.ILogB(unit) - 12);
}
