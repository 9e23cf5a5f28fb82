using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>
/// A fit in the coordinates that are optimised, and the conversion to and from the user's coordinates. For a linear model with features x′
/// = (x − c)/s and targets y′ = (y − m)/r, the user's weights are w = r·w′/s and the user's intercept is b = m + r·b′ − w·c.
/// </summary>
internal sealed class ScaledProblem
{
    private readonly PenaltyTerm? _constraint;
    private readonly int _outputs;
    private readonly int _columns;
    private readonly ColumnStatistics? _features;
    private readonly double[] _targetCenters;
    private readonly double _targetScale = 1;
    private readonly OrthonormalBasis? _basis;
    private readonly int[]? _present; // the columns that the optimised problem has, where sparse data has zeros only in most columns
    private readonly double _basisScale = 1;
    private readonly Lazy<string?> _note = new((string?)null);

    private ScaledProblem(EmpiricalRisk userRisk) => (UserRisk, Risk, _targetCenters) = (userRisk, userRisk, []);

    private ScaledProblem(EmpiricalRisk userRisk, IModel model, ILoss loss, Dataset data, FeatureScaling scaling, IPenalty? penalty,
        RiskSettings settings)
    {
        UserRisk = userRisk;
        _outputs = model.OutputCount;
        _columns = data.FeatureCount;
        bool hasBias = HasBias(userRisk.Layout), staysSparse = data.IsSparse && scaling != FeatureScaling.Decorrelate;
        bool centered = hasBias && !staysSparse && scaling != FeatureScaling.LargestMagnitude;
        _features = scaling == FeatureScaling.LargestMagnitude
            ? ColumnStatistics.OfLargest(data)
            : ColumnStatistics.OfFeatures(data, centered);
        (_targetCenters, _targetScale, ILoss scaledLoss, LossFactor) = TargetScaling(model, loss, data, hasBias);

        if (staysSparse && penalty is null or L1Penalty or L2Penalty or ElasticNetPenalty) // others may count the parameters
            _present = PresentColumns(_features.Scales);
        PenaltyTerm? term = penalty is null ? null : Scaled(penalty, model.Layout(InnerColumns), scaling, centered);
        _constraint = term is { IsConstraint: true } ? penalty!.Bind(userRisk.Layout, [], 1) : null;
        Dataset scaled;
        if (scaling == FeatureScaling.Decorrelate)
        {
            data.RequireDenseCopy("FeatureScaling.Decorrelate", "Use LargestMagnitude, Standardize or None");
            _basisScale = Math.Sqrt(Enumerable.Range(0, data.SampleCount).Sum(data.Weight));
            int threads = settings.MaxDegreeOfParallelism;
            (_basis, term) = term is null
                ? (OrthonormalBasis.From(TableOf(data), threads), null)
                : PenalizedBasis(model, term, data, threads, scaledLoss.MaxCurvature is > 0 and < double.PositiveInfinity and var bound
                    ? bound : 1);
            // In float the columns would not be exactly these features, and not orthogonal.
            scaled = data.Map(_basis.Rank, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (i, _, features, targets) =>
            {
                WriteDecorrelated(i, data.Weight(i), features);
                WriteTargets(data.Targets(i), targets);
            }, NumericPrecision.Double, readsTogether: _basis.ReadsTogether);
        }
        else if (staysSparse)
        {
            scaled = data.WithScaledFeatures(_features.Scales, _present, (i, targets) => WriteTargets(data.Targets(i), targets.Span));
        }
        else if (data.IsMapped)
        {
            scaled = data.WithStandardizedFeatures(
                _features.Centers,
                _features.Scales,
                ScalesTargets ? (i, targets) => WriteTargets(data.Targets(i), targets.Span) : null);
        }
        else
        {
            scaled = data.Map(_columns, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (i, from, features, targets) =>
            {
                _features.Standardize(from, features);
                WriteTargets(data.Targets(i), targets);
            });
        }

        Risk = settings.NewRisk(model, scaledLoss, scaled, term is null ? null : new BoundPenalty(penalty!, term));
        _note = new(() => staysSparse ? null : Format.Sentences(
            Describe(data, isPenalized: penalty is not null), DataNotes.OfLongIntegers(data, _features.LargestMagnitude)));
    }

    /// <summary>The problem in the user's units.</summary>
    public EmpiricalRisk UserRisk { get; }

    /// <summary>The problem that is optimised.</summary>
    public EmpiricalRisk Risk { get; }

    /// <summary>Whether the targets are standardised as well.</summary>
    public bool ScalesTargets => _targetCenters.Length > 0;

    /// <summary>The factor by which the optimised loss is multiplied to get the user's loss.</summary>
    public double LossFactor { get; } = 1;

