using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The records of the epochs of a run. In a long run, only some of them are kept.</summary>
internal sealed class EpochHistory
{
    private const int Capacity = 1024;
    private static readonly string[] _columns = ["steps", "losses", "rates", "validationLosses", "validationMetrics", "trainingMetrics"];

    private const string FullLosses = "fullLosses"; // older checkpoints do not have them

    private readonly Thinned<EpochRecord> _epochs = new(Capacity);

    public EpochRecord? Last => _epochs.Last;

    public void Add(EpochRecord record) => _epochs.Add(record.Epoch, record);

    public ImmutableArray<EpochRecord> ToImmutable() => [.. _epochs.ToArray()];

    public void Save(Snapshot snapshot)
    {
        EpochRecord[] records = Last is { } last ? [.. _epochs.Kept, last] : [];
        snapshot.Add("history.every", _epochs.Every);
        AddColumn("epochs", record => record.Epoch);
        AddColumn("steps", record => record.Step);
        AddColumn("losses", record => record.Loss);
        AddColumn("rates", record => record.LearningRate);
        AddColumn("validationLosses", record => record.ValidationLoss);
        AddColumn("validationMetrics", record => record.ValidationMetric);
        AddColumn("trainingMetrics", record => record.TrainingMetric);
        AddColumn(FullLosses, record => record.FullLoss);

        void AddColumn(string name, Converter<EpochRecord, double> column) =>
            snapshot.AddOwned("history." + name, Array.ConvertAll(records, column));
    }

    public void Restore(Snapshot snapshot)
    {
        long every = Math.Max(1, snapshot.TakeCount("history.every"));
        double[] epochs = snapshot.TakeVector("history.epochs");
        double[][] others = [.. _columns.Select(name => snapshot.TakeAnyVector("history." + name))];
        double[] fullLosses = snapshot.Has("history." + FullLosses)
            ? snapshot.TakeAnyVector("history." + FullLosses) : [.. epochs.Select(_ => double.NaN)];
        if (epochs.Length > Capacity + 1 || others.Append(fullLosses).Any(other => other.Length != epochs.Length))
            throw new CheckpointFormatException("The history's columns have different lengths, or too many entries.");
        EpochRecord[] records =

        [
            .. epochs.Select((epoch, i) => new EpochRecord
            {
                Epoch = (long)epoch,
                Step = (long)others[0][i],
                Loss = others[1][i],
                LearningRate = others[2][i],
                ValidationLoss = others[3][i],
                ValidationMetric = others[4][i],
                TrainingMetric = others[5][i],
                FullLoss = fullLosses[i],
            }),
        ];
        if (records.Length > 0)
            _epochs.Restore(records.AsSpan(0, records.Length - 1), records[^1], every);
    }
}
