namespace GradientDescent;

/// <summary>An evaluator of all parameters of a run, for optimizers that compute the gradient of a step themselves.</summary>
internal interface ISampleEvaluator : IUpdateEvaluator
{
    /// <summary>Whether the run changes the gradient of a step, as clipping does.</summary>
    bool TransformsGradients { get; }

    /// <summary>The penalty that is added to the mean loss; <see langword="null"/>: none.</summary>
    PenaltyTerm? Penalty { get; }

    /// <summary>1 if the objective is minimised, −1 if it is maximised.</summary>
    double Direction { get; }

    /// <summary>Returns the sum of the weights of all samples.</summary>
    /// <param name="at">Parameters at which the objective may be evaluated, if the sum is not known yet.</param>
    double TotalWeight(ReadOnlySpan<double> at);
}
