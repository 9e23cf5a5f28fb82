using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The weighted mean and spread of each column.</summary>
/// <remarks>
/// The rows are read twice: for the bounds and the means, and for the squares. Columns are scaled by powers of two, which is exact, so that
/// no square overflows or underflows. Only if a sum could do so before the bounds are known, the rows are read once more for the means.
/// The sums are those of <see cref="PartedSum"/>, with the same bits on any number of ranks.
/// </remarks>
internal sealed partial class ColumnStatistics
{
    private const int LargestExactExponent = 900;

    private readonly double[] _largest; // the largest magnitude of each column

    private ColumnStatistics(double[] centers, double[] scales, double[] largest, double largestOfAll) =>
        (Centers, Scales, _largest, LargestMagnitude) = (centers, scales, largest, largestOfAll);

    /// <summary>The mean of each column; 0 if columns are not centred.</summary>
    public double[] Centers { get; }

    /// <summary>The root mean square of the differences of each column from its centre; 0 if all differences are 0.</summary>
    public double[] Scales { get; }

    /// <summary>The largest magnitude of all numbers.</summary>
    public double LargestMagnitude { get; }

    /// <summary>The largest scale divided by the smallest scale that is greater than 0; 1 if all scales are 0.</summary>
    public double RatioOfScales
    {
        get
        {
            double[] positive = [.. Scales.Where(scale => scale > 0).DefaultIfEmpty(1)];
            return positive.Max() / positive.Min();
        }
    }

    /// <summary>Computes the statistics of the features; where the data is sharded, each rank reads its own rows.</summary>
    /// <param name="data">The samples and their weights.</param>
    /// <param name="centered">Whether columns are centred.</param>
    public static ColumnStatistics OfFeatures(Dataset data, bool centered) =>
        data.Sparse is { } table
            ? OfSparse(data, table, centered)
            : From(data, data.FeatureCount, data.OwnFeatureReader(), centered, data.RowSharding);

    /// <summary>Computes the statistics of the rows whose weight is greater than 0.</summary>
    /// <param name="data">The samples and their weights.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rowOf">The function that reads the row of a sample.</param>
    /// <param name="centered">Whether columns are centred.</param>
    /// <param name="sharding">
    /// How the samples are divided among ranks, if this rank reads its own only; <see langword="null"/>: it reads all.
    /// </param>
    public static ColumnStatistics From(
        Dataset data, int columns, Dataset.RowReader rowOf, bool centered, Sharding? sharding = null)
    {
        double[] low = new double[columns], high = new double[columns], ones = new double[columns];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        Array.Fill(ones, 1);
        double totalWeight = 0;
        var sum = new PartedSum(data.Parts, sharding);
        double[] means = WeightedMean([MethodImpl(MethodImplOptions.AggressiveOptimization)] (row, weight, sums) =>
        {
            ColumnOperations.Include(row, low, high);
            if (centered)
                ColumnOperations.AddScaled(row, ones, weight, sums);
        });
        sharding?.Widen(low, high);
        double[] factors = [.. low.Zip(high, PowerOfTwoFor)];
        if (centered)
        {
            means = factors.All(IsModerate) && IsModerate(totalWeight)
                ? [.. means.Zip(factors, (mean, factor) => mean * factor)]
                : WeightedMean((row, weight, sums) => ColumnOperations.AddScaled(row, factors, weight, sums));
        }

        double[] squares = WeightedMean(
            [MethodImpl(MethodImplOptions.AggressiveOptimization)] (row, weight, sums) =>
                ColumnOperations.AddSquares(row, factors, means, weight, sums));

        double[] centers = new double[columns], scales = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            bool isConstant = low[j] == high[j];
            centers[j] = centered && isConstant ? low[j] : means[j] / factors[j];
            scales[j] = (centered ? isConstant : isConstant && low[j] == 0) ? 0 : Math.Sqrt(squares[j]) / factors[j];
        }

        double[] largest = [.. low.Zip(high, (lowest, highest) => Math.Max(Math.Abs(lowest), Math.Abs(highest)))];
        return new(centers, scales, largest, largest.Max());

        double[] WeightedMean(AddRow add)
        {
            double[] sums = new double[columns];
            var parts = new PartsOfRows(data, rowOf, add, new double[columns]);
            totalWeight = sum.Of(ref parts, sums).Weight;
            return Array.ConvertAll(sums, sum => sum / totalWeight);
        }
    }

    /// <summary>
    /// Returns the statistics of the columns times 2⁻ᵉ, with their exponents e; <see langword="null"/> if that could round a number.
    /// </summary>
    public ColumnStatistics? InUnits(int[] exponents)
    {
        return Array.TrueForAll(exponents, exponent => Math.Abs(exponent) <= LargestExactExponent)
            ? new ColumnStatistics(InUnit(Centers), InUnit(Scales), InUnit(_largest), double.NaN)
            : null;

        double[] InUnit(double[] numbers) => [.. numbers.Select((number, j) => Math.ScaleB(number, -exponents[j]))];
    }

    /// <summary>Writes (value − centre)/scale for each column, without overflow in the difference; 0 if the scale is 0.</summary>
    public void Standardize(ReadOnlySpan<double> row, Span<double> target) =>
        ColumnOperations.Standardize(row, Centers, Scales, target);

    /// <summary>Returns a power of two near 1/(largest magnitude). The result is a normal number.</summary>
    private static double PowerOfTwoFor(double low, double high)
    {
        double magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        return magnitude == 0 ? 1 : Math.ScaleB(1, Math.Clamp(-Math.ILogB(magnitude), -1020, 1020));
    }

    /// <summary>Whether products of such numbers, and their sums, are far from overflow and underflow.</summary>
    private static bool IsModerate(double number) => number is > 1e-100 and < 1e100;

    private delegate void AddRow(ReadOnlySpan<double> row, double weight, Span<double> sums);

    /// <summary>Adds the rows of each part.</summary>
    private readonly struct PartsOfRows(Dataset data, Dataset.RowReader rowOf, AddRow add, double[] sums) : IPartSource
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Push(SumNode node, SumTree tree)
        {
            for (int part = node.First; part < node.End; part++)
            {
                double total = 0;
                sums.AsSpan().Clear();
                for (int i = data.Parts.StartOf(part), end = data.Parts.StartOf(part + 1); i < end; i++)
                {
                    double weight = data.Weight(i);
                    if (weight == 0)
                        continue;
                    total += weight;
                    add(rowOf(i), weight, sums);
                }

                tree.Push(0, sums, new LossSum(0, total));
            }
        }
    }
}
