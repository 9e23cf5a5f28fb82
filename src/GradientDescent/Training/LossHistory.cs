using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The loss of one epoch.</summary>
/// <param name="Epoch">Epochs completed before it: 0 for the first.</param>
/// <param name="Loss">Full batches: the loss at the epoch's start. Mini-batches: the mean over the epoch's batches, each at the parameters it met.</param>
public readonly record struct EpochLoss(long Epoch, double Loss)
{
    /// <summary>Epoch and loss.</summary>
    public override string ToString() => Guard.Text($"epoch {Epoch}: {Loss}");
}

/// <summary>Losses by epoch in bounded memory: when it is full, every second entry goes and from then on only every second epoch is kept.</summary>
internal sealed class LossHistory
{
    private const int Capacity = 1024;

    private readonly EpochLoss[] _kept = new EpochLoss[Capacity];
    private int _count;
    private long _every = 1;
    private EpochLoss? _last;

    public void Add(long epoch, double loss)
    {
        _last = new EpochLoss(epoch, loss);
        if (epoch % _every != 0)
            return;
        if (_count == Capacity)
        {
            _every *= 2;
            _count /= 2;
            for (int i = 0; i < _count; i++)
                _kept[i] = _kept[2 * i];
            if (epoch % _every != 0)
                return;
        }

        _kept[_count++] = _last.Value;
    }

    /// <summary>What is kept, and always the last epoch.</summary>
    public ImmutableArray<EpochLoss> ToImmutable()
    {
        ImmutableArray<EpochLoss> kept = [.. _kept.AsSpan(0, _count)];
        return _last is { } last && (_count == 0 || _kept[_count - 1] != last) ? kept.Add(last) : kept;
    }
}
