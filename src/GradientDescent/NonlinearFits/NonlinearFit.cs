using System.Collections.Immutable;
using System.Text;

namespace GradientDescent;

/// <summary>The result of <see cref="NonlinearLeastSquares"/>: the parameters, their standard errors, and how the run ended.</summary>
/// <remarks>
/// Standard errors are those of the linear problem at the solution: s·√diag((JᵀWJ)⁻¹), with s from <see cref="ResidualStandardDeviation"/>
/// and J the Jacobian, from the QR factorization of √W·J. They assume independent errors with the variance σ²/weight, and a formula that is
/// nearly linear within a few standard errors; intervals and p-values also assume normal errors. Bates and Watts, "Nonlinear Regression
/// Analysis and Its Applications", 1988, chapter 2. Instances are immutable and may be used by several threads, if the formula may.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 5, 7, 10], y = [109, 149, 149, 191, 213, 224];   // BOD, after Box, Hunter and Hunter
/// NonlinearFit fit = NonlinearLeastSquares.Fit((p, x) => p[0] * (1 - Variable.Exp(-p[1] * x)), x, y, start: [200, 0.5]);
/// (double lower, double upper) = fit.Coefficients[1].ConfidenceInterval();
/// Console.WriteLine($"{fit.Parameters[1]:F4}, from {lower:F3} to {upper:F3}");   // 0.5472, from 0.257 to 0.838
/// </code></example>
public sealed class NonlinearFit
{
    private readonly Func<RowEvaluator> _newEvaluator;
    private readonly ParameterCovariance _covariance;
    private readonly Dataset _data;

    internal NonlinearFit(Dataset data, CurveResiduals problem, LevenbergMarquardt run, StopDetails stop, IReadOnlyList<string> names,
        Func<RowEvaluator> newEvaluator)
    {
        FitPoint point = run.Point;
        (_data, _newEvaluator, Stop) = (data, newEvaluator, stop);
        Parameters = [.. point.Parameters];
        (Evaluations, JacobianEvaluations, PointCount) = (run.Evaluations, run.JacobianEvaluations, problem.Count);
        Rank = point.Factors.Rank;
        DegreesOfFreedom = PointCount - Rank;
        ResidualSumOfSquares = point.Norm * point.Norm;
        ResidualStandardDeviation = DegreesOfFreedom > 0 ? point.Norm / Math.Sqrt(DegreesOfFreedom) : double.NaN;
        _covariance = new ParameterCovariance(point.Factors);
        ImmutableArray<double> roots = _covariance.Roots;
        Coefficients = [.. names.Select((name, j) => new CoefficientStatistics(
            name, Parameters[j], ResidualStandardDeviation * roots[j], DegreesOfFreedom))];
        Note = NoteOn(point.Factors, names, run.IsExact);
        Diagnosis = DiagnosisOf(ConvergenceTests.PromisedReduction(point), point.Factors.ColumnNorms.Contains(0));
    }

    /// <summary>The parameters, in the order of the start.</summary>
    public ImmutableArray<double> Parameters { get; }

    /// <summary>The parameters with standard errors, t-statistics, p-values and confidence intervals.</summary>
    public ImmutableArray<CoefficientStatistics> Coefficients { get; }

    /// <summary>The parameter with the specified name, with its statistics.</summary>
    /// <param name="name">A name from <see cref="NonlinearFitOptions.ParameterNames"/>; without names <c>p[0]</c>, <c>p[1]</c>, ….</param>
    /// <exception cref="ArgumentException">There is no parameter with this name.</exception>
    public CoefficientStatistics this[string name] => CoefficientTable.Find(Coefficients, c => c.Name, name, "parameter");

    /// <summary>The number of points with a weight greater than 0.</summary>
    public int PointCount { get; }

    /// <summary>The number of parameters, or of their combinations, that the data determines near the solution.</summary>
    public int Rank { get; }

    /// <summary><see cref="PointCount"/> minus <see cref="Rank"/>.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>Σw·(y − f)², in squared units of y; infinite if it is too large for a double.</summary>
    public double ResidualSumOfSquares { get; }

    /// <summary>
    /// The residual standard deviation √(Σw·(y − f)²/<see cref="DegreesOfFreedom"/>) of a point of weight 1, in units of y; NaN without
    /// degrees of freedom.
    /// </summary>
    public double ResidualStandardDeviation { get; }

    /// <summary>The number of evaluations of the formula at all points, with those without derivatives.</summary>
    public int Evaluations { get; }

    /// <summary>The number of evaluations of all derivatives.</summary>
    public int JacobianEvaluations { get; }

    /// <summary>The reason for the end of the run.</summary>
    public StopReason Reason => Stop.Reason;

    /// <summary>The test that ended the run, with its numbers.</summary>
    public StopDetails Stop { get; }

    /// <summary>What is wrong with the end of the run, and what may help; <see langword="null"/> after convergence.</summary>
    public string? Diagnosis { get; }

    /// <summary>
    /// Which parameters the data cannot tell apart, or why there are no standard errors; <see langword="null"/> if there is nothing to say.
    /// </summary>
    public string? Note { get; }

