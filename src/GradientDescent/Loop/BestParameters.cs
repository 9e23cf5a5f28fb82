namespace GradientDescent;

/// <summary>The parameters that a run may return: the start, the last finite parameters that were recorded, and the best ones.</summary>
internal sealed class BestParameters(ReadOnlySpan<double> start)
{
    private readonly double[] _start = start.ToArray();
    private readonly double[] _last = start.ToArray();
    private readonly double[] _best = start.ToArray();
    private double _bestLoss = double.PositiveInfinity;
    private long? _bestStep;

    public double[] Start => _start;

    /// <summary>The loss at the start, if it has been computed; otherwise NaN.</summary>
    public double StartLoss { get; private set; } = double.NaN;

    /// <summary>The last finite parameters that were recorded.</summary>
    public double[] Last => _last;

    public long LastStep { get; private set; }

    /// <summary>The best parameters with their loss; <see langword="null"/> if no loss has been computed.</summary>
    public (double[] Parameters, long Step, double Loss)? Best => _bestStep is { } step ? (_best, step, _bestLoss) : null;

    /// <summary>Records parameters if they are finite, independent of their loss.</summary>
    public void Record(ReadOnlySpan<double> parameters, long step)
    {
        parameters.CopyTo(_last);
        LastStep = step;
    }

    /// <summary>Records parameters as the best if no recorded loss is lower.</summary>
    public void Consider(ReadOnlySpan<double> parameters, long step, double loss)
    {
        if (step == 0)
            StartLoss = loss;
        if (!(loss < _bestLoss))
            return;
        _bestLoss = loss;
        _bestStep = step;
        parameters.CopyTo(_best);
    }

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("kept.start", _start);
        snapshot.AddAny("kept.startLoss", StartLoss);
        snapshot.Add("kept.last", _last);
        snapshot.Add("kept.lastStep", LastStep);
        if (Best is not var (parameters, step, loss))
            return;
        snapshot.Add("kept.best", parameters);
        snapshot.Add("kept.bestStep", step);
        snapshot.Add("kept.bestLoss", loss);
    }

    public void Restore(Snapshot snapshot)
    {
        snapshot.TakeVector("kept.start", _start);
        StartLoss = snapshot.TakeAny("kept.startLoss");
        snapshot.TakeVector("kept.last", _last);
        LastStep = snapshot.TakeCount("kept.lastStep");
        if (!snapshot.Has("kept.best"))
            return;
        snapshot.TakeVector("kept.best", _best);
        _bestStep = snapshot.TakeCount("kept.bestStep");
        _bestLoss = snapshot.TakeNumber("kept.bestLoss");
    }
}
