using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>What a largest curvature rests on.</summary>
public enum CurvatureSource
{
    /// <summary>All singular values of the data were computed: exact up to rounding.</summary>
    Spectrum,

    /// <summary>
    /// 1.25 times what 100 rounds of power iteration found from a random start. The chance that the largest eigenvalue is above that is less than 1 in a million below 28 million
    /// columns: 0.824·√d·0.8^99.5 (Kuczyński and Woźniakowski, 1992, Theorem 4.1).
    /// </summary>
    RandomStart,

    /// <summary>The mean square length of the rows, which is the sum of all eigenvalues: never too small, often several times too large.</summary>
    Trace,

    /// <summary>Power iteration at the start alone, from below: the loss has no known bound (<see cref="ILoss.MaxCurvature"/>), and elsewhere it may bend more.</summary>
    StartOnly,
}

/// <summary>
/// Eigenvalues of C + B/m, where C = Σ wᵢ xᵢxᵢᵀ / Σ wᵢ, with a 1 at the end of each row x where there is an intercept, m is the largest curvature of the loss by a sample's scores and B is that of
/// the penalty's smooth part. The Hessian of a linear model's risk is at most m·C + B everywhere. Where the loss gives no m, of C alone.
/// </summary>
/// <param name="Largest">The largest, or what was found of it, from below.</param>
/// <param name="Secured">At least the largest, as <paramref name="Source"/> says.</param>
/// <param name="Smallest">The smallest above 0. By power iteration: of all, from above, so that columns which depend on each other make it 0. NaN where it was not looked for.</param>
/// <param name="Rank">How many are above 0; <see langword="null"/> where that is not known.</param>
/// <param name="Source">How they were found.</param>
internal sealed record CurvatureBound(double Largest, double Secured, double Smallest, int? Rank, CurvatureSource Source)
{
    // Up to here all singular values cost about a second; power iteration costs 100 passes whatever the width.
    private const int MaxColumns = 256;
    internal const long MaxWork = 1L << 31;

    private const long LittleWork = 1L << 23; // a few milliseconds
    private const int WorkOfRotations = 16; // by d³

    private const int Rounds = 100;
    private const double Margin = 1.25;

    /// <summary>L: no less than the largest curvature of the risk anywhere, its penalty's smooth part included; <see langword="null"/> where the loss has no known bound.</summary>
    public double? Bound { get; private init; }

    /// <param name="risk">The risk of a linear model.</param>
    /// <param name="wantsSmallest">Whether the smallest is worth another hundred passes over the data where the spectrum is not computed.</param>
    /// <param name="maxWork">From n·d² on it is not.</param>
    public static CurvatureBound Of(EmpiricalRisk risk, bool wantsSmallest, long maxWork = MaxWork)
    {
        Dataset data = risk.Data;
        int width = data.FeatureCount + (HasIntercept(risk) ? 1 : 0);
        double? ofScores = CurvatureOfScores(risk);
        double[] ridge = RidgeOf(risk, width, ofScores);
        CurvatureBound gramian = width <= MaxColumns && (double)data.SampleCount * width * width <= maxWork
            ? BySpectrum(data, ridge)
            : ByPowerIteration(risk, ridge, wantsSmallest);
        return gramian with { Bound = ofScores * gramian.Secured };
    }

    /// <summary>How many of the data's columns are independent; <see langword="null"/> where that would take more than a moment.</summary>
    /// <param name="data">Columns about equal in scale.</param>
    public static int? RankOf(Dataset data)
    {
        int width = data.FeatureCount;
        return width <= MaxColumns && ((double)data.SampleCount + WorkOfRotations * width) * width * width <= LittleWork ? BySpectrum(data, new double[width]).Rank : null;
    }

