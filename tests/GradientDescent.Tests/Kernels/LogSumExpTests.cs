using GradientDescent.Kernels;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Kernels;

public sealed class LogSumExpTests
{
    public static TheoryData<int> Counts => [1, 2, 3, 5, 10, 33];

    // A term has an error below 1 ulp of the exponential, and the rounding of xⱼ − t passes on |xⱼ − t|·2⁻⁵³ ≤ 20·2⁻⁵³; n − 1 additions
    // follow.
    [Theory]
    [MemberData(nameof(Counts))]
    public void Replace_RandomNumbers_IsTheExactRest(int count)
    {
        double[] x = Numbers(count, seed: count);
        double top = x.Max();
        Dyadic exact = x.Where(value => value != top)
            .Aggregate(Dyadic.Of(0), (sum, value) => sum + Dyadic.Exp(Dyadic.Of(value) - Dyadic.Of(top)));

        (double largest, double rest) = Replace<DoubleLane>([.. x], lanes: 1)[0];

        largest.Should().Be(top);
        ((Dyadic.Of(rest) - exact).Abs() <= exact * Dyadic.Of(count + 22).Scaled(-53)).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Replace_EightLanes_HaveTheBitsOfOne(int count)
    {
        double[][] rows = [.. Enumerable.Range(0, 8).Select(i => Numbers(count, seed: i))];
        (double, double)[] single = [.. rows.Select(row => Replace<DoubleLane>([.. row], lanes: 1)[0])];

        (double, double)[] together =
            Replace<Lanes512<double>>([.. Enumerable.Range(0, count).SelectMany(j => rows.Select(row => row[j]))], lanes: 8);

        together.Should().Equal(single);
    }

    [Fact]
    public void Replace_TwoLargest_CountsOneOfThem() =>
        Replace<DoubleLane>([5, 7, 7], lanes: 1)[0].Should().Be((7, Elementary.Exp(-2) + 1));

    private static (double Largest, double OfOthers)[] Replace<V>(double[] columns, int lanes) where V : struct, ILanes<V, double>
    {
        double[] largest = new double[lanes], rest = new double[lanes];
        V.Store(LogSumExp.Replace(ref columns[0], (nuint)lanes, columns.Length / lanes, out V top), ref rest[0], 0);
        V.Store(top, ref largest[0], 0);
        return [.. largest.Zip(rest)];
    }

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 20 * random.NextDouble())];
    }
}
