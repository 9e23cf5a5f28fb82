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
        return EndStep(NonFiniteParameter(parameters), endsEpoch);
    }

    private StopDetails? NonFiniteSparse(SparseSteps steps, double loss)
    {
        if (!double.IsFinite(loss))
            return StopDetails.NonFinite("loss", _settings.Direction.Sign * loss);
        return steps.FindNonFiniteGradient() is { } entry ? NonFiniteAt("gradient entry", entry.Index, entry.Value) : null;
    }
}
