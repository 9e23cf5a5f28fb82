using System.Collections.Immutable;
using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>
/// The information matrix of a softmax regression whose coefficients are differences from those of a base class: the second derivatives of
/// the sum of the losses.
/// </summary>
/// <remarks>
/// It is formed in decorrelated features, where its condition depends on the probabilities only. The block of the classes a and b is
/// Σ w·p_a·([a = b] − p_b)·qqᵀ, where q are these features and a 1. Each coefficient of the user is a linear form of those of q.
/// </remarks>
internal sealed class SoftmaxInformation
{
    private readonly int[] _classes;
    private readonly double[][] _forms;
    private readonly double[][] _triangle;

    /// <param name="model">The fitted model.</param>
    /// <param name="data">The data of the fit.</param>
    /// <param name="baseClass">The index of the base class.</param>
    public SoftmaxInformation(SoftmaxRegression model, Dataset data, int baseClass)
    {
        _classes = [.. Enumerable.Range(0, model.OutputCount).Where(k => k != baseClass)];
        ScaledProblem scaled = ScaledProblem.Create(
            model, new CategoricalCrossEntropy(), data, FeatureScaling.Decorrelate, null, new RiskSettings(1, long.MaxValue));
        var statistics = ColumnStatistics.OfFeatures(data, model.HasIntercept);
        int varying = statistics.Scales.Count(scale => scale > 0), intercepts = model.HasIntercept ? 1 : 0;
        int inner = varying == 0 ? 0 : scaled.Risk.Data.FeatureCount; // without a feature that varies, there is a column of zeros
        Rank = inner + intercepts;
        IsDeficient = inner < varying;
        _forms = FormsOf(scaled, model, data.FeatureCount, inner);
        _triangle = IsDeficient ? [] : Cholesky.Factorize(MatrixOf(model, data, scaled.Risk.Data, inner)).Triangle;
        IsUndetermined = _triangle.Length < _classes.Length * Rank;
    }

    /// <summary>The number of coefficients of a class that the features determine.</summary>
    public int Rank { get; }

    /// <summary>Whether features depend on others.</summary>
    public bool IsDeficient { get; }

    /// <summary>Whether the matrix cannot be inverted.</summary>
    public bool IsUndetermined { get; }

    /// <summary>
    /// Returns the standard errors of the differences of a class from the base class: the weights, then the intercept. A feature that does
    /// not vary has NaN.
    /// </summary>
    /// <param name="classIndex">The index of the class.</param>
    public double[] StandardErrors(int classIndex)
    {
        int position = Array.IndexOf(_classes, classIndex);
        double[] b = new double[_triangle.Length];
        return Array.ConvertAll(_forms, form =>
        {
            Array.Clear(b);
            form.CopyTo(b.AsSpan(position * Rank));
            double variance = Cholesky.InverseForm(_triangle, b);
            return variance == 0 ? double.NaN : Math.Sqrt(variance);
        });
    }

    private static double[][] FormsOf(ScaledProblem scaled, SoftmaxRegression model, int featureCount, int inner)
    {
        int intercepts = model.HasIntercept ? 1 : 0, size = inner + intercepts;
        double[][] forms = [.. Enumerable.Range(0, featureCount + intercepts).Select(_ => new double[size])];
        for (int k = 0; k < size; k++)
        {
            double[] unit = new double[scaled.Risk.ParameterCount];
            unit[k < inner ? k : model.OutputCount * scaled.Risk.Data.FeatureCount] = 1; // of class 0
            ImmutableArray<double> user = scaled.ToUser([.. unit]);
            for (int j = 0; j < forms.Length; j++)
                forms[j][k] = user[j < featureCount ? j : model.OutputCount * featureCount];
        }

        return forms;
    }

    private double[][] MatrixOf(SoftmaxRegression model, Dataset data, Dataset decorrelated, int inner)
    {
        int size = _classes.Length * Rank;
        double[][] matrix = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        double[] q = new double[Rank];
        Dataset.RowReader decorrelatedOf = decorrelated.FeatureReader();
        q[^1] = 1; // the intercept, or overwritten
        foreach (Dataset.WeightedSample sample in data.Weighted)
        {
            if (inner > 0)
                decorrelatedOf(sample.Index).CopyTo(q);
            ReadOnlySpan<double> p = model.PredictProbability(sample.Features).AsSpan();
            for (int a = 0; a < _classes.Length; a++)
            {
                for (int b = a; b < _classes.Length; b++)
                {
                    double factor = p[_classes[a]] * (a == b ? OtherProbability(p, _classes[a]) : -p[_classes[b]]);
                    for (int k = 0; k < Rank; k++)
                        Reductions.AddScaled<double>(matrix[a * Rank + k].AsSpan(b * Rank), sample.Weight * factor * q[k], q);
                }
            }
        }

        return matrix;
    }

    /// <summary>Returns 1 − p for a class. A difference would lose the digits if p is near 1.</summary>
    private static double OtherProbability(ReadOnlySpan<double> p, int own)
    {
        double sum = 0;
        for (int k = 0; k < p.Length; k++)
            sum += k == own ? 0 : p[k];
        return sum;
    }
}
