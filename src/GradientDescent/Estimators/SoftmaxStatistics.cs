using System.Collections.Immutable;
using System.Text;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The classical statistics of a softmax regression by maximum likelihood (multinomial logit), against a base class.</summary>
/// <remarks>
/// Only differences between the weights of two classes are determined, so each coefficient is the weight of a class minus the weight of the
/// base class: the change of the log-odds of the class against the base class per unit of the feature. The standard errors are the square
/// roots of the diagonal of the inverse information matrix, whose block for the classes a and b is Σ w·p_a·([a = b] − p_b)·xxᵀ; w is the
/// weight of a sample, where 2 counts as two samples, and p are its probabilities. There are no standard errors if the fit has a penalty,
/// if classes can be separated, if the fit did not converge, if features depend on others, or if there are more than
/// 2,000 coefficients; <see cref="Note"/> says which. McCullagh and Nelder, "Generalized Linear Models", 2nd ed., 1989, section 5.2.4;
/// Hosmer and Lemeshow, "Applied Logistic Regression", 1989, section 8.1.
/// </remarks>
/// <example><code>
/// double[] weight = [2.1, 2.4, 2.9, 3.0, 3.3, 3.4, 3.8, 3.9, 4.4, 4.6];
/// string[] gear = ["four", "four", "five", "four", "three", "five", "four", "three", "three", "five"];
/// SoftmaxStatistics&lt;string&gt; statistics = SoftmaxRegression.Fit(weight, gear).StatisticsAgainst("three");
/// LogisticCoefficient slope = statistics["four", "x"];
/// Console.WriteLine($"{slope.Estimate:F2} ± {slope.StandardError:F2}");   // -2.51 ± 1.64
/// </code></example>
/// <typeparam name="TLabel">The type of the labels.</typeparam>
public sealed class SoftmaxStatistics<TLabel>
    where TLabel : notnull
{
    private const int MostCoefficients = 2000;

    private readonly Classifier<TLabel> _classifier;
    private readonly ImmutableArray<ImmutableArray<LogisticCoefficient>> _byClass;

    /// <param name="classifier">The fitted classifier.</param>
    /// <param name="data">The data of the fit.</param>
    /// <param name="baseClass">The index of the base class.</param>
    /// <param name="reason">The reason for which the fit ended.</param>
    /// <param name="hasPenalty">Whether the fit has a penalty.</param>
    internal SoftmaxStatistics(Classifier<TLabel> classifier, Dataset data, int baseClass, StopReason reason, bool hasPenalty)
    {
        SoftmaxRegression model = classifier.Model;
        (_classifier, BaseLabel) = (classifier, classifier.Labels[baseClass]);
        double[] weights = new double[Labels.Length];
        foreach (Dataset.WeightedSample sample in data.Weighted)
        {
            SampleCount++;
            weights[(int)data.Targets(sample.Index)[0]] += sample.Weight;
        }

        double total = weights.Sum();
        Deviance = 2 * total * model.Evaluate(data).LogLoss;
        NullDeviance = model.HasIntercept
            ? -2 * weights.Sum(weight => weight * Elementary.Log(weight / total))
            : 2 * total * Elementary.Log(Labels.Length);

        string[] names = [.. data.FeatureNames, .. model.HasIntercept ? ["(intercept)"] : (string[])[]];
        long coefficients = (Labels.Length - 1L) * names.Length;
        Note = MissingErrors.Reason(reason, hasPenalty)
            ?? (coefficients > MostCoefficients
                ? Format.Text($"The coefficients have no standard errors: there are {coefficients}, more than {MostCoefficients}.") : null);
        SoftmaxInformation? information = null;
        if (Note is null)
        {
            information = new SoftmaxInformation(model, data, baseClass);
            Note = information.IsDeficient ? MissingErrors.Dependent : information.IsUndetermined ? MissingErrors.Undetermined : null;
        }

        DeterminedCount = (Labels.Length - 1) * (information?.Rank ?? names.Length);
        _byClass = [.. Labels.Select((_, own) => own == baseClass ? [] : CoefficientsOf(own))];

        ImmutableArray<LogisticCoefficient> CoefficientsOf(int own)
        {
            double[]? errors = Note is null ? information!.StandardErrors(own) : null;
            return [.. names.Select((name, j) =>
                new LogisticCoefficient(name, Parameter(own, j) - Parameter(baseClass, j), errors?[j] ?? double.NaN))];
        }

        double Parameter(int own, int j) => j < model.FeatureCount
            ? model.Parameters[own * model.FeatureCount + j]
            : model.Parameters[Labels.Length * model.FeatureCount + own];
    }

    /// <summary>The labels of all classes.</summary>
    public ImmutableArray<TLabel> Labels => _classifier.Labels;

    /// <summary>The label of the class that the others are compared with.</summary>
    public TLabel BaseLabel { get; }

    /// <summary>The number of samples with a weight greater than 0.</summary>
    public int SampleCount { get; }

    /// <summary>The number of coefficients of all classes but the base class that the data determines.</summary>
    public int DeterminedCount { get; }

    /// <summary>The residual deviance: minus twice the log-likelihood, the sum of the weighted losses.</summary>
    public double Deviance { get; }

    /// <summary>The deviance of the model with intercepts only; without intercepts, of equal probabilities.</summary>
    public double NullDeviance { get; }

    /// <summary>Akaike's criterion AIC: <see cref="Deviance"/> plus twice <see cref="DeterminedCount"/>.</summary>
    public double AkaikeCriterion => Deviance + 2 * DeterminedCount;

    /// <summary>McFadden's pseudo R²: 1 − <see cref="Deviance"/> / <see cref="NullDeviance"/>.</summary>
    public double PseudoRSquared => 1 - Deviance / NullDeviance;

    /// <summary>The reason why there are no standard errors; <see langword="null"/> if there are.</summary>
    public string? Note { get; }

    /// <summary>
    /// The coefficients of a class against the base class: the weights, then the intercept; empty for the base class itself.
    /// </summary>
    /// <param name="label">The label of the class.</param>
    /// <exception cref="ArgumentException">There is no class with this label.</exception>
    public ImmutableArray<LogisticCoefficient> this[TLabel label] => _byClass[_classifier.ClassOf(label, nameof(label))];

    /// <summary>A coefficient of a class against the base class.</summary>
    /// <param name="label">The label of the class, not of the base class.</param>
    /// <param name="name">The name of a feature, or <c>(intercept)</c>.</param>
    /// <exception cref="ArgumentException">There is no class with this label, or no coefficient with this name.</exception>
    public LogisticCoefficient this[TLabel label, string name] => CoefficientTable.Find(this[label], c => c.Name, name);

    /// <summary>
    /// Returns a table for each class but the base class, followed by the statistics of the whole fit; lines end with \n.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int k = 0; k < Labels.Length; k++)
        {
            if (!_byClass[k].IsEmpty)
                text.Append(Format.Text($"{Labels[k]} against {BaseLabel}\n{LogisticCoefficient.TableOf(_byClass[k])}"));
        }

        text.Append(Format.Text($"null deviance {NullDeviance:G6}, residual deviance {Deviance:G6}\n"))
            .Append(Format.Text($"AIC {AkaikeCriterion:G6}, pseudo R² {PseudoRSquared:G6}"));
        return Note is null ? text.ToString() : text.Append('\n').Append(Note).ToString();
    }
}
