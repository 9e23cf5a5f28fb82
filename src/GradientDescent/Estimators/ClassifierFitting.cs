namespace GradientDescent;

/// <summary>Implements <c>LogisticRegression.Fit</c> and <c>SoftmaxRegression.Fit</c>.</summary>
internal static class ClassifierFitting
{
    // With superlinear convergence, a smaller tolerance costs one or two steps. Rounding ends the run before it, if it is not reachable.
    private const double StandardErrorTolerance = 1e-9;

    // Wide sparse data has no basis, and every digit costs as many steps as the one before.
    private const double WideStandardErrorTolerance = 1e-3;

    // In decorrelated features, rounding leaves a gradient below this. Where classes can be separated, the gradient vanishes together with
    // its standard error, so that only this tolerance ends the run.
    private const double GradientTolerance = 1e-14;

    private const long MaxSteps = 10_000;

    // From this number of features on, d steps without a basis of the d columns are tried if they may well be cheaper.
    private const int MinWidth = 32;

    // With fewer rows for each feature, the rows that tell whether the features need a basis are a large part of the data.
    private const int MinRowsPerFeature = 16 * Collinearity.RowsPerFeature;

    // A basis cannot save many steps if the mean variance inflation factor is at most this.
    private const double SmallInflation = 2;

    /// <summary>Fits a model, and ends with <see cref="StopReason.Separable"/> if the loss has no minimum.</summary>
    /// <remarks>
    /// The decorrelated columns are orthogonal with mean square 1. There the curvature at the start is the same in every direction, so the
    /// basis of the data is the preconditioner of L-BFGS. Wide data often need none: if there is a penalty, or if columns are nearly
    /// uncorrelated.
    /// </remarks>
    /// <param name="model">The classifier.</param>
    /// <param name="data">The samples. Targets are classes of the model; each class has a sample with a weight greater than 0.</param>
    /// <param name="penalty">The regularization, or <see langword="null"/>.</param>
    /// <param name="nameOf">A function that returns the name of the class with the specified index.</param>
    /// <param name="cancellation">A token that ends the run between two steps.</param>
    public static TrainingResult Run(
        LinearModel model, Dataset data, IPenalty? penalty, Func<int, string> nameOf, CancellationToken cancellation)
    {
        FeatureScaling scaling = ScalingFor(data, penalty);
        bool triesWithoutBasis =
            scaling == FeatureScaling.Decorrelate && data.FeatureCount >= MinWidth && MayNeedNoBasis(data, penalty);
        TrainingResult result = triesWithoutBasis ? Fit(FeatureScaling.Standardize, data.FeatureCount) : Fit(scaling, MaxSteps);
        bool hasNoBasis = triesWithoutBasis && result.Reason != StopReason.MaxSteps;
        if (triesWithoutBasis && !hasNoBasis)
            result = Fit(scaling, MaxSteps);
        if (result.Reason == StopReason.Diverged)
            throw Guard.Invalid(nameof(data), $"{result.Stop}: measure the features in other units.");
        if (result.Reason == StopReason.Cancelled)
            return result;
        if (penalty is null && !(hasNoBasis && HasOverlap(result)) && Separated(model, data, result, nameOf) is { } separated)
        {
            return result.With(copy =>
            {
                copy.Stop = SeparableEnding(separated);
                copy.Diagnosis = null;
                copy.Note = Format.Sentences(result.Note, $"With a penalty, such as {nameof(L2Penalty)}, the weights are finite.");
            });
        }

        if (penalty is null && !data.AllowsDenseCopy)
        {
            result = result.With(copy => copy.Note = Format.Sentences(result.Note,
                $"So many features often separate some of the samples, which was not tested: then weights grow as long as a run lasts, " +
                $"and a penalty, such as {nameof(L2Penalty)}, keeps them finite."));
        }

        return result.Unfinished("Continue with a Trainer and these parameters as FitOptions.Start, or use a penalty.");

        TrainingResult Fit(FeatureScaling scaling, long maxSteps)
        {
            var options = new TrainingOptions
            {
                StandardErrorTolerance = data.AllowsDenseCopy ? StandardErrorTolerance : WideStandardErrorTolerance,
                GradientTolerance = GradientTolerance,
                MaxSteps = maxSteps,
                TargetLoss = penalty is null ? Separation.LossThatProvesIt(data) : null,
            };
            var fitOptions = new FitOptions
            {
                Scaling = scaling,
                Penalty = penalty,
                NotesSeparation = false,
                NotesDependence = penalty is not null, // without one, the columns are orthogonal or found to be nearly uncorrelated
            };
            return new Trainer(options).Fit(model, data, options: fitOptions, cancellationToken: cancellation);
        }
    }

