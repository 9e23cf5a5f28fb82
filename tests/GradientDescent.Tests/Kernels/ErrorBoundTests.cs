using GradientDescent.Kernels;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Kernels;

/// <summary>Sums and products against exact arithmetic, on numbers chosen to be hard.</summary>
/// <remarks>
/// Higham, "Accuracy and Stability of Numerical Algorithms", (3.5): where a term meets at most m roundings on its way into the sum, the
/// error is at most γₘ Σ|terms|, γₘ = mu/(1 − mu), u = 2⁻⁵³. A product rounded below the normal numbers, alone or together with the sum it
/// is added to, is wrong by up to 2⁻¹⁰⁷⁵ instead, which later roundings enlarge to at most 2⁻¹⁰⁷⁵(1 + γₘ) = 2⁻¹⁰⁷⁵/(1 − mu); sums that
/// small are exact. With n products, all times 1 − mu:
/// <code>|error| (1 − mu) ≤ mu Σ|terms| + n 2⁻¹⁰⁷⁵</code>
/// It holds whether a product is rounded before it is added or not: not rounding it leaves one rounding out.
/// </remarks>
public sealed class ErrorBoundTests
{
    private const int LongestLength = 130;

    // Two groups of four rows and three left over, one of them twice, in an order that is not theirs.
    private static readonly int[] _rows = [2, 3, 0, 1, 8, 9, 4, 4, 6, 7, 10];

    public static TheoryData<string> Difficulties => [.. _draw.Keys];

    private static readonly Dictionary<string, Func<Random, double>> _draw = new()
    {
        ["of one size"] = random => Scaled(random, 0, 1),
        ["huge and tiny"] = random => Scaled(random, -500, 500),
        // Products from far below the smallest number to well above the normal ones, and factors that are subnormal themselves.
        ["subnormal products"] = random => Scaled(random, -560, -480),
        ["subnormal factors"] = random => random.Next(2) == 0 ? random.Next(-9, 10) * double.Epsilon : Scaled(random, -3, 45),
    };

    // A term's way in a dot product: its own product, at most ⌈n/8⌉ − 1 sums in its lane (the first is to 0, exact), three in the tree. One
    // to spare where products are fused.
    [Theory]
    [MemberData(nameof(Difficulties))]
    public void Dot_AnyLength_IsWithinItsBound(string difficulty)
    {
        ForAnyLength(difficulty, (length, numbers) =>
        {
            (double[] x, double[] y) = numbers.Pair(length);

            double dot = Reductions.Dot(x, y);

            Bound(dot, Products(x, y), roundings: LaneRoundings(length), products: length);
        });
    }

    // No products: one rounding fewer than a dot product.
    [Theory]
    [MemberData(nameof(Difficulties))]
    public void Sum_AnyLength_IsWithinItsBound(string difficulty)
    {
        ForAnyLength(difficulty, (length, numbers) =>
        {
            double[] x = numbers.Pair(length).X;

            double sum = Reductions.Sum(x);

            Bound(sum, x.Select(Dyadic.Of), roundings: LaneRoundings(length) - 1, products: 0);
        });
    }

    // Each row is a dot product; its offset comes last and is one rounding more.
    [Theory]
    [MemberData(nameof(Difficulties))]
    public void RowProductsDot_AnyLength_IsWithinItsBoundInEachRow(string difficulty)
    {
        ForAnyLength(difficulty, (length, numbers) =>
        {
            foreach (double offset in (double[])[0, numbers.Any()])
            {
                (double[] x, double[][] table) = numbers.Table(length, _rows.Length);
                double[] results = new double[_rows.Length];

                RowProducts.Dot(Set(table, length), x, offset, results, 1);

                for (int i = 0; i < _rows.Length; i++)
                {
                    Bound(
                        results[i],
                        Products(table[_rows[i]], x).Append(Dyadic.Of(offset)),
                        roundings: LaneRoundings(length) + (offset == 0 ? 0 : 1),
                        products: length);
                }
            }
        });
    }

    // Row after row is added to each element: r sums, and the first row's product is one rounding more.
    [Theory]
    [MemberData(nameof(Difficulties))]
    public void RowProductsAddScaled_AnyLength_IsWithinItsBoundInEachElement(string difficulty)
    {
        ForAnyLength(difficulty, (length, numbers) =>
        {
            (double[] start, double[][] table) = numbers.Table(length, _rows.Length);
            double[] factors = numbers.Factors(_rows.Length), sum = [.. start];

            RowProducts.AddScaled(Set(table, length), factors, 1, sum);

            for (int j = 0; j < length; j++)
            {
                double[] column = [.. _rows.Select(row => table[row][j])];
                Bound(sum[j], Products(factors, column).Append(Dyadic.Of(start[j])), roundings: _rows.Length + 1, products: _rows.Length);
            }
        });
    }

