using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>
/// Eigenvalues of C + B/m, which bound the curvature of a linear model's risk: its Hessian is at most m·C + B at all parameters.
/// </summary>
/// <remarks>
/// C = Σ wᵢ xᵢxᵢᵀ / Σ wᵢ is the matrix of second moments, with a 1 at the end of each row x if there is an intercept. m is the largest
/// curvature of the loss with respect to a sample's scores, and B that of the penalty's smooth part. If the loss gives no m, the
/// eigenvalues are those of C.
/// </remarks>
/// <param name="Largest">The largest eigenvalue, or a lower estimate of it.</param>
/// <param name="UpperBound">An upper bound of the largest eigenvalue; <paramref name="Source"/> gives its guarantee.</param>
/// <param name="Smallest">
/// The smallest eigenvalue above 0. With power iteration: an upper estimate of the smallest eigenvalue, which is 0 if columns are linearly
/// dependent. NaN if it was not computed.
/// </param>
/// <param name="Rank">The number of eigenvalues above 0; <see langword="null"/> if it is not known.</param>
/// <param name="Source">How the numbers were computed.</param>
internal sealed record CurvatureBound(double Largest, double UpperBound, double Smallest, int? Rank, CurvatureSource Source)
{
    // Up to these limits all singular values take about a second; power iteration takes 100 passes at any width.
    private const int MaxColumns = 256;
    internal const long MaxWork = 1L << 31;

    private const long QuickWork = 1L << 23; // a few milliseconds
    private const int WorkOfRotations = 16; // times d³

    private const int Rounds = 100;
    private const double Margin = 1.25;

    /// <summary>
    /// The upper bound L of the curvature of the risk at any parameters, including the smooth part of its penalty; <see langword="null"/>
    /// if the loss has no known bound.
    /// </summary>
    public double? Bound { get; private init; }

    /// <summary>Computes the bound for a risk.</summary>
    /// <param name="risk">The risk of a linear model.</param>
    /// <param name="wantsSmallest">
    /// Whether to compute the smallest eigenvalue with another 100 passes over the data if power iteration is used.
    /// </param>
    /// <param name="maxWork">The largest n·d² for which all singular values are computed.</param>
    public static CurvatureBound From(EmpiricalRisk risk, bool wantsSmallest, long maxWork = MaxWork)
    {
        Dataset data = risk.Data;
        int width = data.FeatureCount + (HasIntercept(risk) ? 1 : 0);
        double? ofScores = CurvatureOfScores(risk);
        double[] ridge = RidgeOf(risk, width, ofScores);
        CurvatureBound bound = width <= MaxColumns && (double)data.SampleCount * width * width <= maxWork
            ? BySingularValues(data, ridge)
            : ByPowerIteration(risk, ridge, wantsSmallest);
        return bound with { Bound = ofScores * bound.UpperBound };
    }

    /// <summary>
    /// Returns the number of linearly independent columns of the data; <see langword="null"/> if this would take more than a few
    /// milliseconds.
    /// </summary>
    /// <param name="data">The samples, with columns of about the same scale.</param>
    public static int? RankOf(Dataset data)
    {
        int width = data.FeatureCount;
        double work = ((double)data.SampleCount + WorkOfRotations * width) * width * width;
        return width <= MaxColumns && work <= QuickWork ? BySingularValues(data, new double[width]).Rank : null;
    }

    /// <summary>Returns m: the loss's largest curvature, divided by the number of targets, as a sample's weight is.</summary>
    private static double? CurvatureOfScores(EmpiricalRisk risk) => risk.Loss.MaxCurvature is not { } ofLoss ? null
        : ofLoss > 0 && double.IsFinite(ofLoss) ? ofLoss / risk.Data.TargetCount
        : throw Guard.Invalid(
            "loss", $"MaxCurvature of {risk.Loss.GetType().Name} is {ofLoss}: it must be a finite number greater than 0, or null.");

    /// <summary>Returns the diagonal of B/m for one output; it is the same for all outputs.</summary>
    private static double[] RidgeOf(EmpiricalRisk risk, int width, double? ofScores)
    {
        double[] ridge = new double[width];
        if (risk.Term?.SmoothPart is not { } term || ofScores is not { } curvature)
            return ridge;
        if (term.Curvatures.Length == 0)
        {
            throw Guard.Invalid("penalty",
                $"{term.GetType().Name} has no Curvatures: the rate cannot be computed from the curvature. Give a rate or the curvatures.");
        }

        int columns = risk.Data.FeatureCount;
        for (int j = 0; j < width; j++)
            ridge[j] = term.Curvatures[j < columns ? j : columns * risk.Model.OutputCount] / curvature;
        return ridge;
    }

    private static bool HasIntercept(EmpiricalRisk risk) => risk.ParameterCount > risk.Data.FeatureCount * risk.Model.OutputCount;

