namespace GradientDescent;

/// <summary>What a run may return: its start, the last finite parameters that were kept, and the best it knows of.</summary>
internal sealed class Candidates(ReadOnlySpan<double> start)
{
    private readonly double[] _start = start.ToArray();
    private readonly double[] _last = start.ToArray();
    private readonly double[] _best = start.ToArray();
    private double _bestLoss = double.PositiveInfinity;
    private long? _bestStep;

    /// <summary>Whether any loss was known to choose by.</summary>
    public bool HasBest => _bestStep is not null;

    public ReadOnlySpan<double> Last => _last;

    public long LastStep { get; private set; }

    /// <summary>Keeps parameters that are finite, whatever their loss.</summary>
    public void Keep(ReadOnlySpan<double> parameters, long step)
    {
        parameters.CopyTo(_last);
        LastStep = step;
    }

    /// <summary>Keeps parameters if no lower loss is known.</summary>
    public void Offer(ReadOnlySpan<double> parameters, long step, double loss)
    {
        if (loss >= _bestLoss)
            return;
        _bestLoss = loss;
        _bestStep = step;
        parameters.CopyTo(_best);
    }

    /// <summary>
    /// The parameters to return. What converged is what is returned: a rule with momentum may have passed a lower point whose gradient was larger. With full batches the
    /// best is known. With mini-batches it is only proposed (an epoch's mean is taken while the parameters move), as are the last parameters and, after a
    /// divergence, the start: the lowest loss over all samples wins.
    /// </summary>
    /// <param name="reason">How the run ended.</param>
    /// <param name="isFull">Whether every batch was the whole problem.</param>
    /// <param name="wholeLoss">The loss over all samples, to be made small.</param>
    public (double[] Parameters, long Step) Choose(StopReason reason, bool isFull, Func<double[], double> wholeLoss)
    {
        if (reason == StopReason.Converged)
            return (_last, LastStep);
        if (isFull)
            return _bestStep is { } met ? (_best, met) : (_last, LastStep);

        (double[] Parameters, long Step) chosen = (_last, LastStep);
        double lowest = Comparable(wholeLoss(_last));
        if (_bestStep is { } bestStep)
            Propose(_best, bestStep);
        if (reason == StopReason.Diverged)
            Propose(_start, 0);
        return chosen;

        void Propose(double[] parameters, long step)
        {
            double loss = Comparable(wholeLoss(parameters));
            if (loss < lowest)
                (chosen, lowest) = ((parameters, step), loss);
        }
    }

    /// <summary>A loss that is not a number counts as the worst.</summary>
    private static double Comparable(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;
}