    /// <summary>m: the loss's, divided among a sample's targets as its weight is.</summary>
    private static double? CurvatureOfScores(EmpiricalRisk risk) => risk.Loss.MaxCurvature is not { } ofLoss ? null
        : ofLoss > 0 && double.IsFinite(ofLoss) ? ofLoss / risk.Data.TargetCount
        : throw Guard.Invalid("loss", $"MaxCurvature of {risk.Loss.GetType().Name} is {ofLoss}: it must be a finite number greater than 0, or null.");

    /// <summary>The diagonal of B/m for one output: all have the same.</summary>
    private static double[] RidgeOf(EmpiricalRisk risk, int width, double? ofScores)
    {
        double[] ridge = new double[width];
        if (risk.Term?.SmoothPart is not { } term || ofScores is not { } curvature)
            return ridge;
        int columns = risk.Data.FeatureCount;
        for (int j = 0; j < width; j++)
            ridge[j] = term.Curvatures[j < columns ? j : columns * risk.Model.OutputCount] / curvature;
        return ridge;
    }

    private static bool HasIntercept(EmpiricalRisk risk) => risk.ParameterCount > risk.Data.FeatureCount * risk.Model.OutputCount;

    private static CurvatureBound BySpectrum(Dataset data, double[] ridge)
    {
        double[] singular = SingularValues.Of(data, ridge, out double totalWeight);
        double[] eigenvalues = [.. singular.Select(s => s * s / totalWeight)];
        double largest = eigenvalues.Max();
        // As a fit's orthonormal basis counts: singular values, to within max(n, d) units in the last place of the largest.
        double tolerance = Math.Max(data.SampleCount, ridge.Length) * double.ScaleB(1, -52);
        double[] positive = [.. eigenvalues.Where(value => value > tolerance * tolerance * largest)];
        return new(largest, largest, positive.Length == 0 ? largest : positive.Min(), positive.Length, CurvatureSource.Spectrum);
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
        double largest = LargestEigenvalue(start, Times);
        (double secured, CurvatureSource source) = trace <= Margin * largest ? (trace, CurvatureSource.Trace) : (Margin * largest, CurvatureSource.RandomStart);
        double smallest = !wantsSmallest ? double.NaN : secured - LargestEigenvalue(start, (vector, product) =>
        {
            Times(vector, product);
            for (int i = 0; i < product.Length; i++)
                product[i] = secured * vector[i] - product[i];
        });
        return new(largest, secured, smallest <= start.Length * double.ScaleB(1, -52) * secured ? 0 : smallest, null, source);

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
    }

    /// <summary>A nearly normal start, so that no direction is preferred, in the coordinates that have a curvature and of the first output alone; and the trace.</summary>
    private static double[] StartFor(Dataset data, int parameterCount, double[] ridge, out double trace)
    {
        int columns = data.FeatureCount;
        double[] start = new double[parameterCount];
        bool[] isUsed = [.. ridge.Select(square => square > 0)];
        Dataset.RowReader rowOf = data.FeatureReader();
        double sum = 0, totalWeight = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double weight = data.Weight(i);
            if (weight == 0)
                continue;
            ReadOnlySpan<double> row = rowOf(i);
            sum += weight * Reductions.Dot(row, row);
            totalWeight += weight;
            for (int j = 0; j < columns; j++)
                isUsed[j] |= row[j] != 0;
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

    /// <summary>The Rayleigh quotient after a fixed number of rounds.</summary>
    private static double LargestEigenvalue(double[] start, Action<double[], double[]> times)
    {
        double[] vector = [.. start], product = new double[start.Length];
        double quotient = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double norm = Reductions.Norm(vector);
            if (!(norm > 0) || !double.IsFinite(norm))
                return double.IsFinite(norm) ? 0 : norm;
            Reductions.Divide(vector, norm);
            times(vector, product);
            quotient = Reductions.Dot(vector, product);
            (vector, product) = (product, vector);
        }

        return quotient;
    }

    /// <summary>½ŷ²: the gradient of its mean at v is C·v.</summary>
    private sealed class HalfSquaredScore : ILoss
    {
        public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
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