    /// <summary>The names of the features whose weights are optimised, unless they are decorrelated.</summary>
    public ImmutableArray<string> FeatureNames => _present is null
        ? UserRisk.Data.FeatureNames
        : [.. _present.Select(column => UserRisk.Data.FeatureNames[column])];

    /// <summary>A note for the user about the data; <see langword="null"/> if there is none.</summary>
    public string? Note => _note.Value;

    public static ScaledProblem Create(IModel model, ILoss loss, Dataset data, FeatureScaling scaling, IPenalty? penalty,
        RiskSettings settings)
    {
        EmpiricalRisk risk = settings.NewRisk(model, loss, data, penalty); // checks in the user's units that the arguments fit together
        return scaling == FeatureScaling.None ? new ScaledProblem(risk)
            : new ScaledProblem(risk, model, loss, data, scaling, penalty, settings);
    }

    /// <summary>Returns the penalty of w = r·w′/s as a function of w′, in the unit of the optimised loss.</summary>
    private PenaltyTerm Scaled(IPenalty penalty, ParameterLayout layout, FeatureScaling scaling, bool centered)
    {
        double[] scale = new double[layout.Count];
        // Centred features change the intercept: the user's intercept is not a multiple of the optimised one.
        scale.AsSpan(_outputs * InnerColumns).Fill(centered ? double.NaN : 1);
        for (int i = 0; i < _outputs * InnerColumns; i++)
            scale[i] = _features!.Scales[UserColumn(i % InnerColumns)] is > 0 and var unit ? _targetScale / unit : 0;
        PenaltyTerm term = penalty.Bind(layout, scale, LossFactor) ?? throw Guard.Invalid(
            nameof(FitOptions.Penalty),
            $"Penalty is {penalty}: it has no form for scaled features: each feature is divided by its scale and centred, " +
            $"which changes the intercept. Use FeatureScaling.None.");
        return scaling != FeatureScaling.Decorrelate || term.IsQuadratic
            ? term
            : throw Guard.Invalid(
                nameof(FitOptions.Penalty),
                $"Penalty is {penalty}: decorrelated features mix the coefficients whose absolute values it penalizes; use " +
                $"Standardize or None, or L2Penalty.");
    }

    private static bool HasBias(ParameterLayout layout) => layout.Blocks.Any(block => block.Role == ParameterRole.Bias);

    /// <summary>
    /// Returns a basis and the penalty in that basis. There the Hessians of the loss (at its largest curvature) and of the penalty are both
    /// diagonal, and their sum has the largest curvature of the loss in every direction.
    /// </summary>
    private (OrthonormalBasis Basis, PenaltyTerm Term) PenalizedBasis(
        IModel model, PenaltyTerm term, Dataset data, int threads, double lossCurvature)
    {
        double curvature = lossCurvature / data.TargetCount; // for each target: the weight of a sample is divided among its targets
        double[] diagonal = [.. term.Curvatures[.._columns].ToArray().Select(squared => _basisScale * Math.Sqrt(squared / curvature))];
        var basis = OrthonormalBasis.From(
            data.SampleCount, _columns, WeightedRows(data, data.FeatureReader()), threads, diagonal, out double[] shares);
        double[] squared = new double[model.Layout(basis.Rank).Count];
        for (int i = 0; i < _outputs * basis.Rank; i++)
            squared[i] = curvature * shares[i % basis.Rank];
        return (basis, new SeparablePenalty(new double[squared.Length], squared));
    }

    /// <summary>Converts optimised coordinates to the user's coordinates.</summary>
    public ImmutableArray<double> ToUser(ImmutableArray<double> optimized)
    {
        if (_features is null)
            return optimized;
        int inner = InnerColumns;
        double[] user = new double[optimized.Length / _outputs == inner ? _outputs * _columns : _outputs * (_columns + 1)];
        for (int k = 0; k < _outputs; k++)
        {
            double[] weights = [.. optimized[(k * inner)..((k + 1) * inner)].Select(weight => _basisScale * weight)];
            if (_basis is not null)
                weights = _basis.FromBasis(weights);
            else if (_present is not null)
                weights = Spread(weights, _present);
            double offset = CoefficientsOf(_features).ToUser(weights, user.AsSpan(k * _columns, _columns));
            if (user.Length > _outputs * _columns)
                user[_outputs * _columns + k] = CenterOf(k) + _targetScale * optimized[_outputs * inner + k] - offset;
        }

        _constraint?.Project(user); // rounding may have left it by one unit in the last place
        return [.. user.Select(parameter => parameter + 0.0)]; // −0 becomes 0
    }

