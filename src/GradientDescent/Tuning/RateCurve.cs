namespace GradientDescent;

/// <summary>The losses of a rate range test, smoothed, with their lowest point and their steepest fall.</summary>
/// <param name="smoothing">The share β of the past.</param>
/// <param name="stopFactor">The multiple F of the lowest loss at which the test ends.</param>
internal sealed class RateCurve(double smoothing, double stopFactor)
{
    private double _average;
    private double _pastShare = 1;

    /// <summary>The loss before the first step, and after each step.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>The losses, each averaged with those before it: Σ βᵏ·Lₜ₋ₖ / Σ βᵏ.</summary>
    public List<double> Smoothed { get; } = [];

    /// <summary>The index of the lowest smoothed loss, the first of equal ones.</summary>
    public int Lowest { get; private set; }

    /// <summary>The number of steps by which the average lags behind losses that fall evenly: β/(1 − β), rounded.</summary>
    public int Delay => (int)Math.Round(smoothing / (1 - smoothing));

    /// <summary>Adds a loss. Returns whether the smoothed loss is so far above its lowest value that the test ends.</summary>
    public bool Add(double loss)
    {
        Losses.Add(loss);
        _pastShare *= smoothing;
        _average = smoothing * _average + (1 - smoothing) * loss;
        Smoothed.Add(smoothing == 0 ? loss : _average / (1 - _pastShare));
        if (Smoothed[^1] < Smoothed[Lowest])
            Lowest = Smoothed.Count - 1;
        double best = Smoothed[Lowest];
        return Smoothed[^1] - best > (stopFactor - 1) * Math.Max(Math.Abs(best), Smoothed[0] - best);
    }

    /// <summary>
    /// Whether the lowest smoothed loss is below the first loss; if the losses have noise, by more than twice the root mean square of
    /// loss minus smoothed loss.
    /// </summary>
    public bool HasFallen()
    {
        double squares = 0;
        for (int k = 0; k <= Lowest; k++)
            squares += (Losses[k] - Smoothed[k]) * (Losses[k] - Smoothed[k]);
        return Smoothed[0] - Smoothed[Lowest] > 2 * Math.Sqrt(squares / (Lowest + 1));
    }

    /// <summary>
    /// The middle of the steps over which the smoothed loss falls most, down to the lowest one: one step, or as many as the delay, because
    /// the noise of a single step is larger than its fall. An average of few losses has noise too, so the first steps do not count.
    /// </summary>
    public int Steepest()
    {
        int length = Math.Max(1, Delay), steepest = Math.Min(Delay + length, Lowest);
        for (int k = steepest + 1; k <= Lowest; k++)
        {
            if (FallTo(k) > FallTo(steepest))
                steepest = k;
        }

        return Math.Max(1, steepest - length / 2);

        double FallTo(int index) => Smoothed[Math.Max(0, index - length)] - Smoothed[index];
    }
}
