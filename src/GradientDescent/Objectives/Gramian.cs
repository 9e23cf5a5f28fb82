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
/// Eigenvalues of C = Σ wᵢ xᵢxᵢᵀ / Σ wᵢ, with a 1 at the end of each row x where there is an intercept. The Hessian of a linear model's risk is at most C times the loss's
/// largest second derivative.
/// </summary>
/// <param name="Largest">The largest, or what was found of it, from below.</param>
/// <param name="Secured">At least the largest, as <paramref name="Source"/> says.</param>
/// <param name="Smallest">The smallest above 0. By power iteration: of all, from above, so that columns which depend on each other make it 0. NaN where it was not looked for.</param>
/// <param name="Rank">How many are above 0; <see langword="null"/> where that is not known.</param>
/// <param name="Source">How they were found.</param>
internal sealed record Gramian(double Largest, double Secured, double Smallest, int? Rank, CurvatureSource Source)
{
    // Up to here all singular values cost about a second; power iteration costs 100 passes whatever the width.
    private const int MostColumns = 256;
    internal const long MostWork = 1L << 31;

    private const int Rounds = 100;
    private const double Margin = 1.25;
    private const int BlockRows = 256;

    /// <param name="risk">The risk of a linear model.</param>
    /// <param name="wantsSmallest">Whether the smallest is worth another hundred passes over the data where the spectrum is not computed.</param>
    /// <param name="mostWork">From n·d² on it is not.</param>
    public static Gramian Of(EmpiricalRisk risk, bool wantsSmallest, long mostWork = MostWork)
    {
        Dataset data = risk.Data;
        int width = data.FeatureCount + (HasIntercept(risk) ? 1 : 0);
        return width <= MostColumns && (double)data.SampleCount * width * width <= mostWork
            ? BySpectrum(data, width)
            : ByPowerIteration(risk, wantsSmallest);
    }

    private static bool HasIntercept(EmpiricalRisk risk) => risk.ParameterCount > risk.Data.FeatureCount * risk.Model.OutputCount;

    private static Gramian BySpectrum(Dataset data, int width)
    {
        double[][] triangle = Triangle(data, width, out double totalWeight);
        double[] eigenvalues = [.. SingularValues(triangle).Select(s => s * s / totalWeight)];
        double largest = eigenvalues.Max();
        // As a fit's orthonormal basis counts: singular values, to within max(n, d) units in the last place of the largest.
        double tolerance = Math.Max(data.SampleCount, width) * double.ScaleB(1, -52);
        double[] positive = [.. eigenvalues.Where(value => value > tolerance * tolerance * largest)];
        return new(largest, largest, positive.Length == 0 ? largest : positive.Min(), positive.Length, CurvatureSource.Spectrum);
    }

    /// <summary>R of the thin QR of the rows √w·x, from Householder reflections of a block at a time: backward stable, unlike C itself, which squares the condition number.</summary>
    private static double[][] Triangle(Dataset data, int width, out double totalWeight)
    {
        double[][] triangle = NewRows(width, width), block = NewRows(width, BlockRows);
        Dataset.RowReader rowOf = data.FeatureReader();
        totalWeight = 0;
        int filled = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double weight = data.Weight(i);
            if (weight != 0)
            {
                totalWeight += weight;
                double root = Math.Sqrt(weight);
                ReadOnlySpan<double> row = rowOf(i);
                for (int j = 0; j < width; j++)
                    block[j][filled] = root * (j < row.Length ? row[j] : 1);
                filled++;
            }

            if (filled == BlockRows || i == data.SampleCount - 1)
            {
                Absorb(triangle, block, filled);
                filled = 0;
            }
        }

        return triangle;
    }

    /// <summary>The triangle of the rows so far and those of a block, whose columns are used up. Golub and Van Loan, "Matrix Computations", section 6.5.3.</summary>
    private static void Absorb(double[][] triangle, double[][] block, int count)
    {
        for (int j = 0; j < triangle.Length; j++)
        {
            Span<double> column = block[j].AsSpan(0, count);
            double length = Reductions.Norm(column), top = triangle[j][j];
            if (length == 0)
                continue;
            double reflected = -Math.CopySign(double.Hypot(top, length), top);
            double share = (reflected - top) / reflected;
            Reductions.Divide(column, top - reflected);
            triangle[j][j] = reflected;
            for (int k = j + 1; k < triangle.Length; k++)
            {
                double part = share * (triangle[j][k] + Reductions.Dot(block[k].AsSpan(0, count), column));
                triangle[j][k] -= part;
                Reductions.AddScaled(block[k].AsSpan(0, count), -part, column);
            }
        }
    }

    /// <summary>One-sided Jacobi: pairs of rows are rotated until all are orthogonal; their lengths are the singular values. Hestenes, 1958.</summary>
    private static IEnumerable<double> SingularValues(double[][] rows)
    {
        const int MostSweeps = 60;
        bool isRotating = true;
        for (int sweep = 0; isRotating && sweep < MostSweeps; sweep++)
        {
            isRotating = false;
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = i + 1; j < rows.Length; j++)
                    isRotating |= Orthogonalize(rows[i], rows[j]);
            }
        }

        return rows.Select(row => Reductions.Norm(row));
    }

    private static bool Orthogonalize(double[] x, double[] y)
    {
        double xx = Reductions.Dot<double>(x, x), yy = Reductions.Dot<double>(y, y), xy = Reductions.Dot<double>(x, y);
        if (!(Math.Abs(xy) > 1e-15 * Math.Sqrt(xx) * Math.Sqrt(yy)))
            return false;
        double zeta = (yy - xx) / (2 * xy);
        double tangent = Math.CopySign(1 / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta)), zeta);
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent), sine = cosine * tangent;
        for (int k = 0; k < x.Length; k++)
            (x[k], y[k]) = (cosine * x[k] - sine * y[k], sine * x[k] + cosine * y[k]);
        return true;
    }

    private static Gramian ByPowerIteration(EmpiricalRisk risk, bool wantsSmallest)
    {
        var squares = new EmpiricalRisk(new LinearRegression(risk.Data.TargetCount, HasIntercept(risk)), new HalfSquaredScore(), risk.Data)
        {
            MaxDegreeOfParallelism = risk.MaxDegreeOfParallelism,
            ParallelThreshold = risk.ParallelThreshold,
        };
        IObjective quadratic = Objective.Full(squares);
        double[] start = StartFor(risk.Data, squares.ParameterCount, out double trace);
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
        }
    }

    /// <summary>A nearly normal start, so that no direction is preferred, in the columns that are not 0 and of the first output alone; and the trace of C.</summary>
    private static double[] StartFor(Dataset data, int parameterCount, out double trace)
    {
        int columns = data.FeatureCount;
        double[] start = new double[parameterCount];
        bool[] isUsed = new bool[columns];
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
        trace = sum / totalWeight + (hasIntercept ? 1 : 0);
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
            quotient = Reductions.Dot<double>(vector, product);
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

    private static double[][] NewRows(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];
}
