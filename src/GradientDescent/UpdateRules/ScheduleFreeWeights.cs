using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The warm-up of the rate, and the weights of the mean, of the schedule-free methods.</summary>
internal readonly struct ScheduleFreeWeights
{
    private readonly int _warmupSteps;
    private readonly double _stepPower;
    private readonly double _weightPower;

    public ScheduleFreeWeights(int warmupSteps, double weightDecay, double stepPower, double weightPower)
    {
        _warmupSteps = Guard.AtLeast(warmupSteps, 0);
        WeightDecay = Guard.FiniteNonNegative(weightDecay);
        _stepPower = Guard.FiniteNonNegative(stepPower);
        _weightPower = Guard.FiniteNonNegative(weightPower);
    }

    public static string[] Sums { get; } = ["sum of weights", "largest rate"];

    public double WeightDecay { get; }

    /// <summary>Advances the sums and returns the rate γ of the step and the share c of the newest iterate in the mean.</summary>
    /// <param name="learningRate">The rate η.</param>
    /// <param name="update">The number of the step, from 1.</param>
    /// <param name="sums">The sums with the names of <see cref="Sums"/>.</param>
    public (double Rate, double Share) Advance(double learningRate, long update, Span<DoubleDouble> sums)
    {
        double rate = update < _warmupSteps ? learningRate * update / _warmupSteps : learningRate;
        double largest = Math.Max(sums[1].High, rate);
        double weight = Elementary.Pow(update, _stepPower) * Elementary.Pow(largest, _weightPower);
        (sums[0], sums[1]) = (sums[0].High + weight, largest);
        return (rate, weight == 0 ? 0 : weight / sums[0].High); // 0/0 before the first rate above 0: the mean stays
    }

    public override string ToString() => Format.Text(
        $"warmupSteps {_warmupSteps}, weightDecay {WeightDecay}, stepPower {_stepPower}, weightPower {_weightPower}");
}
