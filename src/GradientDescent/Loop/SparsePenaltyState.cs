namespace GradientDescent;

/// <summary>The steps whose changes some parameters lack, in a checkpoint.</summary>
internal static class SparsePenaltyState
{
    public static void Save(Snapshot snapshot, SparsePenalty penalty)
    {
        snapshot.Add("penalty.steps", penalty.Steps);
        if (!penalty.IsPending)
            return;
        snapshot.Add("penalty.lastRate", penalty.LastRate);
        snapshot.Add("penalty.current", Array.ConvertAll(penalty.Current.ToArray(), step => (double)step));
        snapshot.Add("penalty.rates", penalty.Rates);
        snapshot.Add("penalty.logs", penalty.Logs);
    }

    public static void Restore(Snapshot snapshot, SparsePenalty penalty)
    {
        int steps = (int)snapshot.TakeCount("penalty.steps", atMost: penalty.Capacity);
        double lastRate = steps == 0 ? 0 : snapshot.TakeNumber("penalty.lastRate");
        double[] current = new double[penalty.Current.Length], rates = new double[steps], logs = new double[steps];
        if (steps > 0)
        {
            snapshot.TakeVector("penalty.current", current);
            snapshot.TakeVector("penalty.rates", rates);
            snapshot.TakeVector("penalty.logs", logs);
        }

        if (!Array.TrueForAll(current, step => step >= 0 && step <= steps))
            throw new CheckpointFormatException(Format.Text($"'penalty.current' must be from 0 to {steps}."));
        penalty.Continue(lastRate, Array.ConvertAll(current, step => (int)step), rates, logs);
    }
}