    /// <summary>
    /// Whether the steps without a basis may cost less than the basis. With an L2 penalty it needs the singular values of a d×d matrix.
    /// </summary>
    private static bool MayNeedNoBasis(Dataset data, IPenalty? penalty) => penalty is not null
        || (data.SampleCount / data.FeatureCount >= MinRowsPerFeature
            && Collinearity.MeanInflation(data, Environment.ProcessorCount) <= SmallInflation);

    /// <summary>Describes which classes are separated; in wide sparse data a separation is known only from the loss.</summary>
    private static string? Separated(LinearModel model, Dataset data, TrainingResult result, Func<int, string> nameOf) =>
        data.AllowsDenseCopy ? Separation.Describe(model, data, nameOf)
        : result.Reason == StopReason.TargetReached ? "hyperplanes separate all classes"
        : null;

    private static bool HasOverlap(TrainingResult result) =>
        result is { Reason: StopReason.Converged, Objective: FullObjective { Sum: EmpiricalRisk risk } }
        && Overlap.IsProvenBy(risk, result.OptimizedParameters.AsSpan(), result.GradientNorm);

    /// <summary>Returns the scaling of a fit: the best one in which the penalty is a function of the scaled coefficients.</summary>
    private static FeatureScaling ScalingFor(Dataset data, IPenalty? penalty) => penalty switch
    {
        not null and not (L1Penalty or L2Penalty or ElasticNetPenalty or BoxConstraint) => FeatureScaling.None,
        _ when !data.AllowsDenseCopy => data.IsSparse ? FeatureScaling.LargestMagnitude : FeatureScaling.Standardize,
        null or L2Penalty { OnIntercepts: false } => FeatureScaling.Decorrelate,
        L1Penalty { OnIntercepts: false } or ElasticNetPenalty { OnIntercepts: false } or BoxConstraint { OnIntercepts: false } =>
            FeatureScaling.Standardize,
        _ => FeatureScaling.None,
    };

    /// <summary>
    /// Checks that the targets are the classes 0 to <paramref name="classCount"/> − 1, and that each class has a sample with a weight
    /// greater than 0.
    /// </summary>
    /// <param name="data">The samples.</param>
    /// <param name="classCount">The number of classes; <see langword="null"/>: the largest target plus 1.</param>
    /// <returns>The number of classes.</returns>
    public static int RequireClasses(Dataset data, int? classCount = null)
    {
        if (data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"There are {data.TargetCount} targets per sample: a classifier takes one, the class.");
        double largest = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double target = data.Targets(i)[0];
            if (!(target >= 0) || target != Math.Floor(target) || target >= (classCount ?? data.SampleCount))
            {
                string allowed = classCount is { } count
                    ? Format.Text($"a class from 0 to {count - 1}")
                    : "a class: 0, 1, 2, …, none of them left out";
                throw Guard.Invalid(
                    nameof(data), $"Row {i}, target '{data.TargetNames[0]}' is {target}: it must be {allowed}. {Seen(data)}");
            }

            largest = Math.Max(largest, target);
        }

        double[] weights = new double[classCount ?? (int)largest + 1];
        for (int i = 0; i < data.SampleCount; i++)
            weights[(int)data.Targets(i)[0]] += data.Weight(i);
        if (weights.Length < 2)
            throw Guard.Invalid(nameof(data), $"All samples are of one class: at least two are needed. {Seen(data)}");
        int empty = Array.IndexOf(weights, 0);
        if (empty < 0)
            return weights.Length;
        string kind = data.HasWeights ? " with a weight above 0" : "";
        throw Guard.Invalid(nameof(data), $"Class {empty} has no sample{kind}: each class needs one. {Seen(data)}");
    }

    private static StopDetails SeparableEnding(string separated) => new()
    {
        Reason = StopReason.Separable,
        Quantity = $"{separated}, so the loss has no minimum and the weights grow without bound as training goes on",
    };

    private static string Seen(Dataset data)
    {
        IEnumerable<double> targets = Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0]);
        return $"The labels seen are {Format.List(targets.Distinct().Order())}.";
    }
}
