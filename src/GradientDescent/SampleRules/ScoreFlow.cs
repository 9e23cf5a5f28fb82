namespace GradientDescent;

/// <summary>
/// The update of a sample of weight h as the limit of many small ones: I = ∫ ∂ℓ/∂p dτ over τ from 0 to h, along dpₖ/dτ = −κₖ ∂ℓ/∂pₖ.
/// Karampatziakis and Langford, "Online Importance Weight Aware Updates", 2011, eq. (5), for one score.
/// </summary>
/// <remarks>
/// Solved by the Runge-Kutta pair of Dormand and Prince, "A Family of Embedded Runge-Kutta Formulae", 1980, RK5(4)7M, for any loss. The
/// flow ends early where what remains of it is below rounding: it has reached the minimum of the loss, or a corner at the minimum.
/// </remarks>
/// <param name="outputs">The number of scores.</param>
internal sealed class ScoreFlow(int outputs)
{
    private const int StageCount = 7;
    private const int MaxSteps = 2000; // near a corner that is not found the steps would become ever shorter
    private const double Tolerance = 1e-14;
    private const double Rounding = 1e-16;
    private const double ShortestStep = 1e-14; // relative to the whole

    // Row s: the weights of the stages before stage s; the last row gives the solution of order 5.
    private static readonly double[][] _weights =
    [
        [],
        [1 / 5.0],
        [3 / 40.0, 9 / 40.0],
        [44 / 45.0, -56 / 15.0, 32 / 9.0],
        [19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0],
        [9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0],
        [35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0],
    ];

    // Order 5 minus order 4.
    private static readonly double[] _errors =
        [71 / 57600.0, 0, -71 / 16695.0, 71 / 1920.0, -17253 / 339200.0, 22 / 525.0, -1 / 40.0];

    private readonly double[] _stages = new double[StageCount * outputs];
    private readonly double[] _trial = new double[outputs];
    private readonly double[] _scores = new double[outputs];

    /// <summary>Writes I.</summary>
    /// <param name="rows">The objective.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="unit">The factor from a derivative of the objective to one of the minimised loss at weight 1.</param>
    /// <param name="start">The scores p at the start.</param>
    /// <param name="speeds">κ: how fast each score changes.</param>
    /// <param name="weight">The weight h, greater than 0.</param>
    /// <param name="integral">I, to be written.</param>
    public void Integrate(ILinearObjective rows, in SampleBatch sample, double unit, ReadOnlySpan<double> start,
        ReadOnlySpan<double> speeds, double weight, Span<double> integral)
    {
        integral.Clear();
        Derive(rows, in sample, unit, start, speeds, integral, 0);
        double left = weight, step = weight;
        for (int count = 0; left > 0 && count < MaxSteps && !IsAtRest(start, speeds, left); count++)
        {
            step = Math.Min(step, left);
            for (int stage = 1; stage < StageCount; stage++)
            {
                Combine(_weights[stage], step, integral);
                Derive(rows, in sample, unit, start, speeds, _trial, stage);
            }

            double error = RelativeError(step);
            bool isShort = step <= ShortestStep * weight;
            if (error > 1 && !isShort)
            {
                step *= Math.Max(0.1, 0.9 / Math.Sqrt(Math.Sqrt(error)));
                continue;
            }

            if (isShort && Turns())
                break; // the minimum is a corner between the two ends of the step
            _trial.CopyTo(integral);
            _stages.AsSpan((StageCount - 1) * outputs).CopyTo(_stages); // the last stage is the first one of the next step
            left = step == left ? 0 : left - step;
            step *= error > 0 ? Math.Min(5, 0.9 / Math.Sqrt(Math.Sqrt(error))) : 5;
            if (double.IsNaN(error))
                break; // the run finds that the parameters are not finite
        }
    }

    private Span<double> Stage(int stage) => _stages.AsSpan(stage * outputs, outputs);

    private void Derive(ILinearObjective rows, in SampleBatch sample, double unit, ReadOnlySpan<double> start,
        ReadOnlySpan<double> speeds, ReadOnlySpan<double> integral, int stage)
    {
        for (int k = 0; k < outputs; k++)
            _scores[k] = start[k] - speeds[k] * integral[k];
        Span<double> derivatives = Stage(stage);
        rows.Derivatives(_scores, in sample, derivatives);
        for (int k = 0; k < outputs; k++)
            derivatives[k] *= unit;
    }

    private void Combine(double[] weights, double step, ReadOnlySpan<double> integral)
    {
        for (int k = 0; k < outputs; k++)
        {
            double sum = 0;
            for (int s = 0; s < weights.Length; s++)
                sum += weights[s] * _stages[s * outputs + k];
            _trial[k] = integral[k] + step * sum;
        }
    }

    private double RelativeError(double step)
    {
        double largest = 0, size = 0;
        for (int k = 0; k < outputs; k++)
        {
            double error = 0;
            for (int s = 0; s < StageCount; s++)
                error += _errors[s] * _stages[s * outputs + k];
            largest = Math.Max(largest, Math.Abs(step * error));
            size = Math.Max(size, Math.Abs(_trial[k]));
        }

        return largest == 0 ? 0 : largest / (Tolerance * size);
    }

    /// <summary>Whether all that remains would change no score by more than rounding: the speed of a convex loss only falls.</summary>
    private bool IsAtRest(ReadOnlySpan<double> start, ReadOnlySpan<double> speeds, double left)
    {
        for (int k = 0; k < outputs; k++)
        {
            if (Math.Abs(speeds[k] * _stages[k] * left) > Rounding * Math.Abs(start[k]) && _stages[k] != 0)
                return false;
        }

        return true;
    }

    /// <summary>Whether a derivative changes its sign within the step.</summary>
    private bool Turns()
    {
        for (int k = 0; k < outputs; k++)
        {
            if (_stages[k] * _stages[(StageCount - 1) * outputs + k] < 0)
                return true;
        }

        return false;
    }
}
