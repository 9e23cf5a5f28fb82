using System.Runtime.CompilerServices;

namespace GradientDescent;

// The methods are implemented explicitly: for a public method with an `in` parameter the compiler adds a second method, which copies the
// arguments.
public sealed partial class EmpiricalRisk : ILinearObjective, IScoreDescent
{
    private BlockWorker? _rowWorker;
    private double _largestCurvature = double.NaN; // not known yet

    bool ILinearObjective.IsLinear => Model.IsLinear;

    int ILinearObjective.OutputCount => Model.OutputCount;

    double? ILinearObjective.LargestCurvature
    {
        get
        {
            if (!Model.IsLinear || Loss.MaxCurvature is not { } ofLoss)
                return null;
            if (double.IsNaN(_largestCurvature))
                _largestCurvature = ofLoss / Data.TargetCount * LargestWeightedSquare();
            return _largestCurvature;
        }
    }

    private BlockWorker RowsOfModel => _rowWorker ??= Model.IsLinear
        ? new BlockWorker(Model, Loss, Data, _blockRows)
        : throw new NotSupportedException($"{Model.GetType().Name} is not a linear model: its scores have no rows.");

    void ILinearObjective.Scores(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> scores)
    {
        Check(parameters, in batch);
        CheckLength(scores.Length, in batch, nameof(scores));
        RowsOfModel.Scores(parameters, in batch, scores);
    }

    LossSum ILinearObjective.Derivatives(ReadOnlySpan<double> scores, in SampleBatch batch, Span<double> derivatives)
    {
        CheckLength(scores.Length, in batch, nameof(scores));
        CheckLength(derivatives.Length, in batch, nameof(derivatives));
        return RowsOfModel.Derivatives(scores, in batch, derivatives);
    }

    void ILinearObjective.AddRows(in SampleBatch batch, ReadOnlySpan<double> factors, Span<double> gradient)
    {
        Check(gradient, in batch);
        CheckLength(factors.Length, in batch, nameof(factors));
        RowsOfModel.AddRows(in batch, factors, gradient);
    }

    double IScoreDescent.Descent(int sample, double score, double time) => Loss is PointwiseLoss loss && Model.OutputCount == 1
        ? loss.Descent(score, Data.AllTargets[sample], time)
        : double.NaN;

    private void CheckLength(int length, in SampleBatch batch, string name)
    {
        if (length != batch.Count * Model.OutputCount)
            throw Guard.Invalid(name, $"{name} has {length} entries: {batch.Count} samples have {batch.Count * Model.OutputCount}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LargestWeightedSquare()
    {
        double ofIntercept = ParameterCount > Model.OutputCount * Data.FeatureCount ? 1 : 0, largest = 0;
        Dataset.RowReader read = Data.StoredFeatureReader();
        for (int i = 0; i < SampleCount; i++)
        {
            double square = ofIntercept;
            foreach (double x in read(i))
                square += x * x;
            largest = Math.Max(largest, (Data.HasWeights ? Data.AllWeights[i] : 1) * square);
        }

        return largest;
    }
}
