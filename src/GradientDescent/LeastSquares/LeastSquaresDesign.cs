using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The columns of a linear model in double-double, in units that are powers of two. They are centred if there is an intercept. In these
/// units nothing overflows, and the conversion rounds nothing. The class also converts coefficients of these columns to the user's
/// coefficients and back.
/// </summary>
/// <remarks>
/// With features x′ = x·2⁻ᵉ − c, target y′ = y·2⁻ᶠ and intercept a′ of the centred columns, the user's coefficient is β = β′·2^(f − e) and
/// the user's intercept is b = (a′ − Σ cβ′)·2ᶠ. The columns of a polynomial are those of <see cref="ShiftedPowers"/>; each of its
/// coefficients is a sum over several β′.
/// </remarks>
internal sealed class LeastSquaresDesign
{
    private const string InterceptName = "(intercept)";

    private readonly int[] _exponents;
    private readonly double[] _centers;
    private readonly int[] _kept;
    private readonly bool _intercept;
    private readonly bool _hasPowers;

    /// <param name="data">Samples with one target each.</param>
    /// <param name="intercept">Whether there is an intercept; if so, columns are centred.</param>
    /// <param name="names">The names of the columns.</param>
    /// <param name="exponents">The exponent e of each column's unit 2ᵉ.</param>
    /// <param name="statistics">The statistics of the columns in these units; <see langword="null"/> to compute them.</param>
    /// <param name="largestFeature">The largest magnitude of a feature, or a larger number.</param>
    /// <param name="write">A function that writes the columns of a sample, in units in which they are about 1 in size.</param>
    /// <param name="mixing">
    /// The matrix of the user's coefficients as linear combinations of the columns' coefficients, the constant first in both;
    /// <see langword="null"/> if they are the same.
    /// </param>
    private LeastSquaresDesign(
        Dataset data,
        bool intercept,
        ImmutableArray<string> names,
        int[] exponents,
        ColumnStatistics? statistics,
        double largestFeature,
        RefinedLeastSquares.ColumnWriter write,
        DoubleDouble[][]? mixing = null)
    {
        int columns = names.Length;
        int[] samples = [.. Enumerable.Range(0, data.SampleCount).Where(i => data.Weight(i) > 0)];
        var row = new DoubleDouble[columns];
        double[] high = new double[columns];
        statistics ??= ColumnStatistics.From(data, columns, HighPartsOf, intercept);

        (_exponents, _intercept, _hasPowers, Samples) = (exponents, intercept, mixing is not null, samples);
        SampleCount = data.SampleCount;
        Weights = samples.Select(data.Weight);
        Names = intercept ? names.Add(InterceptName) : names;
        TargetExponent = ExponentOf(samples.Max(i => Math.Abs(data.Targets(i)[0])));
        WeightExponent = ExponentOf(samples.Sum(data.Weight)) & ~1; // even, so that its square root is a power of two as well
        _kept = [.. Enumerable.Range(0, columns).Where(j => statistics.Scales[j] > 0)];
        _centers = statistics.Centers;
        double[] lengths = [.. _kept.Select(j => statistics.Scales[j]), .. intercept ? (double[])[1] : []];
        Problem = new RefinedLeastSquares(
            WriteKept,
            Array.ConvertAll(samples, i => Math.ScaleB(data.Targets(i)[0], -TargetExponent)),
            Array.ConvertAll(samples, i => Math.ScaleB(data.Weight(i), -WeightExponent)),
            lengths);
        UserForms = Forms(columns, mixing);
        int rank = Problem.Rank - (intercept ? 1 : 0);
        ConstantNames = mixing is null ? [.. Enumerable.Range(0, columns).Except(_kept).Select(j => names[j])] : [];
        IsDeficient = rank < (mixing is null ? _kept.Length : columns);
        Note = Format.Sentences(
            mixing is null ? DataNotes.Of(ConstantNames, _kept.Length, rank) : DataNotes.OfPowers(columns, rank),
            DataNotes.OfLongIntegers(data, largestFeature));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void WriteKept(int i, Span<DoubleDouble> target)
        {
            write(samples[i], row);
            for (int k = 0; k < _kept.Length; k++)
                target[k] = row[_kept[k]] - _centers[_kept[k]];
            if (intercept)
                target[^1] = 1.0;
        }

        ReadOnlySpan<double> HighPartsOf(int sample)
        {
            write(sample, row);
            for (int j = 0; j < high.Length; j++)
                high[j] = row[j].High;
            return high;
        }
    }

