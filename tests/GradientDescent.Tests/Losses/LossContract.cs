using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Losses;

/// <summary>What every loss promises.</summary>
public sealed class LossContract
{
    private const double U = 1.0 / (1L << 53);
    private const double H = 1.0 / (1 << 10);

    /// <summary>A loss, the scores it takes per target, targets it takes, and a bound of its fifth derivative by one score.</summary>
    /// <remarks>
    /// Squared error is a quadratic: 0. Along one score both cross-entropies are ln(A + eˢ) minus a straight line, a shifted softplus, whose fifth derivative is
    /// the sigmoid's fourth. Where |Im z| ≤ π/2, Re e⁻ᶻ ≥ 0 and |σ(z)| = 1/|1 + e⁻ᶻ| ≤ 1; by Cauchy's estimate on that circle |σ⁗| ≤ 4!/(π/2)⁴ &lt; 4.
    /// </remarks>
    private sealed record Case(ILoss Loss, int Scores, double[] Targets, double FifthDerivative);

    private static readonly Dictionary<string, Case> _all = new()
    {
        ["squared error"] = new(new MeanSquaredError(), 1, [-2.5, 0, 1e3], 0),
        ["binary"] = new(new BinaryCrossEntropy(), 1, [0, 1], 4),
        ["four classes"] = new(new CategoricalCrossEntropy(), 4, [0, 1, 2, 3], 4),
    };

    public static TheoryData<string> Names => [.. _all.Keys];

    // Five points have the truncation error h⁴/30·|ℓ⁗′| and pass on the rounding of the values 1.5-fold over h ((1 + 8 + 8 + 1)/12). A value is at most
    // 2·(20 + 1000)² here, computed in ten roundings or fewer, Elementary's two units in the last place included. Moving a score is exact: both are multiples of 2⁻¹⁰.
    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_RandomScores_DerivativeIsThatOfTheReturnedValue(string name)
    {
        Case of = _all[name];
        Gen<(double[] Scores, double Target, double Weight)> points =
            from scores in Gen.Choose(-20 * 1024, 20 * 1024).Select(i => i * H).ArrayOf(of.Scores)
            from target in Gen.Elements(of.Targets)
            from weight in Gen.Elements(0.5, 1.0, 3.0)
            select (scores, target, weight);

        Prop.ForAll(points.ToArbitrary(), point => Derivatives(of.Loss, point.Scores, point.Target, point.Weight).All(pair =>
        {
            double value = of.Loss.Evaluate(point.Scores, [point.Target], [point.Weight], []);
            double largest = value + 4 * H * (Math.Abs(pair.Analytic) + 10 * point.Weight); // of the four points, by Taylor
            double allowed = point.Weight * of.FifthDerivative * Math.Pow(H, 4) / 30 + 1.5 / H * 10 * U * largest + 10 * U * Math.Abs(pair.Analytic);
            return Math.Abs(pair.Analytic - pair.Numeric) <= allowed;
        })).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_WithoutDerivatives_ReturnsTheSameBits(string name)
    {
        (double[] scores, double[] targets) = Block(_all[name]);
        double with = _all[name].Loss.Evaluate(scores, targets, [], new double[scores.Length]);

        double without = _all[name].Loss.Evaluate(scores, targets, [], []);

        without.Should().Be(with);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_WeightsOfOne_EqualNoWeights(string name)
    {
        (double[] scores, double[] targets) = Block(_all[name]);
        double[] without = new double[scores.Length], with = new double[scores.Length];
        double expected = _all[name].Loss.Evaluate(scores, targets, [], without);

        double value = _all[name].Loss.Evaluate(scores, targets, [.. targets.Select(_ => 1.0)], with);

        value.Should().Be(expected);
        with.Should().Equal(without);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_WeightTwo_IsTwoCopies(string name)
    {
        // One target at a time, so that nothing is rounded that is not rounded in both: 2x and x + x are the same number.
        Case of = _all[name];
        (double[] scores, double[] targets) = Block(of);
        for (int i = 0; i < targets.Length; i++)
        {
            double[] row = scores[(i * of.Scores)..((i + 1) * of.Scores)];
            double[] twice = new double[of.Scores], copies = new double[2 * of.Scores];
            double expected = of.Loss.Evaluate([.. row, .. row], [targets[i], targets[i]], [], copies);

            double value = of.Loss.Evaluate(row, [targets[i]], [2], twice);

            value.Should().Be(expected);
            twice.Should().Equal(copies.Take(of.Scores).Zip(copies.Skip(of.Scores), (a, b) => a + b));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_WeightZero_CountsForNothing(string name)
    {
        Case of = _all[name];
        double[] derivatives = [.. Enumerable.Repeat(double.NaN, of.Scores)];

        double value = of.Loss.Evaluate(new double[of.Scores], [1], [0], derivatives);

        value.Should().Be(0);
        derivatives.Should().OnlyContain(derivative => derivative == 0);
    }

    // 203 samples are several blocks and a rest of every width. Added one after the other, the losses are the sum.
    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_ManyTargets_HasTheBitsOfOneAtATime(string name)
    {
        (ILoss loss, int perTarget, double[] some, _) = _all[name];
        var random = new Random(4);
        double[] targets = [.. Enumerable.Range(0, 203).Select(_ => some[random.Next(some.Length)])];
        double[] weights = [.. targets.Select(_ => 0.1 + random.NextDouble())];
        double[] scores = [.. Enumerable.Range(0, targets.Length * perTarget).Select(_ => 60 * random.NextDouble() - 30)];
        double[] one = new double[scores.Length], all = new double[scores.Length];
        double expected = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            expected += loss.Evaluate(
                scores.AsSpan(i * perTarget, perTarget), targets.AsSpan(i, 1), weights.AsSpan(i, 1), one.AsSpan(i * perTarget, perTarget));
        }

        double sum = loss.Evaluate(scores, targets, weights, all);

        sum.Should().Be(expected);
        all.Should().Equal(one);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_NoTargets_IsZero(string name) => _all[name].Loss.Evaluate([], [], [], []).Should().Be(0);

    private static (double[] Scores, double[] Targets) Block(Case of)
    {
        var random = new Random(3);
        double[] targets = [.. of.Targets, .. of.Targets];
        return ([.. Enumerable.Range(0, targets.Length * of.Scores).Select(_ => 10 * random.NextDouble() - 5)], targets);
    }

    private static IEnumerable<(double Analytic, double Numeric)> Derivatives(ILoss loss, double[] scores, double target, double weight)
    {
        double[] analytic = new double[scores.Length];
        loss.Evaluate(scores, [target], [weight], analytic);
        return analytic.Select((derivative, j) => (derivative, (At(j, -2 * H) - 8 * At(j, -H) + 8 * At(j, H) - At(j, 2 * H)) / (12 * H)));

        double At(int j, double shift)
        {
            double[] moved = [.. scores];
            moved[j] += shift;
            return loss.Evaluate(moved, [target], [weight], []);
        }
    }
}