    // 1 and then numbers a little above half the last place of 1: each sum with the 1 is rounded up by nearly as much, so the bound is
    // nearly reached in the lane of the 1. The errors of one sum after the other would be eight times as large, beyond it from 24 numbers
    // on.
    [Fact]
    public void Sums_WhoseRoundingsAllGoUp_AreWithinTheirBounds()
    {
        for (int length = 1; length <= LongestLength; length++)
        {
            double[] x = [1, .. Enumerable.Repeat(Math.ScaleB(1 + 1e-6, -53), length - 1)], ones = [.. Enumerable.Repeat(1.0, length)],
                results = new double[_rows.Length];
            Dyadic[] terms = [.. x.Select(Dyadic.Of)];

            RowProducts.Dot(Set([.. Enumerable.Repeat(x, _rows.Length)], length), ones, 0, results, 1);

            foreach (double sum in (double[])[Reductions.Sum(x), Reductions.Dot(x, ones), .. results])
                Bound(sum, terms, LaneRoundings(length) - 1, products: 0); // products with 1 are exact
        }
    }

    private static int LaneRoundings(int length) => (length + 7) / 8 + 3;

    private static IEnumerable<Dyadic> Products(double[] x, double[] y) => x.Zip(y, (a, b) => Dyadic.Of(a) * Dyadic.Of(b));

    private static void ForAnyLength(string difficulty, Action<int, Numbers> test)
    {
        for (int length = 0; length <= LongestLength; length++)
            test(length, new Numbers(new Random(length), _draw[difficulty]));
    }

    private static void Bound(double computed, IEnumerable<Dyadic> terms, int roundings, int products)
    {
        Dyadic exact = Dyadic.Of(0), magnitude = Dyadic.Of(0);
        foreach (Dyadic term in terms)
        {
            exact += term;
            magnitude += term.Abs();
        }

        double.IsFinite(computed).Should().BeTrue();
        Dyadic mu = Dyadic.Of(roundings).Scaled(-53), underflow = Dyadic.Of(products).Scaled(-1075);
        Dyadic error = (Dyadic.Of(computed) - exact).Abs();
        (error * (Dyadic.Of(1) - mu) <= mu * magnitude + underflow).Should().BeTrue("{0} terms: the error is {1}", products, error);
    }

    /// <summary>Rows padded with zeros to whole vectors, as a data set keeps them.</summary>
    private static RowView<double> Set(double[][] table, int length)
    {
        int stride = (length + 7) & ~7;
        double[] storage = new double[table.Length * stride];
        for (int i = 0; i < table.Length; i++)
            table[i].CopyTo(storage, i * stride);
        return new RowView<double>(storage, length, stride, _rows, []);
    }

    private static double Scaled(Random random, int lowest, int highest) =>
        Math.ScaleB(2 * random.NextDouble() - 1, random.Next(lowest, highest));

    /// <summary>Numbers of one difficulty, of which products nearly cancel: within a lane, between lanes, and from row to row.</summary>
    private sealed class Numbers(Random random, Func<Random, double> draw)
    {
        public double Any() => draw(random);

        public (double[] X, double[] Y) Pair(int length)
        {
            double[] x = new double[length], y = new double[length];
            for (int i = 0; i < length; i++)
            {
                (x[i], y[i]) = (Any(), Any());
                if (i >= 8 && i % 3 == 0)
                    (x[i], y[i]) = (AlmostMinus(x[i - 8]), y[i - 8]);
                else if (i % 5 == 4)
                    (x[i], y[i]) = (AlmostMinus(x[i - 1]), y[i - 1]);
            }

            return (x, y);
        }

        /// <summary>A vector, and rows of which each product with it nearly cancels the one before in turn.</summary>
        public (double[] X, double[][] Table) Table(int length, int rowCount)
        {
            (double[] row, double[] x) = Pair(length);
            double[][] table = new double[rowCount][];
            for (int i = 0; i < rowCount; i++)
                table[i] = i == 0 ? row : i % 2 == 0 ? Pair(length).X : Array.ConvertAll(table[i - 1], AlmostMinus);
            return (x, table);
        }

        /// <summary>Equal in pairs, so that rows that nearly cancel still do.</summary>
        public double[] Factors(int count)
        {
            double[] factors = new double[count];
            for (int i = 0; i < count; i++)
                factors[i] = i % 2 == 0 ? Any() : factors[i - 1];
            return factors;
        }

        private double AlmostMinus(double value) => -value * (1 + Math.ScaleB(random.NextDouble(), -random.Next(30, 60)));
    }
}