    private static CurvatureBound BySingularValues(Dataset data, double[] ridge)
    {
        double[] singular = SingularValues.From(data, ridge, out double totalWeight);
        double[] eigenvalues = [.. singular.Select(s => s * s / totalWeight)];
        double largest = eigenvalues.Max();
        double tolerance = OrthonormalBasis.RankTolerance(data.SampleCount, ridge.Length);
        double[] positive = [.. eigenvalues.Where(value => value > tolerance * tolerance * largest)];
        double smallest = positive.Length == 0 ? largest : positive.Min();
        return new(largest, largest, smallest, positive.Length, CurvatureSource.SingularValues);
    }

    private static CurvatureBound ByPowerIteration(EmpiricalRisk risk, double[] ridge, bool wantsSmallest)
    {
        var squares = new EmpiricalRisk(new LinearRegression(risk.Data.TargetCount, HasIntercept(risk)), new HalfSquaredScore(), risk.Data)
        {
            MaxDegreeOfParallelism = risk.MaxDegreeOfParallelism,
            ParallelThreshold = risk.ParallelThreshold,
        };
        IObjective quadratic = Objective.Full(squares);
        double[] start = StartFor(risk.Data, squares.ParameterCount, ridge, out double trace);
        double largest = PowerIteration.LargestEigenvalue(start, Rounds, Times);
        (double upperBound, CurvatureSource source) = trace <= Margin * largest
            ? (trace, CurvatureSource.Trace)
            : (Margin * largest, CurvatureSource.RandomStart);
        double smallest = wantsSmallest ? upperBound - PowerIteration.LargestEigenvalue(start, Rounds, TimesComplement) : double.NaN;
        return new(largest, upperBound, smallest <= start.Length * double.ScaleB(1, -52) * upperBound ? 0 : smallest, null, source);

        void Times(double[] vector, double[] product)
        {
            quadratic.Evaluate(vector, product);
            Reductions.Multiply(product, risk.Data.TargetCount); // a sample's weight is divided among its targets
            for (int j = 0; j < ridge.Length; j++)
            {
                int index = j < risk.Data.FeatureCount ? j : j * risk.Data.TargetCount;
                product[index] += ridge[j] * vector[index];
            }
        }

        // The largest eigenvalue of u·I − (C + B/m), with u the upper bound, is u minus the smallest of C + B/m.
        void TimesComplement(double[] vector, double[] product)
        {
            Times(vector, product);
            for (int i = 0; i < product.Length; i++)
                product[i] = upperBound * vector[i] - product[i];
        }
    }

    /// <summary>
    /// Returns a start vector, approximately normally distributed so that no direction is preferred, with zeros outside the coordinates of
    /// the first output that have a curvature; and computes the trace.
    /// </summary>
    private static double[] StartFor(Dataset data, int parameterCount, double[] ridge, out double trace)
    {
        int columns = data.FeatureCount;
        double[] start = new double[parameterCount];
        bool[] isUsed = [.. ridge.Select(square => square > 0)];
        Dataset.RowReader rowOf = data.StoredFeatureReader();
        double sum = 0, totalWeight = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double weight = data.Weight(i);
            if (weight == 0)
                continue;
            ReadOnlySpan<double> row = rowOf(i);
            sum += weight * Reductions.Dot(row, row);
            totalWeight += weight;
            ReadOnlySpan<int> stored = data.Sparse is { } table ? table.ColumnsOf(i) : [];
            for (int k = 0; k < row.Length; k++)
                isUsed[stored.IsEmpty ? k : stored[k]] |= row[k] != 0;
        }

        var random = new CounterRandom(seed: 0, stream: -4);
        for (int j = 0; j < columns; j++)
            start[j] = isUsed[j] ? Normal(j) : 0;
        int intercept = columns * data.TargetCount;
        bool hasIntercept = parameterCount > intercept;
        if (hasIntercept)
            start[intercept] = Normal(columns);
        trace = sum / totalWeight + (hasIntercept ? 1 : 0) + ridge.Sum();
        return start;

        double Normal(long index)
        {
            const int Terms = 12;
            double total = 0;
            for (int k = 0; k < Terms; k++)
                total += random.Symmetric(Terms * index + k);
            return total;
        }
    }

    /// <summary>The loss ½ŷ²: the gradient of its mean at v is C·v.</summary>
    private sealed class HalfSquaredScore : ILoss
    {
        public double Evaluate(
            ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
        {
            double sum = 0;
            for (int i = 0; i < predictions.Length; i++)
            {
                double weight = weights.IsEmpty ? 1 : weights[i];
                sum += weight * predictions[i] * predictions[i] / 2;
                if (!derivatives.IsEmpty)
                    derivatives[i] = weight * predictions[i];
            }

            return sum;
        }
    }
}
