using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace GradientDescent.Tests.Support;

/// <summary>Everything in a result but the time it took, as one SHA-256.</summary>
internal static class ResultHash
{
    public static string Of(TrainingResult result)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant(
            $"{result.Stop} {result.BestBy} {result.BestStep} {result.Steps} {result.Epochs} {result.Samples} {result.LastFiniteStep} "));
        Add(result.Loss, result.GradientNorm, result.ValidationLoss ?? 0);
        Add([.. result.Parameters]);
        Add([.. result.LastFiniteParameters]);
        Add([.. result.StoppedAt]);
        foreach (EpochRecord epoch in result.History)
            Add(epoch.Epoch, epoch.Step, epoch.Loss, epoch.LearningRate, epoch.ValidationLoss, epoch.ValidationMetric);
        AddState(result.OptimizerState);
        text.AppendJoin(' ', result.Recoveries);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        void AddState(OptimizerState state)
        {
            text.Append(FormattableString.Invariant($"{state.Algorithm} {state.StepCount} "));
            Add([.. state.Scalars.Values]);
            foreach (ImmutableArray<double> vector in state.Vectors.Values)
                Add([.. vector]);
            foreach (OptimizerState inner in state.Inner.Values)
                AddState(inner);
        }

        void Add(params double[] numbers) => text.AppendJoin(' ', numbers.Select(BitConverter.DoubleToInt64Bits)).Append(';');
    }
}
