namespace GradientDescent;

public sealed partial class LinearRegression
{
    private const double RateForCurvatureTwo = 0.5;

    // The columns of a basis from inner products are orthogonal to κ²·2⁻⁵³, so that each step multiplies the gradient by this. What is left
    // of the gradient is multiplied by κ in the coefficients: the steps go on to the rounding error, which for most data is below 1e-14.
    private static readonly TrainingOptions _options = new()
    {
        GradientTolerance = 1e-14,
        MaxSteps = 100,
    };

    private const double LooseTolerance = 1e-12;

    private static readonly TrainingOptions _wideOptions = new()
    {
        StandardErrorTolerance = 1e-6,
        MaxSteps = 10_000,
    };

    // Iterative refinement multiplies targets by powers of two only, which is exact: the targets count as not scaled.
    private static readonly FitMethod _refined = new()
    {
        Loss = nameof(MeanSquaredError),
        Scaling = FeatureScaling.Decorrelate,
        TargetScaling = FeatureScaling.None,
    };

    /// <summary>Fits the least-squares line of one feature. The data need not be scaled, and no options are required.</summary>
    /// <inheritdoc cref="Fit(Dataset, bool, CancellationToken)"/>
    /// <param name="x">The feature of each sample.</param>
    /// <param name="y">The target of each sample.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// There is no data, the counts differ, a number is not finite, or a coefficient is too large for a double in these units. The message
    /// states the cause.
    /// </exception>
    /// <example><code>
    /// double[] age = [58, 39, 25, 44], pay = [65e3, 43e3, 23e3, 51e3];
    /// var line = LinearRegression.Fit(age, pay);
    /// Console.WriteLine($"{line.Predict(30):F2}");   // 30779.17
    /// </code></example>
    public static LinearFit Fit(double[] x, double[] y, bool intercept = true, CancellationToken cancellationToken = default) =>
        Fit(Dataset.From(Guard.NotNull(x), Guard.NotNull(y)), intercept, cancellationToken);

    /// <summary>Fits the least-squares hyperplane. The data need not be scaled, and no options are required.</summary>
    /// <inheritdoc cref="Fit(Dataset, bool, CancellationToken)"/>
    /// <param name="rows">The features, one row for each sample.</param>
    /// <param name="targets">The target of each sample.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// There is no data, the counts differ, a number is not finite, or a coefficient is too large for a double in these units. The message
    /// states the cause.
    /// </exception>
    public static LinearFit Fit(double[][] rows, double[] targets, bool intercept = true, CancellationToken cancellationToken = default) =>
        Fit(Dataset.From(Guard.NotNull(rows), Guard.NotNull(targets)), intercept, cancellationToken);

    /// <summary>Fits the least-squares hyperplane. The data need not be scaled, and no options are required.</summary>
    /// <remarks>
    /// The columns are decorrelated (<see cref="FeatureScaling.Decorrelate"/>). In these coordinates squared error has curvature 2 in every
    /// direction, so gradient descent on all samples at rate ½ reaches the least-squares solution in one step. Further steps remove
    /// rounding errors. The tolerance on the gradient norm is 1e-14, with targets scaled to variance 1, and 1e-12 if rounding hides the
    /// rest. If columns depend on each other, the method finds the solution with the smallest norm in these coordinates. Sparse data with
    /// more than 1024 columns is fitted by <see cref="LBFGS"/> without a basis, until the gradient is a millionth of its standard error.
    /// </remarks>
    /// <param name="data">The samples, with one target each.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// The samples have several targets, or a coefficient is too large for a double in these units.
    /// </exception>
    public static LinearFit Fit(Dataset data, bool intercept = true, CancellationToken cancellationToken = default)
    {
        CheckTargets(data);
        var model = new LinearRegression(intercept: intercept);
        if (!data.AllowsDenseCopy)
            return FitWide(model, data, cancellationToken);
        var trainer = new Trainer(new BatchGD(RateForCurvatureTwo), _options);
        var options = new FitOptions { Scaling = FeatureScaling.Decorrelate };
        TrainingResult result = trainer.Fit(model, data, options: options, cancellationToken: cancellationToken);
        if (result.Reason == StopReason.Diverged)
            throw Guard.Invalid(nameof(data), $"{result.Stop}: measure the features or the target in other units.");
        if (result.Reason == StopReason.MaxSteps && result.GradientNorm <= LooseTolerance)
        {
            result = result.With(copy =>
            {
                copy.Stop = StopDetails.Limit(StopReason.Converged, "gradient norm", result.GradientNorm, LooseTolerance);
                copy.Diagnosis = null;
            });
        }

        return new LinearFit(model, result.Unfinished("Use FitAccurately."), data);
    }

    /// <summary>Fits sparse data with many columns. There is no basis of the columns, so the solver finds its way itself.</summary>
    private static LinearFit FitWide(LinearRegression model, Dataset data, CancellationToken cancellationToken)
    {
        TrainingResult result = new Trainer(_wideOptions).Fit(
            model, data, options: new() { NotesDependence = false }, cancellationToken: cancellationToken);
        if (result.Reason == StopReason.Diverged)
            throw Guard.Invalid(nameof(data), $"{result.Stop}: measure the features or the target in other units.");
        return new LinearFit(model, result.Unfinished("Use a Trainer with a penalty, or more steps."), data);
    }