    /// <summary>The estimated covariance of two parameters, s²·((JᵀWJ)⁻¹)ᵢⱼ; NaN if it is not determined.</summary>
    /// <param name="row">The index of the first parameter.</param>
    /// <param name="column">The index of the second parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public double Covariance(int row, int column) =>
        Correlation(row, column) * Coefficients[row].StandardError * Coefficients[column].StandardError;

    /// <summary>The estimated correlation of two parameters, from −1 to 1; NaN if it is not determined.</summary>
    /// <inheritdoc cref="Covariance"/>
    public double Correlation(int row, int column) => _covariance.Correlation(
        Guard.Index(row, Parameters.Length), Guard.Index(column, Parameters.Length));

    /// <summary>The value of the fitted formula at a point.</summary>
    /// <param name="row">The predictors of the point, as many as in the data; finite.</param>
    /// <exception cref="ArgumentException">The number of predictors differs, or one is not finite.</exception>
    public double Predict(params ReadOnlySpan<double> row)
    {
        CheckWidth(row.Length, nameof(row));
        Guard.Finite(row, nameof(row));
        return _newEvaluator().Value(Parameters.AsSpan(), row);
    }

    /// <summary>The values of the fitted formula at points with one predictor.</summary>
    /// <param name="x">The predictor of each point, finite.</param>
    /// <exception cref="ArgumentException">The formula has several predictors, or a number is not finite.</exception>
    public ImmutableArray<double> PredictAll(double[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        CheckWidth(1, nameof(x));
        Guard.Finite(x, nameof(x));
        RowEvaluator formula = _newEvaluator();
        return [.. x.Select(one => formula.Value(Parameters.AsSpan(), [one]))];
    }

    /// <summary>The values of the fitted formula at the points of a data set; its targets and weights are not used.</summary>
    /// <param name="data">The points.</param>
    /// <exception cref="ArgumentException">The number of features differs from that of the data of the fit.</exception>
    public ImmutableArray<double> PredictAll(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckWidth(data.FeatureCount, nameof(data));
        RowEvaluator formula = _newEvaluator();
        Dataset.RowReader rowOf = data.FeatureReader();
        return [.. Enumerable.Range(0, data.SampleCount).Select(i => formula.Value(Parameters.AsSpan(), rowOf(i)))];
    }

    /// <summary>The residuals y − f of all points, without weights. Each call evaluates the formula.</summary>
    public ImmutableArray<double> Residuals() => [.. PredictAll(_data).Select((value, i) => _data.AllTargets[i] - value)];

    /// <summary>
    /// Returns a table of the parameters, followed by the residuals and the end of the run; lines end with \n. If the run did not converge,
    /// the text begins with that. What was measured at the end is in <see cref="Stop"/>: after convergence it is mostly rounding errors.
    /// </summary>
    public override string ToString()
    {
        string freedom = Format.Count(DegreesOfFreedom, "degree");
        var text = new StringBuilder(Diagnosis is null ? "" : $"Not converged. {Diagnosis}\n");
        text.Append(CoefficientStatistics.TableOf(Coefficients))
            .Append(Format.Text($"residual standard deviation {ResidualStandardDeviation:G6} on {freedom} of freedom\n"))
            .Append(Format.Text($"sum of squares {ResidualSumOfSquares:G6}, {Format.Count(PointCount, "point")}\n"))
            .Append(Reason == StopReason.Converged
                ? Format.Text($"Converged: {Stop.Quantity} ≤ {Stop.Threshold:G3}")
                : Format.Text($"{Reason} after {Format.Count(Evaluations, "evaluation")}: {Stop}"));
        return Note is null ? text.ToString() : text.Append('\n').Append(Note).ToString();
    }

    private string? NoteOn(PivotedQR factors, IReadOnlyList<string> names, bool isExact) => Format.Sentences(
        ParameterDependence.Describe(factors, names),
        isExact && Rank == Parameters.Length && DegreesOfFreedom > 0
            ? "The residuals are only rounding errors, and so are the standard errors."
            : null,
        DegreesOfFreedom > 0 ? null
            : Format.Text($"There are as many parameters as points ({PointCount}): ")
                + "no degrees of freedom are left to estimate the variance of the errors.");

    private string? DiagnosisOf(double promisedReduction, bool isWithoutEffect)
    {
        string promise = Format.Text($"the next step promises to reduce the sum of squares by {100 * promisedReduction:G3} %");
        return Reason switch
        {
            StopReason.Converged => null,
            StopReason.Cancelled => Format.Text($"The run was cancelled: {promise}."),
            StopReason.MaxEvaluations => Format.Text($"The run is unfinished after {Format.Count(Evaluations, "evaluation")}: {promise}. ")
                + "Start closer to the data, or raise MaxEvaluations. If parameters grow without end, the minimum is at infinity: use "
                + "another formula.",
            _ when isWithoutEffect => $"The run cannot go on: {Stop}.",
            _ => Format.Text($"No step reduces the sum of squares, although {promise}. ")
                + "The formula jumps or has a corner here, derivatives are lost in it (by Value), or its rounding errors are large.",
        };
    }

    private void CheckWidth(int count, string name)
    {
        if (count != _data.FeatureCount)
        {
            throw Guard.Invalid(name,
                $"{name} has {Format.Count(count, "predictor")} per point: the data of the fit has {_data.FeatureCount}.");
        }
    }
}
