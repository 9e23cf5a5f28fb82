using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A fitted classifier with the run that found it.</summary>
/// <typeparam name="TLabel">What the classes are called by.</typeparam>
public sealed class ClassifierFit<TLabel> : Classifier<TLabel> where TLabel : notnull
{
    internal ClassifierFit(SoftmaxRegression model, ImmutableArray<TLabel> labels, Dataset data, TrainingResult result)
        : base(model, labels, data)
    {
        Result = result;
        Metrics = model.Evaluate(data);
    }

    /// <summary>How the run ended.</summary>
    public TrainingResult Result { get; }

    /// <summary>Accuracy and log loss on the data of the fit.</summary>
    public ClassificationMetrics Metrics { get; }

    /// <summary>Classes, features and figures; if the run did not converge, that comes first; what there is to know about the data comes last.</summary>
    public override string ToString() => LinearFit.WithEnding(Result, $"{base.ToString()} ({Metrics})");
}
