using System.Runtime.CompilerServices;

namespace GradientDescent.Tests.Solvers;

/// <summary>The two-loop recursion against the update of the dense inverse Hessian.</summary>
public class CurvaturePairsTests
{
    private const int Length = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)] // more pairs than the memory of 6
    public void Multiply_AfterPairs_EqualsTheDenseFormula(int count)
    {
        CurvaturePairs pairs = Create(capacity: 6);
        var kept = new List<(double[] S, double[] Y)>();
        for (int k = 0; k < count; k++)
            kept.Add(Add(pairs, k));
        double[] gradient = Vector(99), product = new double[Length];

        pairs.Multiply(gradient, product, isFixed: null);

        pairs.Count.Should().Be(Math.Min(count, 6));
        AssertClose(product, Times(Dense([.. kept.TakeLast(6)], free: Enumerable.Range(0, Length)), gradient));
    }

    [Fact]
    public void Multiply_WithFixedParameters_IsTheFormulaInTheSpaceOfTheOthers()
    {
        CurvaturePairs pairs = Create(capacity: 6);
        (double[] S, double[] Y)[] kept = [.. Enumerable.Range(0, 4).Select(k => Add(pairs, k))];
        bool[] isFixed = [false, true, false, false, true, false];
        int[] free = [0, 2, 3, 5];
        double[] gradient = [.. Vector(99).Select((g, j) => isFixed[j] ? 0 : g)], product = new double[Length];

        pairs.Multiply(gradient, product, isFixed);

        double[] expected = Times(Dense(kept, free), gradient);
        AssertClose(product, expected);
        (product[1], product[4]).Should().Be((0, 0));
    }

    [Fact]
    public void Multiply_WithoutPairs_IsTheIdentity()
    {
        CurvaturePairs pairs = Create(capacity: 3);
        Add(pairs, 0);
        pairs.Clear();
        double[] product = new double[Length];

        pairs.Multiply(Vector(5), product, isFixed: null);

        product.Should().Equal(Vector(5));
    }

    [Fact]
    public void Add_OfAStepWithoutPositiveCurvature_KeepsTheOldPairs()
    {
        CurvaturePairs pairs = Create(capacity: 1), twin = Create(capacity: 1);
        Add(pairs, 0);
        Add(twin, 0);
        double[] zero = new double[Length], one = Vector(1), opposite = [.. one.Select(x => -x)];

        pairs.Add(zero, zero, one, opposite); // sᵀy < 0
        pairs.Add(zero, zero, one, zero); // y = 0

        double[] product = new double[Length], expected = new double[Length];
        pairs.Multiply(one, product, isFixed: null);
        twin.Multiply(one, expected, isFixed: null);
        product.Should().Equal(expected);
    }

    private static CurvaturePairs Create(int capacity) =>
        new(new double[capacity * Length], new double[capacity * Length], new StrongBox<double>(), capacity);

    private static double[] Vector(int seed) => [.. Enumerable.Range(0, Length).Select(j => Math.Sin(1 + 3 * seed + 7 * j))];

    /// <summary>Adds the pair of a step s and y = Bs with a positive definite diagonal B and a rank-one term.</summary>
    private static (double[] S, double[] Y) Add(CurvaturePairs pairs, int k)
    {
        double[] from = Vector(2 * k), s = Vector(2 * k + 1), to = [.. from.Zip(s, (a, b) => a + b)];
        double[] step = [.. to.Zip(from, (a, b) => a - b)], y = [.. step.Select((x, j) => (1 + j) * x + 0.25 * step.Sum())];
        double[] start = Vector(50 + k), end = [.. start.Zip(y, (a, b) => a + b)];
        pairs.Add(from, start, to, end);
        return (step, [.. end.Zip(start, (a, b) => a - b)]);
    }

    /// <summary>H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ from H = sᵀy/yᵀy of the newest pair. Nocedal and Wright, eq. (7.16) and (7.20).</summary>
    private static double[,] Dense((double[] S, double[] Y)[] pairs, IEnumerable<int> free)
    {
        int[] kept = [.. free];
        (double[] S, double[] Y) newest = pairs[^1];
        double scale = kept.Sum(j => newest.S[j] * newest.Y[j]) / kept.Sum(j => newest.Y[j] * newest.Y[j]);
        double[,] h = new double[Length, Length];
        foreach (int j in kept)
            h[j, j] = scale;
        foreach ((double[] s, double[] y) in pairs)
        {
            double rho = 1 / kept.Sum(j => s[j] * y[j]);
            double[,] next = new double[Length, Length];
            foreach (int a in kept)
            {
                foreach (int b in kept)
                {
                    double sum = rho * s[a] * s[b];
                    foreach (int c in kept)
                    {
                        foreach (int d in kept)
                            sum += ((a == c ? 1 : 0) - rho * s[a] * y[c]) * h[c, d] * ((d == b ? 1 : 0) - rho * y[d] * s[b]);
                    }

                    next[a, b] = sum;
                }
            }

            h = next;
        }

        return h;
    }

    private static double[] Times(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, Length).Select(a => Enumerable.Range(0, Length).Sum(b => matrix[a, b] * vector[b]))];

    // Each of the at most 6 pairs takes about 2 · 6 roundings of terms that are at most some hundred times the result.
    private static void AssertClose(double[] actual, double[] expected)
    {
        double largest = expected.Max(Math.Abs);
        for (int j = 0; j < Length; j++)
            actual[j].Should().BeApproximately(expected[j], 1e-12 * largest);
    }
}
