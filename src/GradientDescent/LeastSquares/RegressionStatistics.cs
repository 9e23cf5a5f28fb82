using System.Collections.Immutable;
using System.Text;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>What least squares says about its own answer: the classical statistics of a linear regression.</summary>
/// <remarks>
/// They assume independent errors of one variance σ², and for p-values and intervals normal ones. With weights the variance of a sample's error is σ²/weight: weights are inverse variances
/// up to a common factor, samples of weight 0 do not count, and a weight of 2 is not the same as two samples. For fits that have reached the least-squares solution.
/// Sums are in double-double. Draper and Smith, "Applied Regression Analysis", 3rd ed., 1998, chapters 1, 5 and 9.
/// </remarks>
public sealed class RegressionStatistics
{
    private RegressionStatistics(LeastSquaresDesign design, DoubleDouble[] coefficients, DoubleDouble[] user, TrainingResult result, bool inDoubleDouble, bool interceptFirst)
    {
        RefinedLeastSquares problem = design.Problem;
        DoubleDouble residuals = problem.SumOfSquares(coefficients), total = problem.TotalSumOfSquares(design.HasIntercept);
        int modelFreedom = problem.Rank - (design.HasIntercept ? 1 : 0);
        SampleCount = problem.RowCount;
        DegreesOfFreedom = SampleCount - problem.Rank;
        ModelDegreesOfFreedom = modelFreedom;
        Note = Describe(design, result);

        DoubleDouble unexplained = residuals / total;
        double variance = DegreesOfFreedom > 0 ? residuals.High / DegreesOfFreedom : double.NaN;
        RSquared = total.High == 0 ? double.NaN : (-unexplained + 1.0).High;
        AdjustedRSquared = DegreesOfFreedom > 0 && total.High != 0
            ? (-(unexplained * (SampleCount - (design.HasIntercept ? 1.0 : 0)) / DegreesOfFreedom) + 1.0).High
            : double.NaN;
        int unit = design.TargetExponent + design.WeightExponent / 2;
        ResidualStandardDeviation = Math.ScaleB(Math.Sqrt(variance), unit);
        F = modelFreedom > 0 ? ((-residuals + total) / modelFreedom).High / variance : double.NaN;
        FPValue = Distributions.FisherUpper(F, modelFreedom, DegreesOfFreedom);

        double[] errors = new double[user.Length];
        Array.Fill(errors, double.NaN);
        if (!design.IsDeficient)
        {
            DoubleDouble[] factors = problem.VarianceFactors(design.UserForms, inDoubleDouble);
            for (int j = 0; j < factors.Length; j++)
                errors[j] = factors[j].High == 0 ? double.NaN : Math.ScaleB(Math.Sqrt((factors[j] * variance).High), design.UnitOf(j)); // 0: the column does not vary
        }

        CoefficientStatistics[] all = [.. user.Select((coefficient, j) => new CoefficientStatistics(design.Names[j], coefficient.High, errors[j], DegreesOfFreedom))];
        Coefficients = interceptFirst ? [all[^1], .. all[..^1]] : [.. all];
    }

    /// <summary>Samples with a weight greater than 0.</summary>
    public int SampleCount { get; }

    /// <summary>Samples less coefficients that the data determines.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>Coefficients that the data determines, the intercept not counted.</summary>
    public int ModelDegreesOfFreedom { get; }

    /// <summary>1 − Σwr²/Σw(y − ȳ)², and 1 − Σwr²/Σwy² without an intercept; NaN where the targets do not vary.</summary>
    public double RSquared { get; }

    /// <summary>1 − (1 − R²)·(n − 1)/(degrees of freedom), with n for n − 1 without an intercept; NaN without degrees of freedom.</summary>
    public double AdjustedRSquared { get; }

    /// <summary>√(Σwr²/(degrees of freedom)), of a sample of weight 1; NaN without degrees of freedom.</summary>
    public double ResidualStandardDeviation { get; }

