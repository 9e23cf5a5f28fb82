using System.Collections.Immutable;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>
/// A linear model's columns as numbers of double-double in units that are powers of two, centred beside an intercept, so that nothing overflows and nothing is rounded; and the way back.
/// </summary>
/// <remarks>
/// With features x′ = x·2⁻ᵉ − c, target y′ = y·2⁻ᶠ and intercept a′ of the centred columns, the user's coefficient is β = β′·2^(f − e) and the intercept is b = (a′ − Σ cβ′)·2ᶠ.
/// </remarks>
internal sealed class LeastSquaresDesign
{
    private const string InterceptName = "(intercept)";

    private readonly int[] _exponents;
    private readonly double[] _centers;
    private readonly int[] _kept;
    private readonly bool _intercept;

    private LeastSquaresDesign(Dataset data, bool intercept, ImmutableArray<string> names, int[] exponents, Func<int, DoubleDouble[]> rowOf)
    {
        int columns = names.Length;
        int[] samples = [.. Enumerable.Range(0, data.SampleCount).Where(i => data.Weight(i) > 0)];
        DoubleDouble[][] rows = new DoubleDouble[data.SampleCount][];
        foreach (int i in samples)
            rows[i] = rowOf(i);
        ColumnStatistics statistics = ColumnStatistics.Of(data, columns, i => Array.ConvertAll(rows[i], entry => entry.High), intercept);

        (_exponents, _intercept) = (exponents, intercept);
        Names = intercept ? names.Add(InterceptName) : names;
        TargetExponent = ExponentOf(samples.Max(i => Math.Abs(data.Targets(i)[0])));
        WeightExponent = ExponentOf(samples.Sum(data.Weight)) & ~1; // even, because its root is wanted
        _kept = [.. Enumerable.Range(0, columns).Where(j => statistics.Scales[j] > 0)];
        _centers = statistics.Centers;
        int width = _kept.Length + (intercept ? 1 : 0);
        var table = new DoubleDouble[samples.Length * width];
        for (int i = 0; i < samples.Length; i++)
        {
            for (int k = 0; k < _kept.Length; k++)
                table[i * width + k] = rows[samples[i]][_kept[k]] - _centers[_kept[k]];
            if (intercept)
                table[i * width + _kept.Length] = 1.0;
        }

        double[] lengths = [.. _kept.Select(j => statistics.Scales[j]), .. intercept ? (double[])[1] : []];
        Problem = new RefinedLeastSquares(
            table,
            Array.ConvertAll(samples, i => Math.ScaleB(data.Targets(i)[0], -TargetExponent)),
            Array.ConvertAll(samples, i => Math.ScaleB(data.Weight(i), -WeightExponent)),
            lengths);
        UserForms = Forms(width);
        ConstantNames = [.. Enumerable.Range(0, columns).Except(_kept).Select(j => names[j])];
    }

    /// <summary>The problem in the units of this class.</summary>
    public RefinedLeastSquares Problem { get; }

    /// <summary>The names of the user's coefficients: columns, then the intercept.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Columns that do not vary; their coefficients are 0.</summary>
    public ImmutableArray<string> ConstantNames { get; }

    /// <summary>The user's coefficients as linear forms of those of <see cref="Problem"/>.</summary>
    public double[][] UserForms { get; }

    public int TargetExponent { get; }

    public int WeightExponent { get; }

    public bool HasIntercept => _intercept;

    public bool IsDeficient => Problem.Rank < Problem.ColumnCount;

    /// <summary>The data's features as they are.</summary>
    public static LeastSquaresDesign OfFeatures(Dataset data, bool intercept)
    {
        Dataset.RowReader featuresOf = data.FeatureReader();
        ColumnStatistics statistics = ColumnStatistics.Of(data, data.FeatureCount, featuresOf, intercept);
        int[] exponents = Array.ConvertAll(statistics.Scales, ExponentOf);
        return new(data, intercept, data.FeatureNames, exponents, sample =>
        {
            ReadOnlySpan<double> features = featuresOf(sample);
            var row = new DoubleDouble[exponents.Length];
            for (int j = 0; j < row.Length; j++)
                row[j] = Math.ScaleB(features[j], -exponents[j]);
            return row;
        });
    }

    /// <summary>Powers 1 to <paramref name="degree"/> of the data's one feature, formed in double-double.</summary>
    public static LeastSquaresDesign OfPowers(Dataset data, int degree)
    {
        double largest = 0;
        for (int i = 0; i < data.SampleCount; i++)
            largest = data.Weight(i) == 0 ? largest : Math.Max(largest, Math.Abs(data.Features(i)[0]));
        int exponent = ExponentOf(largest);
        string name = data.FeatureNames[0];
        ImmutableArray<string> names = [name, .. Enumerable.Range(2, degree - 1).Select(k => Guard.Text($"{name}^{k}"))];
        return new(data, true, names, [.. Enumerable.Range(1, degree).Select(k => k * exponent)], sample =>
        {
            var powers = new DoubleDouble[degree];
            double x = Math.ScaleB(data.Features(sample)[0], -exponent);
            powers[0] = x;
            for (int k = 1; k < degree; k++)
                powers[k] = powers[k - 1] * x;
            return powers;
        });
    }

    /// <summary>Coefficients of <see cref="Problem"/> to the user's: columns, then the intercept.</summary>
    public DoubleDouble[] ToUser(DoubleDouble[] coefficients)
    {
        var user = new DoubleDouble[Names.Length];
        for (int f = 0; f < UserForms.Length; f++)
            user[UserIndex(f)] = RefinedLeastSquares.ValueOf(UserForms[f], coefficients).Scaled(UnitOf(UserIndex(f)));
        return user;
    }

    /// <summary>The user's coefficients to those of <see cref="Problem"/>.</summary>
    public DoubleDouble[] FromUser(DoubleDouble[] user)
    {
        var coefficients = new DoubleDouble[Problem.ColumnCount];
        DoubleDouble intercept = _intercept ? user[^1].Scaled(-TargetExponent) : 0.0;
        for (int k = 0; k < _kept.Length; k++)
        {
            coefficients[k] = user[_kept[k]].Scaled(-UnitOf(_kept[k]));
            intercept += coefficients[k] * _centers[_kept[k]];
        }

        if (_intercept)
            coefficients[^1] = intercept;
        return coefficients;
    }

    /// <summary>The user's coefficient that a form stands for.</summary>
    public int UserIndex(int form) => form < _kept.Length ? _kept[form] : Names.Length - 1;

    /// <summary>The power of two by which a form's value is multiplied in the user's units.</summary>
    public int UnitOf(int userIndex) => TargetExponent - (userIndex < _exponents.Length ? _exponents[userIndex] : 0);

    /// <summary>One form for each column that varies, then one for the intercept.</summary>
    private double[][] Forms(int width)
    {
        double[][] forms = new double[width][];
        for (int k = 0; k < width; k++)
        {
            forms[k] = new double[width];
            forms[k][k] = 1;
        }

        for (int k = 0; k < _kept.Length && _intercept; k++)
            forms[^1][k] = -_centers[_kept[k]];
        return forms;
    }

    private static int ExponentOf(double magnitude) => magnitude == 0 ? 0 : Math.ILogB(magnitude) + 1;
}
