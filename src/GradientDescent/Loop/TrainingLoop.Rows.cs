using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Steps of one sample each, as many as follow each other without anything else: a turn spends most of its time on the tests around such a
/// step. The numbers have the bits of turns.
/// </summary>
internal sealed partial class TrainingLoop
{
    /// <summary>Finds the short way for the steps of this run; <see langword="null"/> if there is none.</summary>
    private RowWorker? FindRows() =>
        _problem is { HasSingleSamples: true, IsFull: false, Penalty: null, Collective: null }
            && _problem.Objective is { Scale: 1 } and IRowSum { Rows: { } rows }
            && _optimizer is IRowOptimizer && _frozen is null
            && _settings is { Direction.Maximize: false, Options.GradientTransforms.IsEmpty: true }
            ? rows
            : null;

    /// <summary>Makes steps up to the next one that needs a turn: the end of an epoch, a limit, or a number that is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MakeSampleSteps()
    {
        var optimizer = _optimizer as IRowOptimizer;
        long left = _rows is null || optimizer!.TakesRows ? StepsWithoutATurn() : 0;
        if (left <= 0)
            return;
        _isFaulted = true; // until here again: a user's loss may throw
        Span<double> parameters = _parameters.Span;
        for (; left > 0 && Interrupted() is null; left--)
        {
            double rate = _rates.BaseRate * _rates.FactorAt(in _clock.Counts);
            if (!TryStep(optimizer, parameters, rate, out LossSum sum))
                break;
            (_latest.Loss, _latest.Epoch, _latest.Batch, _latest.LearningRate) = (sum.Mean, _clock.Epoch, _clock.Batch, rate);
            _epochSum += sum;
            _clock.Advance();
            if (NonFiniteParameter(parameters) is { } diverged)
            {
                _stop = Recovers(diverged) ? null : diverged;
                break;
            }
        }

        _isFaulted = false;
    }

    /// <summary>Makes a step on one sample, unless it needs a turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryStep(IRowOptimizer? optimizer, Span<double> parameters, double rate, out LossSum sum)
    {
        if (_sparse is not null)
            return _sparse.TryStep(parameters, _clock.Epoch, _clock.Batch, rate, out sum);
        (int sample, int upcoming) = _problem.DrawOne(_clock.Epoch, _clock.Batch);
        return _rows!.TryStep(optimizer!, parameters, sample, upcoming, rate, out sum);
    }

    /// <summary>The number of steps before the next one at which a turn measures, records or ends something.</summary>
    private long StepsWithoutATurn()
    {
        if (_isFaulted || _clock.Batch == 0)
            return 0;
        long step = _clock.Step, nextRecord = (long)BitOperations.RoundUpToPowerOf2((ulong)step + 1);
        long left = Math.Min(nextRecord - step, _clock.Counts.StepsPerEpoch - _clock.Batch) - 1;
        left = Math.Min(left, Math.Min(_limits.Steps - step, _limits.Samples - _clock.Samples));
        return _settings.Checkpoints is { } checkpoints ? Math.Min(left, checkpoints.StepsUntilDue(_clock.Counts) - 1) : left;
    }
}
