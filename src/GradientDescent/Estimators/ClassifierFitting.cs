namespace GradientDescent;

/// <summary>What <c>LogisticRegression.Fit</c> and <c>SoftmaxRegression.Fit</c> run.</summary>
internal static class ClassifierFitting
{
    public const FeatureScaling Scaling = FeatureScaling.Decorrelate;

    // For any momentum below 1 the gradient tends to 0: f(x) + ‖d‖²/2α with d = x − x⁻ falls by at least (1 − β²)‖d⁻‖²/2α an update, so d tends to 0, and with it αg = βd⁻ − d.
    private const double MomentumLimit = 0.999;
    private const double GradientTolerance = 1e-10;
    private const long MaxSteps = 10_000;
    private const double Allowance = 1e-5; // float features are orthonormal only to within 6e-8·√d

    /// <summary>Fits a model and says so where there is no minimum.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="data">Its targets are classes of the model, each of which has weight.</param>
    /// <param name="curvature">
    /// The largest eigenvalue that the loss's second derivative by one sample's scores can have: ¼ for two classes with one score, ½ for softmax (Böhning, "Multinomial logistic
    /// regression algorithm", 1992). It bounds the whole problem's, because the decorrelated columns and the intercept's are orthogonal with mean square 1.
    /// </param>
    /// <param name="nameOf">What a class is called.</param>
    /// <param name="cancellation">Ends the run between two updates.</param>
    public static TrainingResult Run(LinearModel model, Dataset data, double curvature, Func<int, string> nameOf, CancellationToken cancellation)
    {
        var options = new TrainingOptions
        {
            Batching = Batching.Full,
            GradientTolerance = GradientTolerance,
            MaxSteps = MaxSteps,
            TargetLoss = Separation.LossThatProvesIt(data),
        };
        TrainingResult result = new Trainer(new Nesterov(1 / (curvature * (1 + Allowance)), MomentumLimit, restart: true), options).Fit(model, data, options: new() { Scaling = Scaling, NotesSeparation = false }, cancellationToken: cancellation);
        if (result.Reason == StopReason.Diverged)
            throw Guard.Invalid(nameof(data), $"{result.Stop}: measure the features in other units.");
        if (result.Reason == StopReason.Cancelled)
            return result;
        return Separation.Describe(model, data, nameOf) is { } separated
            ? result.With(copy => copy.Stop = new()
            {
                Reason = StopReason.Separable,
                Quantity = $"{separated}, so the loss has no minimum and the weights grow without bound as training goes on",
            })
            : result;
    }

    /// <summary>Refuses targets that are not the classes 0 to <paramref name="classCount"/> − 1, each with a sample that has weight.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="classCount">Number of classes; <see langword="null"/>: the largest target and 1.</param>
    /// <returns>Number of classes.</returns>
    public static int RequireClasses(Dataset data, int? classCount = null)
    {
        if (data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"There are {data.TargetCount} targets per sample: a classifier takes one, the class.");
        double largest = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double target = data.Targets(i)[0];
            if (!(target >= 0) || target != Math.Floor(target) || target >= (classCount ?? data.SampleCount))
                throw Guard.Invalid(
                    nameof(data), $"Row {i}, target '{data.TargetNames[0]}' is {target}: it must be {(classCount is { } count ? Format.Text($"a class from 0 to {count - 1}") : "a class: 0, 1, 2, …, none of them left out")}. {Seen(data)}");
            largest = Math.Max(largest, target);
        }

        double[] weights = new double[classCount ?? (int)largest + 1];
        for (int i = 0; i < data.SampleCount; i++)
            weights[(int)data.Targets(i)[0]] += data.Weight(i);
        if (weights.Length < 2)
            throw Guard.Invalid(nameof(data), $"All samples are of one class: two at least are needed. {Seen(data)}");
        int empty = Array.IndexOf(weights, 0);
        return empty < 0
            ? weights.Length
            : throw Guard.Invalid(nameof(data), $"Class {empty} has no sample{(data.HasWeights ? " with weight" : "")}: each class needs one. {Seen(data)}");
    }

    private static string Seen(Dataset data) =>
        $"The labels seen are {Format.List(Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0]).Distinct().Order())}.";
}