    /// <summary>Fits the least-squares line of one feature to nearly the last digit of a double.</summary>
    /// <inheritdoc cref="FitAccurately(Dataset, bool, CancellationToken)"/>
    /// <param name="x">The feature of each sample.</param>
    /// <param name="y">The target of each sample.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    public static LinearFit FitAccurately(double[] x, double[] y, bool intercept = true, CancellationToken cancellationToken = default) =>
        FitAccurately(Dataset.From(Guard.NotNull(x), Guard.NotNull(y)), intercept, cancellationToken);

    /// <summary>Fits the least-squares hyperplane to nearly the last digit of a double, even if the features are ill-conditioned.</summary>
    /// <inheritdoc cref="FitAccurately(Dataset, bool, CancellationToken)"/>
    /// <param name="rows">The features, one row for each sample.</param>
    /// <param name="targets">The target of each sample.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    public static LinearFit FitAccurately(
        double[][] rows, double[] targets, bool intercept = true, CancellationToken cancellationToken = default) =>
        FitAccurately(Dataset.From(Guard.NotNull(rows), Guard.NotNull(targets)), intercept, cancellationToken);

    /// <summary>Fits the least-squares hyperplane to nearly the last digit of a double, even if the features are ill-conditioned.</summary>
    /// <remarks>
    /// The method is iterative refinement: gradient descent preconditioned by a thin QR of the standardised columns, as in
    /// <see cref="Fit(Dataset, bool, CancellationToken)"/>, but with residuals, gradient and coefficients in double-double (about 32
    /// digits). It has converged when the next step would change no coefficient by more than 2⁻⁵³ times its value. A coefficient smaller
    /// than 2⁻²⁶ times the largest effect, in standardised units, may change by 2⁻⁷⁹ times that effect. There are at most ten steps. Two or
    /// three are usual; more than ten are needed only if columns depend on each other to nearly 2⁻⁵². The solution is accurate for the
    /// given doubles. If the data was rounded to doubles, this rounding may have changed the solution before the fit.
    /// </remarks>
    /// <param name="data">The samples, with one target each.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// The samples have several targets, or a coefficient is too large for a double in these units.
    /// </exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// Console.WriteLine(LinearRegression.FitAccurately(data).Result.Reason);   // Converged
    /// </code></example>
    public static LinearFit FitAccurately(Dataset data, bool intercept = true, CancellationToken cancellationToken = default)
    {
        CheckTargets(data);
        data.RequireDenseCopy("Iterative refinement", "Use Fit");
        RefinementOutcome outcome = IterativeRefinement.Run(
            LeastSquaresDesign.FromFeatures(data, intercept), data.Collective, cancellationToken);
        TrainingResult result = RefinedResult.From(outcome);
        var model = new LinearRegression(intercept: intercept);
        model.SetParameters(result.Parameters, data.FeatureCount, _refined);
        return new LinearFit(model, result, data, outcome.Coefficients, inDoubleDouble: true);
    }

    /// <summary>Fits the least-squares polynomial to nearly the last digit of a double.</summary>
    /// <inheritdoc cref="FitPolynomial(Dataset, int, CancellationToken)"/>
    /// <param name="x">The feature of each sample.</param>
    /// <param name="y">The target of each sample.</param>
    /// <param name="degree">The highest power, from 1 to 100.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <example><code>
    /// var parabola = LinearRegression.FitPolynomial([-1, 0, 1, 2], [2.1, 0.9, 2.0, 5.2], degree: 2);
    /// Console.WriteLine($"{parabola.Predict(3):F3}");   // 10.650
    /// </code></example>
    public static PolynomialFit FitPolynomial(double[] x, double[] y, int degree, CancellationToken cancellationToken = default) =>
        FitPolynomial(Dataset.From(Guard.NotNull(x), Guard.NotNull(y)), degree, cancellationToken);

    /// <summary>Fits the least-squares polynomial of the only feature to nearly the last digit of a double.</summary>
    /// <remarks>
    /// The method is that of <see cref="FitAccurately(Dataset, bool, CancellationToken)"/>. The powers are also computed in double-double,
    /// because rounded powers would have a different solution. They are powers of (x − c)/s, which are between −1 and 1, so values of x
    /// with a small spread, such as years, cause no loss of accuracy. The coefficients of the result are those of the powers of x.
    /// </remarks>
    /// <param name="data">The samples, with one feature and one target each.</param>
    /// <param name="degree">The highest power, from 1 to 100.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// The samples have several features or targets, or a coefficient is too large for a double in these units.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree is less than 1 or more than 100.</exception>
    public static PolynomialFit FitPolynomial(Dataset data, int degree, CancellationToken cancellationToken = default)
    {
        CheckTargets(data);
        if (data.FeatureCount != 1)
            throw Guard.Invalid(nameof(data), $"There are {data.FeatureCount} features per sample: a polynomial has one.");
        if (degree is < 1 or > 100)
            throw Guard.OutOfRange(nameof(degree), degree, "from 1 to 100");
        return PolynomialFit.Of(data, degree, cancellationToken);
    }

    private static void CheckTargets(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.TargetCount != 1)
        {
            const string Remedy = "Fit takes one; use a Trainer and a LinearRegression with as many outputs";
            throw Guard.Invalid(nameof(data), $"There are {data.TargetCount} targets per sample: {Remedy}.");
        }
    }
}