    /// <summary>The least-squares problem in the units of this class.</summary>
    public RefinedLeastSquares Problem { get; }

    /// <summary>The indices of the samples with a weight greater than 0: the rows of <see cref="Problem"/>.</summary>
    public IReadOnlyList<int> Samples { get; }

    /// <summary>The number of samples of the data.</summary>
    public int SampleCount { get; }

    /// <summary>The weights of <see cref="Samples"/>.</summary>
    public IEnumerable<double> Weights { get; }

    /// <summary>The names of the user's coefficients: the columns, then the intercept.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The names of the features that do not vary; their coefficients are 0.</summary>
    public ImmutableArray<string> ConstantNames { get; }

    /// <summary>
    /// The user's coefficients as linear forms of the coefficients of <see cref="Problem"/>: the columns, then the intercept. The form of a
    /// column that does not vary is zero.
    /// </summary>
    public LinearForm[] UserForms { get; }

    public int TargetExponent { get; }

    public int WeightExponent { get; }

    public bool HasIntercept => _intercept;

    /// <summary>Whether more than one set of coefficients has the smallest loss.</summary>
    public bool IsDeficient { get; }

    /// <summary>A note for the user about the columns; <see langword="null"/> if there is none.</summary>
    public string? Note { get; }

    /// <summary>Creates the design whose columns are the features of the data.</summary>
    public static LeastSquaresDesign FromFeatures(Dataset data, bool intercept)
    {
        Dataset.RowReader featuresOf = data.FeatureReader();
        ColumnStatistics statistics = ColumnStatistics.OfFeatures(data, intercept);
        int[] exponents = Array.ConvertAll(statistics.Scales, ExponentOf);
        double[] units = Array.ConvertAll(exponents, exponent => Math.ScaleB(1, -exponent));
        return new(
            data, intercept, data.FeatureNames, exponents, statistics.InUnits(exponents), statistics.LargestMagnitude, Write);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Write(int sample, Span<DoubleDouble> row)
        {
            ReadOnlySpan<double> features = featuresOf(sample);
            for (int j = 0; j < row.Length; j++)
                row[j] = double.IsNormal(units[j]) ? features[j] * units[j] : Math.ScaleB(features[j], -exponents[j]);
        }
    }

    /// <summary>
    /// Creates the design whose columns are the powers 1 to <paramref name="degree"/> of the only feature. <paramref name="powers"/>
    /// computes them.
    /// </summary>
    public static LeastSquaresDesign FromPowers(Dataset data, int degree, ShiftedPowers powers)
    {
        string name = data.FeatureNames[0];
        ImmutableArray<string> names = [name, .. Enumerable.Range(2, degree - 1).Select(k => Format.Text($"{name}^{k}"))];
        int[] exponents = [.. Enumerable.Range(1, degree).Select(k => k * powers.PlainExponent)];
        var table = new DoubleDouble[data.SampleCount * degree]; // powers take longer to compute than to read
        Dataset.RowReader featuresOf = data.FeatureReader();
        for (int i = 0; i < data.SampleCount; i++)
            powers.Write(featuresOf(i)[0], table.AsSpan(i * degree, degree));
        return new(
            data,
            true,
            names,
            exponents,
            null,
            double.PositiveInfinity,
            (sample, row) => table.AsSpan(sample * degree, degree).CopyTo(row),
            powers.InPlainPowers(degree));
    }

