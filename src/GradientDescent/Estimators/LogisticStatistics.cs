using System.Collections.Immutable;
using System.Text;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The classical statistics of a logistic regression by maximum likelihood.</summary>
/// <remarks>
/// The standard errors are the square roots of the diagonal of (XᵀVX)⁻¹ at the fitted coefficients, where V has wp(1 − p) for each sample:
/// its weight w and its probability p. The inverse comes from an orthogonal factorisation of V^½X. A weight of 2 counts as two samples.
/// The coefficients have no standard errors if the fit has a penalty, whose bias they would not show, if classes can be separated, if the
/// fit did not converge, or if features depend on others; <see cref="Note"/> says which. McCullagh and Nelder, "Generalized Linear Models",
/// 2nd ed., 1989, section 4.4; Hosmer and Lemeshow, "Applied Logistic Regression", 1989, chapter 2.
/// </remarks>
/// <example><code>
/// double[] weight = [2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19];
/// LogisticFit fit = LogisticRegression.Fit(weight, [true, true, true, false, true, false, false, false]);
/// LogisticCoefficient slope = fit.Statistics["x"];
/// Console.WriteLine($"{slope.Estimate:F2} ± {slope.StandardError:F2}");   // -5.13 ± 3.57
/// </code></example>
public sealed class LogisticStatistics
{
    private LogisticStatistics(
        int sampleCount, int rank, (double Fitted, double Null) deviance, ImmutableArray<LogisticCoefficient> coefficients, string? note)
    {
        (SampleCount, DegreesOfFreedom) = (sampleCount, sampleCount - rank);
        (Deviance, NullDeviance) = deviance;
        (Coefficients, Note) = (coefficients, note);
        AkaikeCriterion = Deviance + 2 * rank;
    }

    /// <summary>The number of samples with a weight greater than 0.</summary>
    public int SampleCount { get; }

    /// <summary>The number of samples minus the number of coefficients that the data determines.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>The residual deviance: minus twice the log-likelihood, the sum of the weighted losses.</summary>
    public double Deviance { get; }

    /// <summary>The deviance of the model with an intercept only; without an intercept, of the probability ½.</summary>
    public double NullDeviance { get; }

    /// <summary>Akaike's criterion AIC: <see cref="Deviance"/> plus twice the number of coefficients that the data determines.</summary>
    public double AkaikeCriterion { get; }

    /// <summary>McFadden's pseudo R²: 1 − <see cref="Deviance"/> / <see cref="NullDeviance"/>.</summary>
    public double PseudoRSquared => 1 - Deviance / NullDeviance;

    /// <summary>The statistics of each coefficient: the weights, then the intercept.</summary>
    public ImmutableArray<LogisticCoefficient> Coefficients { get; }

    /// <summary>The reason why there are no standard errors; <see langword="null"/> if there are.</summary>
    public string? Note { get; }

    /// <summary>The statistics of the coefficient with the specified name.</summary>
    /// <param name="name">The name of a feature, or <c>(intercept)</c>.</param>
    /// <exception cref="ArgumentException">There is no coefficient with this name.</exception>
    public LogisticCoefficient this[string name] => CoefficientTable.Find(Coefficients, c => c.Name, name);

    /// <summary>Computes the statistics of a fit.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="data">The data of the fit.</param>
    /// <param name="reason">The reason for which the fit ended.</param>
    /// <param name="hasPenalty">Whether the fit has a penalty.</param>
    internal static LogisticStatistics From(LogisticRegression model, Dataset data, StopReason reason, bool hasPenalty)
    {
        double[] curvatures = new double[data.SampleCount];
        Dataset.RowReader featuresOf = data.FeatureReader();
        DoubleDouble deviance = 0.0, total = 0.0, positive = 0.0;
        for (int i = 0; i < curvatures.Length; i++)
        {
            double score = model.Score(featuresOf(i)), weight = data.Weight(i), target = data.Targets(i)[0];
            double small = Elementary.Exp(-Math.Abs(score)), share = small / (1 + small); // the probability of the less likely class
            curvatures[i] = weight * share / (1 + small);
            deviance += 2 * weight * Elementary.Of<Softplus>(target == 1 ? -score : score);
            total += weight;
            positive += weight * target;
        }

        double[] errors = new double[model.Parameters.Length];
        Array.Fill(errors, double.NaN);
        var design = LeastSquaresDesign.FromFeatures(data.WithWeights(curvatures), model.HasIntercept);
        string? note = MissingErrors.Reason(reason, hasPenalty) ?? (design.IsDeficient ? MissingErrors.Dependent : null);
        if (note is null)
            StandardErrors(design, errors);
        return new LogisticStatistics(
            Enumerable.Range(0, data.SampleCount).Count(i => data.Weight(i) > 0),
            design.Problem.Rank,
            (deviance.High, NullDevianceOf(total.High, positive.High, model.HasIntercept)),
            [.. design.Names.Select((name, j) => new LogisticCoefficient(name, model.Parameters[j], errors[j]))],
            note);
    }

    /// <summary>Returns a table of the coefficients, followed by the statistics of the whole fit; lines end with \n.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(LogisticCoefficient.TableOf(Coefficients));
        text.Append(Format.Text($"null deviance {NullDeviance:G6}, residual deviance {Deviance:G6} on "))
            .Append(Format.Text($"{Format.Count(DegreesOfFreedom, "degree")} of freedom\n"))
            .Append(Format.Text($"AIC {AkaikeCriterion:G6}, pseudo R² {PseudoRSquared:G6}"));
        return Note is null ? text.ToString() : text.Append('\n').Append(Note).ToString();
    }

    /// <summary>Computes √(fᵀ(XᵀVX)⁻¹f) for each of the user's coefficients, except for a column that does not vary.</summary>
    private static void StandardErrors(LeastSquaresDesign design, double[] errors)
    {
        DoubleDouble[] factors = design.Problem.VarianceFactors(design.UserForms, inDoubleDouble: false);
        for (int j = 0; j < factors.Length; j++)
        {
            // The design measures the target in a unit of its own, which a logistic model does not have.
            int unit = design.UnitOf(j) - design.TargetExponent - design.WeightExponent / 2;
            if (factors[j].High != 0) // 0: the column does not vary
                errors[j] = Math.ScaleB(Math.Sqrt(factors[j].High), unit);
        }
    }

    private static double NullDevianceOf(double total, double positive, bool hasIntercept) => hasIntercept
        ? -2 * (positive * Elementary.Log(positive / total) + (total - positive) * Elementary.Log((total - positive) / total))
        : 2 * total * Elementary.Log(2);
}
