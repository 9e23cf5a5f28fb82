using System.Runtime.CompilerServices;

namespace GradientDescent;

internal sealed partial class TrainingLoop
{
    /// <summary>Makes a step on the parameters that the batch depends on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? UpdateSparse(SparseSteps steps, double rate, bool isObserved)
    {
        if (isObserved)
            _latest.GradientNorm = steps.GradientNorm;
        Span<double> parameters = _parameters.Span;
        steps.Update(parameters, rate);
        bool endsEpoch = _clock.Advance();
        return EndStep(
            steps.FindNonFinite(parameters) is { } index ? NonFiniteAt("parameter", index, parameters[index]) : null, endsEpoch);
    }

    /// <summary>Makes steps of one sample each, as <see cref="MakeRowSteps"/> does for dense rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MakeSparseSteps(SparseSteps steps)
    {
        long left = StepsWithoutATurn();
        if (left <= 0)
            return;
        _isFaulted = true; // until here again: a user's loss may throw
        Span<double> parameters = _parameters.Span;
        for (; left > 0 && Interrupted() is null; left--)
        {
            double rate = _rates.BaseRate * _rates.FactorAt(in _clock.Counts);
            if (!steps.TryStep(parameters, _clock.Epoch, _clock.Batch, rate, out LossSum sum))
                break;
            (_latest.Loss, _latest.Epoch, _latest.Batch, _latest.LearningRate) = (sum.Mean, _clock.Epoch, _clock.Batch, rate);
            _epochSum += sum;
            _clock.Advance();
            if (steps.FindNonFinite(parameters) is { } index)
            {
                StopDetails diverged = NonFiniteAt("parameter", index, parameters[index]);
                _stop = Recovers(diverged) ? null : diverged;
                break;
            }
        }

        _isFaulted = false;
    }

    private StopDetails? NonFiniteSparse(SparseSteps steps, double loss)
    {
        if (!double.IsFinite(loss))
            return StopDetails.NonFinite("loss", _settings.Direction.Sign * loss);
        return steps.FindNonFiniteGradient() is { } entry ? NonFiniteAt("gradient entry", entry.Index, entry.Value) : null;
    }
}