    /// <summary>Explained variance by unexplained, each by its degrees of freedom; NaN where there are none.</summary>
    public double F { get; }

    /// <summary>The probability of an F at least as large, if all coefficients but the intercept were 0 and errors were normal.</summary>
    public double FPValue { get; }

    /// <summary>Each coefficient's statistics, in the fit's order: for a <see cref="LinearFit"/> the weights, then the intercept; for a <see cref="PolynomialFit"/> the intercept, then rising powers.</summary>
    public ImmutableArray<CoefficientStatistics> Coefficients { get; }

    /// <summary>Why there are numbers that are NaN; or <see langword="null"/>.</summary>
    public string? Note { get; }

    /// <summary>The statistics of the coefficient of that name.</summary>
    /// <param name="name">A feature's name, or <c>(intercept)</c>.</param>
    /// <exception cref="ArgumentException">There is no such coefficient.</exception>
    public CoefficientStatistics this[string name] => Coefficients.FirstOrDefault(coefficient => coefficient.Name == name)
        ?? throw Guard.Invalid(nameof(name), $"There is no coefficient '{name}': there are {string.Join(", ", Coefficients.Select(c => c.Name))}.");

    /// <param name="design">The data's features.</param>
    /// <param name="user">The coefficients in the user's units: columns, then the intercept.</param>
    /// <param name="result">How they were found.</param>
    /// <param name="inDoubleDouble">Whether variances are in double-double; sums of squares always are.</param>
    internal static RegressionStatistics Of(LeastSquaresDesign design, DoubleDouble[] user, TrainingResult result, bool inDoubleDouble) =>
        new(design, design.FromUser(user), user, result, inDoubleDouble, interceptFirst: false);

    /// <param name="fit">A polynomial.</param>
    internal static RegressionStatistics Of(IterativeRefinement fit) =>
        new(fit.Design, fit.DesignCoefficients, fit.Coefficients, fit.Result, inDoubleDouble: true, interceptFirst: true);

    /// <summary>A table of the coefficients, and the figures of the whole fit below it; lines end with \n.</summary>
    public override string ToString()
    {
        int width = Math.Max(11, Coefficients.Max(c => c.Name.Length));
        var text = new StringBuilder($"{"".PadRight(width)} {"estimate",13} {"std. error",13} {"t",11} {"p",10}\n");
        foreach (CoefficientStatistics c in Coefficients)
            text.Append(Format.Text($"{c.Name.PadRight(width)} {c.Estimate,13:G6} {c.StandardError,13:G6} {c.T,11:G5} {c.PValue,10:G3}\n"));
        text.Append(Format.Text($"R² {RSquared:G6}, adjusted {AdjustedRSquared:G6}\n"))
            .Append(Format.Text($"residual standard deviation {ResidualStandardDeviation:G6} on {Format.Count(DegreesOfFreedom, "degree")} of freedom\n"))
            .Append(Format.Text($"F {F:G6} on {ModelDegreesOfFreedom} and {DegreesOfFreedom}, p {FPValue:G3}"));
        return Note is null ? text.ToString() : text.Append('\n').Append(Note).ToString();
    }

    private string? Describe(LeastSquaresDesign design, TrainingResult result)
    {
        List<string> notes = [];
        if (result.Reason != StopReason.Converged)
            notes.Add("The fit has not converged: all here is about a least-squares solution, which its coefficients are not.");
        if (design.IsDeficient)
            notes.Add("Features depend on others: their coefficients, and so all here, have no standard error.");
        if (!design.ConstantNames.IsEmpty)
            notes.Add($"Features that do not vary have no standard error: {string.Join(", ", design.ConstantNames)}.");
        if (DegreesOfFreedom < 1)
            notes.Add(Format.Text($"{Format.Count(SampleCount, "sample")} and as many coefficients: no degrees of freedom are left, so that the spread of the errors is unknown."));
        return notes.Count == 0 ? null : string.Join(" ", notes);
    }
}