    /// <summary>Computes the centre and the scale of the powers of the only feature.</summary>
    public static ShiftedPowers PowersFor(Dataset data)
    {
        Dataset.RowReader featuresOf = data.FeatureReader();
        double[] x = [.. Enumerable.Range(0, data.SampleCount).Where(i => data.Weight(i) > 0).Select(i => featuresOf(i)[0])];
        return new ShiftedPowers(x.Min(), x.Max());
    }

    /// <summary>Converts coefficients of <see cref="Problem"/> to the user's coefficients: the columns, then the intercept.</summary>
    public DoubleDouble[] ToUser(DoubleDouble[] coefficients) =>
        [.. UserForms.Select((form, j) => form.ValueOf(coefficients).Scaled(UnitOf(j)))];

    /// <summary>
    /// Converts coefficients of <see cref="Problem"/> to coefficients of the columns before centring, the constant first, in the target's
    /// unit.
    /// </summary>
    public DoubleDouble[] ToColumns(DoubleDouble[] coefficients)
    {
        var plain = new DoubleDouble[_centers.Length + 1];
        plain[0] = coefficients[^1].Scaled(TargetExponent);
        for (int k = 0; k < _kept.Length; k++)
        {
            DoubleDouble weight = plain[_kept[k] + 1] = coefficients[k].Scaled(TargetExponent);
            plain[0] -= weight * _centers[_kept[k]];
        }

        return plain;
    }

    /// <summary>Converts the user's coefficients of features to coefficients of <see cref="Problem"/>.</summary>
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

    /// <summary>
    /// Returns the column of <see cref="Problem"/> of a feature; a negative number for the intercept or a feature that does not vary.
    /// </summary>
    public int ColumnOf(int feature) => Array.BinarySearch(_kept, feature);

    /// <summary>
    /// Returns the variance of predictions from the user's features, or from the powers of a polynomial's <see cref="ShiftedPowers"/>.
    /// </summary>
    /// <param name="residualDeviation">The residual standard deviation of a sample of weight 1, in the target's unit.</param>
    /// <param name="degreesOfFreedom">The degrees of freedom of the residuals, at least 1.</param>
    public PredictionVariance VarianceOfPredictions(double residualDeviation, int degreesOfFreedom)
    {
        int[] exponents = new int[_centers.Length], places = _intercept ? [.. _kept, _centers.Length] : _kept;
        foreach (int j in _hasPowers ? [] : _kept)
            exponents[j] = _exponents[j];
        double[][] root = Problem.RootOfVariance();
        for (int k = 0; k < root.Length; k++)
        {
            double[] row = new double[places[root[k].Length - 1] + 1];
            for (int i = 0; i < root[k].Length; i++)
                row[places[i]] = Math.ScaleB(root[k][i], -WeightExponent / 2);
            root[k] = row;
        }

        return new PredictionVariance(exponents, _centers, root, residualDeviation, degreesOfFreedom);
    }

    /// <summary>
    /// Returns the exponent of the power of two by which the value of a form is multiplied to get the user's coefficient.
    /// </summary>
    public int UnitOf(int coefficient) => TargetExponent - (coefficient < _exponents.Length ? _exponents[coefficient] : 0);

    private LinearForm[] Forms(int columns, DoubleDouble[][]? mixing)
    {
        var forms = new LinearForm[Names.Length];
        for (int j = 0; j < columns; j++)
        {
            int own = ColumnOf(j);
            forms[j] = new LinearForm(mixing is null
                ? own < 0 ? [] : [(own, 1.0)]
                : _kept.Select((column, k) => (k, mixing[j + 1][column + 1])));
        }

        if (_intercept)
        {
            forms[^1] = new LinearForm(_kept
                .Select((column, k) => (k, (mixing is null ? 0.0 : mixing[0][column + 1]) - _centers[column]))
                .Append((_kept.Length, 1.0)));
        }

        return forms;
    }

    private static int ExponentOf(double magnitude) => ShiftedPowers.ExponentOf(magnitude);
}
