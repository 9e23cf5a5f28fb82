using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Losses;

public sealed class CrossEntropyTests
{
    [Theory]
    [InlineData(800, 0, 800, 1)] // ln(1 + e⁸⁰⁰) = 800 + ln(1 + e⁻⁸⁰⁰); e⁻⁸⁰⁰ is below the smallest double
    [InlineData(800, 1, 0, 0)]
    [InlineData(-800, 0, 0, 0)]
    [InlineData(-800, 1, 800, -1)]
    [InlineData(1e308, 0, 1e308, 1)]
    [InlineData(1e308, 1, 0, 0)]
    [InlineData(double.PositiveInfinity, 1, 0, 0)]
    [InlineData(double.PositiveInfinity, 0, double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, 1, double.PositiveInfinity, -1)]
    [InlineData(double.NegativeInfinity, 0, 0, 0)]
    public void Binary_ExtremeScores_AreExact(double score, double target, double value, double derivative)
    {
        double[] derivatives = new double[1];

        double loss = new BinaryCrossEntropy().Evaluate([score], [target], [], derivatives);

        loss.Should().Be(value);
        derivatives[0].Should().Be(derivative);
    }

    // e⁻⁴⁰ = 4.248354255291589e-18 (mpmath): far below the ulp of 1, so 1 − σ(40) would be 0. Both are e⁻⁴⁰ up to e⁻⁸⁰; a few roundings:
    // 1e-15.
    [Fact]
    public void Binary_SureAndRight_KeepsTheDigitsOfTheSmallLoss()
    {
        double[] derivatives = new double[1];

        double loss = new BinaryCrossEntropy().Evaluate([40], [1], [], derivatives);

        new[] { loss, -derivatives[0] }.ShouldBeWithin([4.248354255291589e-18, 4.248354255291589e-18], relative: 1e-15);
    }

    [Fact]
    public void Categorical_ScoresOfPlusMinus800_AreExact()
    {
        // Row 0: all mass on class 0, label 0. Row 1: label 1 lies 1600 below the top, loss 1600, softmax 1, 0, 0.
        double[] derivatives = new double[6];

        double loss = new CategoricalCrossEntropy().Evaluate([800, -800, 0, 800, -800, 0], [0, 1], [], derivatives);

        loss.Should().Be(1600);
        derivatives.Should().Equal(0, 0, 0, 1, -1, 0);
    }

    [Fact]
    public void Categorical_ScoresAllShiftedByAThousand_GiveTheSameBits() // the top score is taken off first, exactly for these numbers
    {
        double[] near = new double[3], far = new double[3];
        double expected = new CategoricalCrossEntropy().Evaluate([0.5, -1.25, 3], [1], [], near);

        double loss = new CategoricalCrossEntropy().Evaluate([1000.5, 998.75, 1003], [1], [], far);

        loss.Should().Be(expected);
        far.Should().Equal(near);
    }

    // Scores 40 and 0 twice, label 0: loss ln(1 + 2e⁻⁴⁰) = 2e⁻⁴⁰ up to its square; derivative of the label −2e⁻⁴⁰, of the others e⁻⁴⁰.
    [Fact]
    public void Categorical_SureAndRight_KeepsTheDigitsOfTheSmallLoss()
    {
        double[] derivatives = new double[3];

        double loss = new CategoricalCrossEntropy().Evaluate([40, 0, 0], [0], [], derivatives);

        const double e = 4.248354255291589e-18;
        new[] { loss }.ShouldBeWithin([2 * e], relative: 1e-15);
        derivatives.ShouldBeWithin([-2 * e, e, e], relative: 1e-15);
    }

    // Two classes with scores 0 and s are the binary case with score s. Tolerance: five roundings either way, Elementary's two ulp
    // included, below 1e-15.
    [Theory]
    [InlineData(-30.5)]
    [InlineData(-0.3)]
    [InlineData(0.0)]
    [InlineData(2.25)]
    [InlineData(100.0)]
    public void Categorical_TwoClasses_EqualsBinary(double score)
    {
        foreach (double label in (double[])[0, 1])
        {
            double[] binary = new double[1], categorical = new double[2];
            double expected = new BinaryCrossEntropy().Evaluate([score], [label], [], binary);

            double loss = new CategoricalCrossEntropy().Evaluate([0, score], [label], [], categorical);

            new[] { loss, categorical[0], categorical[1] }.ShouldBeWithin([expected, -binary[0], binary[0]], relative: 2e-15);
        }
    }

    // Longer rows than the memory that a thread has at hand; softmax of equal scores is 1/K and ln K is within two units in the last place.
    [Theory]
    [InlineData(2)]
    [InlineData(65)]
    [InlineData(1024)]
    public void Categorical_EqualScores_GiveTheUniformDistribution(int classes)
    {
        double[] derivatives = new double[20 * classes];

        double loss = new CategoricalCrossEntropy().Evaluate(new double[20 * classes], new double[20], [], derivatives);

        new[] { loss }.ShouldBeWithin([20 * Math.Log(classes)], relative: 1e-14);
        derivatives.Where((_, i) => i % classes == 0).Should().OnlyContain(derivative => derivative == -(classes - 1.0) / classes);
        derivatives.Where((_, i) => i % classes != 0).Should().OnlyContain(derivative => derivative == 1.0 / classes);
    }
}
