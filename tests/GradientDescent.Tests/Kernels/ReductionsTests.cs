using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

public sealed class ReductionsTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 131)];

    public static TheoryData<int> ShortLengths => [.. Enumerable.Range(0, 68)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Dot_AnyLength_HasTheBitsOfEightScalarLanes(int length)
    {
        (double[] x, double[] y) = Wild(length);

        double dot = Reductions.Dot(x, y);

        BitConverter.DoubleToInt64Bits(dot).Should().Be(BitConverter.DoubleToInt64Bits(EightLanes([.. x.Zip(y, (a, b) => a * b)])));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sum_AnyLength_HasTheBitsOfEightScalarLanes(int length)
    {
        double[] x = Wild(length).X;

        double sum = Reductions.Sum(x);

        BitConverter.DoubleToInt64Bits(sum).Should().Be(BitConverter.DoubleToInt64Bits(EightLanes(x)));
    }

    [Fact]
    public void Sum_LargeTermsThatCancelWithinALane_KeepsTheSmallOnes()
    {
        // Lane 0 holds 1e300 and −1e300, lanes 1 to 7 hold 1 twice: 14.
        double[] x = [1e300, 1, 1, 1, 1, 1, 1, 1, -1e300, 1, 1, 1, 1, 1, 1, 1];

        Reductions.Sum(x).Should().Be(14);
    }

    [Fact]
    public void Norm_ThreeAndFour_IsFive() => Reductions.Norm([3, -4]).Should().Be(5);

    // Squares overflow above 2⁵¹² and lose digits below 2⁻⁵¹¹; powers of two change no digit.
    [Theory]
    [InlineData(-1074)]
    [InlineData(-1000)]
    [InlineData(-540)]
    [InlineData(-466)]
    [InlineData(-460)]
    [InlineData(497)]
    [InlineData(500)]
    [InlineData(511)]
    [InlineData(1021)]
    public void Norm_AnyPowerOfTwo_ScalesTheResultExactly(int exponent) =>
        Reductions.Norm([Math.ScaleB(3, exponent), Math.ScaleB(-4, exponent), 0]).Should().Be(Math.ScaleB(5, exponent));

    [Fact]
    public void Norm_OfNothingOrZeros_IsZero()
    {
        Reductions.Norm([]).Should().Be(0);
        Reductions.Norm([0, -0.0, 0]).Should().Be(0);
    }

    [Fact]
    public void Norm_OfNumbersThatAreNotFinite_IsNotFinite()
    {
        Reductions.Norm([1, double.NegativeInfinity, 2]).Should().Be(double.PositiveInfinity);
        Reductions.Norm([1, 2, double.NaN]).Should().Be(double.NaN);
        Reductions.Norm([double.MaxValue, double.MaxValue]).Should().Be(double.PositiveInfinity);
    }

    [Fact]
    public void IndexOfMax_OfSeveral_IsTheFirstOfTheLargest()
    {
        Reductions.IndexOfMax([7]).Should().Be(0);
        Reductions.IndexOfMax([-5, -2, -7]).Should().Be(1);
        Reductions.IndexOfMax([1, 3, 2, 3]).Should().Be(1);
        Reductions.IndexOfMax([4, 4, 4]).Should().Be(0);
        Reductions.IndexOfMax([1, 2, 9]).Should().Be(2);
    }

    [Fact]
    public void Clamp_OfNumbersBeyondTheLimit_IsTheLimitWithTheirSign()
    {
        double[] target = [-5, -1.5, -1, 0, 0.5, 1.5, double.PositiveInfinity];

        Reductions.Clamp(target, 1.5);

        target.Should().Equal(-1.5, -1.5, -1, 0, 0.5, 1.5, 1.5);
    }

    [Theory]
    [MemberData(nameof(ShortLengths))]
    public void MultiplyAndMoveTowards_AnyLength_EqualTheScalarLoop(int length)
    {
        (double[] x, double[] target) = Wild(length);
        double[] product = [.. target], moved = [.. target];

        Reductions.Multiply(product, 0.1);
        Reductions.MoveTowards(moved, 0.1, x);

        product.Should().Equal([.. target.Select(t => t * 0.1)]);
        moved.Should().Equal([.. target.Zip(x, (t, a) => t + 0.1 * (a - t))]);
    }

    [Theory]
    [MemberData(nameof(ShortLengths))]
    public void AddScaled_AnyLength_EqualsTheScalarLoop(int length)
    {
        (double[] x, double[] target) = Wild(length);
        double[] expected = [.. target.Zip(x, (t, a) => t + 0.1 * a)];

        Reductions.AddScaled(target, 0.1, x);

        target.Should().Equal(expected);
    }

    [Fact]
    public void AddScaled_TargetLongerThanX_LeavesTheRest()
    {
        double[] target = [.. Enumerable.Repeat(1.0, 20)];

        Reductions.AddScaled(target, 2, [.. Enumerable.Repeat(3.0, 11)]);

        target.Should().Equal([.. Enumerable.Repeat(7.0, 11), .. Enumerable.Repeat(1.0, 9)]);
    }

    [Theory]
    [MemberData(nameof(ShortLengths))]
    public void Divide_AnyLength_EqualsTheScalarLoop(int length)
    {
        double[] target = Wild(length).X;
        double[] expected = [.. target.Select(t => t / 3)];

        Reductions.Divide(target, 3);

        target.Should().Equal(expected);
    }

    [Theory]
    [MemberData(nameof(ShortLengths))]
    public void AreFinite_OneBadNumberAnywhere_IsFound(int length)
    {
        double[] x = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? double.MaxValue : -double.Epsilon)];
        Reductions.AreFinite(x).Should().BeTrue();
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            for (int i = 0; i < length; i++)
            {
                double good = x[i];
                x[i] = bad;
                Reductions.AreFinite(x).Should().BeFalse("{0} is at {1}", bad, i);
                x[i] = good;
            }
        }
    }

    /// <summary>The order of additions that the comment on <see cref="Reductions"/> promises, one number at a time.</summary>
    private static double EightLanes(double[] terms)
    {
        double[] lane = new double[8];
        for (int i = 0; i < terms.Length; i++)
            lane[i % 8] += terms[i];
        return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
    }

    /// <summary>
    /// Magnitudes from 2⁻⁶⁰ to 2⁶⁰; every third number nearly cancels the one eight places before it, which shares its lane.
    /// </summary>
    private static (double[] X, double[] Y) Wild(int length)
    {
        var random = new Random(length);
        double[] x = new double[length], y = new double[length];
        for (int i = 0; i < length; i++)
        {
            (x[i], y[i]) = (Any(), Any());
            if (i >= 8 && i % 3 == 0)
                (x[i], y[i]) = (-x[i - 8] * (1 + Math.ScaleB(random.NextDouble(), -40)), y[i - 8]);
        }

        return (x, y);

        double Any() => Math.ScaleB(2 * random.NextDouble() - 1, random.Next(-60, 61));
    }
}
