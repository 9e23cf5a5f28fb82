namespace GradientDescent.Tests.Penalties;

/// <summary>Texts, arguments and parts of the penalties.</summary>
public class PenaltyFormTests
{
    private static readonly ParameterLayout _layout =
        new(new ParameterBlock("weights", 1, 2), new ParameterBlock("intercepts", 1, role: ParameterRole.Bias));

    [Fact]
    public void ToString_NamesKindStrengthAndIntercepts()
    {
        $"{new L1Penalty(0.5)}".Should().Be("L1Penalty(0.5)");
        $"{new L1Penalty(0.5, onIntercepts: true)}".Should().Be("L1Penalty(0.5, on intercepts)");
        $"{new L2Penalty(2)}".Should().Be("L2Penalty(2)");
        $"{new L2Penalty(2, onIntercepts: true)}".Should().Be("L2Penalty(2, on intercepts)");
        $"{new ElasticNetPenalty(4, 0.25)}".Should().Be("ElasticNetPenalty(L1 1, L2 3)");
        $"{new ElasticNetPenalty(4, 0.25, onIntercepts: true)}".Should().Be("ElasticNetPenalty(L1 1, L2 3, on intercepts)");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void StrengthOutsideItsInterval_IsRefused(double strength)
    {
        Func<IPenalty>[] all = [() => new L1Penalty(strength), () => new L2Penalty(strength), () => new ElasticNetPenalty(strength)];
        foreach (Func<IPenalty> create in all)
            create.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(strength));
    }

    [Fact]
    public void SmoothPart_LeavesTheAbsoluteValuesOut()
    {
        PenaltyTerm both = new ElasticNetPenalty(4, 0.25).Bind(_layout, [], 1)!;
        PenaltyTerm smooth = both.SmoothPart!;

        (both.IsNonsmooth, smooth.IsNonsmooth).Should().Be((true, false));
        // Σ|w| + 3/2·Σw² at (2, −1), and the second part alone; the intercept is free.
        both.Value([2, -1, 9]).Should().Be(3 + 7.5);
        smooth.Value([2, -1, 9]).Should().Be(7.5);
        smooth.SmoothPart.Should().BeSameAs(smooth);
        new L2Penalty(1).Bind(_layout, [], 1)!.SmoothPart!.IsNonsmooth.Should().BeFalse();
    }

    [Fact]
    public void FreeParameters_StayAsTheyAre()
    {
        PenaltyTerm term = new L1Penalty(1).Bind(_layout, [], 1)!;
        double[] parameters = [0.5, -3, double.NaN], gradient = [0.25, 1, double.NaN];

        term.MapGradient(parameters, gradient, 0.5);
        term.ProximalStep(parameters, 1);

        // Steps of 1 towards 0; the intercept, whose strength is 0, is not made a number.
        parameters.Should().Equal(0, -2, double.NaN);
        // 0.5 − 0.5·0.25 = 0.375 is below the threshold 0.5: θ/τ = 1. −3 − 0.5 = −3.5 is beyond it: g − 1 = 0.
        gradient.Should().Equal(1, 0, double.NaN);
    }
}
