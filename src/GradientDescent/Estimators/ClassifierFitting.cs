namespace GradientDescent;

/// <summary>Implements <c>LogisticRegression.Fit</c> and <c>SoftmaxRegression.Fit</c>.</summary>
internal static class ClassifierFitting
{
    public const FeatureScaling Scaling = FeatureScaling.Decorrelate;

    // The gradient tends to 0 for any momentum β below 1. With d = x − x⁻, the sum f(x) + ‖d‖²/2α decreases by at least (1 − β²)‖d⁻‖²/2α in
    // each step, so d tends to 0, and therefore αg = βd⁻ − d does too.
    private const double MaxMomentum = 0.999;
    private const double GradientTolerance = 1e-10;
    private const long MaxSteps = 10_000;
    private const double Allowance = 1e-5; // a margin: rounding makes the columns not exactly orthonormal

    /// <summary>Fits a model, and ends with <see cref="StopReason.Separable"/> if the loss has no minimum.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="data">The samples. Targets are classes of the model; each class has a sample with a weight greater than 0.</param>
    /// <param name="curvature">
    /// The largest possible eigenvalue of the second derivative of the loss with respect to the scores of one sample: ¼ for two classes
    /// with one score, ½ for softmax (Böhning, "Multinomial logistic regression algorithm", 1992). It is a bound of the curvature of the
    /// whole problem, because the decorrelated columns and the intercept's column are orthogonal with mean square 1.
    /// </param>
    /// <param name="nameOf">A function that returns the name of the class with the specified index.</param>
    /// <param name="cancellation">A token that ends the run between two steps.</param>
    public static TrainingResult Run(
        LinearModel model, Dataset data, double curvature, Func<int, string> nameOf, CancellationToken cancellation)
    {
        var options = new TrainingOptions
        {
            Batching = Batching.Full,
            GradientTolerance = GradientTolerance,
            MaxSteps = MaxSteps,
            TargetLoss = Separation.LossThatProvesIt(data),
        };
        var optimizer = new Nesterov(1 / (curvature * (1 + Allowance)), MaxMomentum, restart: true);
        TrainingResult result = new Trainer(optimizer, options).Fit(
            model, data, options: new() { Scaling = Scaling, NotesSeparation = false }, cancellationToken: cancellation);
        if (result.Reason == StopReason.Diverged)
            throw Guard.Invalid(nameof(data), $"{result.Stop}: measure the features in other units.");
        if (result.Reason == StopReason.Cancelled)
            return result;
        if (Separation.Describe(model, data, nameOf) is { } separated)
        {
            return result.With(copy =>
            {
                copy.Stop = SeparableEnding(separated);
                copy.Diagnosis = null;
            });
        }

        return result.Unfinished("Continue with a Trainer and these parameters as FitOptions.Start, or use a penalty.");
    }

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