    /// <summary>Converts the user's coordinates to optimised coordinates.</summary>
    public double[] FromUser(ReadOnlySpan<double> user)
    {
        if (_features is null)
            return user.ToArray();
        int inner = InnerColumns;
        double[] optimized = new double[Risk.ParameterCount];
        for (int k = 0; k < _outputs; k++)
        {
            double[] weights = new double[_columns];
            double offset = CoefficientsOf(_features).FromUser(user.Slice(k * _columns, _columns), weights);
            if (_basis is not null)
                weights = _basis.ToBasis(weights);
            for (int j = 0; j < inner; j++)
                optimized[k * inner + j] = weights[UserColumn(j)] / _basisScale;
            if (optimized.Length > _outputs * inner)
                optimized[_outputs * inner + k] = (user[_outputs * _columns + k] + offset - CenterOf(k)) / _targetScale;
        }

        return optimized;
    }

    private ScaledCoefficients CoefficientsOf(ColumnStatistics features) => new(features.Centers, features.Scales, _targetScale);

    private int InnerColumns => _basis?.Rank ?? _present?.Length ?? _columns;

    private int UserColumn(int inner) => _present is null ? inner : _present[inner];

    /// <summary>
    /// Returns the columns with numbers other than 0 if they are at most half of all, as those of hashed words usually are; otherwise
    /// <see langword="null"/>. The weights of the other columns are 0, and without them all vectors of the run are shorter.
    /// </summary>
    private static int[]? PresentColumns(double[] scales)
    {
        int[] present = [.. Enumerable.Range(0, scales.Length).Where(j => scales[j] > 0)];
        return present.Length > 0 && present.Length <= scales.Length / 2 ? present : null;
    }

    private double[] Spread(double[] weights, int[] columns)
    {
        double[] all = new double[_columns];
        for (int j = 0; j < columns.Length; j++)
            all[columns[j]] = weights[j];
        return all;
    }

    private double CenterOf(int output) => _targetCenters.Length == 0 ? 0 : _targetCenters[output];

    /// <summary>
    /// Computes one scale for all targets, so that the loss keeps its form; the scale is 1 if the loss cannot be rescaled.
    /// </summary>
    private static (double[] Centers, double Scale, ILoss Loss, double Factor) TargetScaling(IModel model, ILoss loss, Dataset data,
        bool centered)
    {
        if (model.Task == ModelTask.Regression)
        {
            ColumnStatistics targets = ColumnStatistics.From(data, data.TargetCount, data.TargetReader(), centered);
            double largest = targets.Scales.Max();
            double scale = largest == 0 ? 1 : largest * Math.Sqrt(targets.Scales.Average(s => s / largest * (s / largest)));
            if (loss.Rescaled(scale) is { } rescaled)
                return (targets.Centers, scale, rescaled.Loss, rescaled.Factor);
        }

        return ([], 1, loss, 1);
    }

    private void WriteTargets(ReadOnlySpan<double> from, Span<double> targets)
    {
        for (int k = 0; k < targets.Length; k++)
            targets[k] = ColumnOperations.Standardize(from[k], CenterOf(k), _targetScale);
    }

    /// <summary>Returns the table of √weight times the standardised features.</summary>
    private RowTable TableOf(Dataset data) => new(data.SampleCount, _columns, WeightedRows(data, data.FeatureReader()))
    {
        Sharding = data.RowSharding,
        WriteOwn = WeightedRows(data, data.OwnFeatureReader()),
    };

    /// <summary>Returns a function that writes √weight times the standardised features of a sample.</summary>
    private RowWriter WeightedRows(Dataset data, Dataset.RowReader featuresOf) =>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)] (i, target) =>
        {
            double root = Math.Sqrt(data.Weight(i));
            if (root == 0)
            {
                target.Clear();
                return;
            }

            _features!.Standardize(featuresOf(i), target);
            Reductions.Multiply(target, root);
        };

    private void WriteDecorrelated(int sample, double weight, Span<double> features)
    {
        _basis!.CopyRow(sample, features);
        Reductions.Multiply(features, weight == 0 ? 0 : _basisScale / Math.Sqrt(weight));
    }

    private string? Describe(Dataset data, bool isPenalized)
    {
        string[] constant = [.. data.FeatureNames.Where((_, j) => _features!.Scales[j] == 0)];
        int varying = _columns - constant.Length;
        if (_basis is not null || isPenalized)
            return DataNotes.Of(constant, varying, _basis?.Rank ?? varying);
        int samples = Enumerable.Range(0, data.SampleCount).Count(i => data.Weight(i) > 0),
            most = samples - (Risk.ParameterCount > _outputs * _columns ? 1 : 0);
        int? rank = CurvatureBound.RankOf(Risk.Data);
        return DataNotes.Of(constant, varying, Math.Min(varying, rank ?? most), isBound: rank is null,
            which: "and which are found depends on start and method");
    }
}
