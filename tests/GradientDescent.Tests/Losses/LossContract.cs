using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Losses;

/// <summary>What every loss promises.</summary>
public sealed class LossContract
{
    private const double U = 1.0 / (1L << 53);
    private const double H = 1.0 / (1 << 10);

    private static readonly IReadOnlyDictionary<string, LossCase> _all = AllLosses.ByName;

    public static TheoryData<string> Names => [.. _all.Keys];

    [Fact]
    public void EveryLoss_IsInTheList() => _all.Values.Select(of => of.Loss.GetType()).Should().Contain(
        typeof(ILoss).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ILoss))));

    // Five points have the truncation error h⁴/30·|ℓ⁗′| and pass on the rounding of the values 1.5-fold over h ((1 + 8 + 8 + 1)/12). A
    // value is at most 2·(20 + 1000)² here, computed in ten roundings or fewer, Elementary's two units in the last place included. Moving a
    // score is exact: both are multiples of 2⁻¹⁰.
    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_RandomScores_DerivativeIsThatOfTheReturnedValue(string name)
    {
        LossCase of = _all[name];
        Gen<(double[] Scores, double Target, double Weight)> points =
            from scores in Gen.Choose(-20 * 1024, 20 * 1024).Select(i => i * H).ArrayOf(of.Scores)
            from target in Gen.Elements(of.Targets)
            from weight in Gen.Elements(0.5, 1.0, 3.0)
            select (scores, target, weight);

        Prop.ForAll(points.ToArbitrary(), point => IsNearAKink(of, point.Scores, point.Target)
            || Derivatives(of.Loss, point.Scores, point.Target, point.Weight).All(pair =>
            {
                double highest = point.Scores.Max() + 2 * H;
                double value = of.Terms is null
                    ? of.Loss.Evaluate(point.Scores, [point.Target], [point.Weight], [])
                    : point.Weight * of.Terms(highest, point.Target);
                double largest = value + 4 * H * (Math.Abs(pair.Analytic) + 10 * point.Weight); // of the four points, by Taylor
                double truncation = point.Weight * of.FifthDerivative(highest) * Math.Pow(H, 4) / 30;
                return Math.Abs(pair.Analytic - pair.Numeric) <= truncation + 1.5 / H * 10 * U * largest + 10 * U * Math.Abs(pair.Analytic);
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
        LossCase of = _all[name];
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
        LossCase of = _all[name];
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
        (ILoss loss, double[] some, int perTarget) = (_all[name].Loss, _all[name].Targets, _all[name].Scores);
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

    // A model whose parameters are no longer numbers must be noticed by its loss.
    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_AScoreThatIsNoNumber_IsNoNumber(string name)
    {
        LossCase of = _all[name];
        for (int i = 0; i < of.Scores; i++)
        {
            double[] scores = new double[of.Scores];
            scores[i] = double.NaN;
            of.Loss.Evaluate(scores, [1], [], new double[of.Scores]).Should().Be(double.NaN);
        }
    }

    // Dyadic scales and shifts of dyadic numbers are exact, and rounding does not know the exponent: the same digits, not only nearly so.
    [Theory]
    [MemberData(nameof(Names))]
    public void Rescaled_WhereThereIsSuchALoss_IsTheLossOfScaledTargets(string name)
    {
        (double[] scores, double[] targets) = Block(_all[name]);
        scores = [.. scores.Select(score => Math.Round(score * 1024) / 1024)];
        foreach (double scale in (double[])[4, 1.0 / 8])
        {
            if (_all[name].Loss.Rescaled(scale) is not (ILoss inner, double factor))
            {
                (_all[name].Loss is PoissonLoss or HingeLoss or SquaredHingeLoss or BinaryCrossEntropy or CategoricalCrossEntropy).Should()
                    .BeTrue();
                continue;
            }

            double[] derivatives = new double[scores.Length], innerDerivatives = new double[scores.Length];
            double value = _all[name].Loss.Evaluate(Scaled(scores), Scaled(targets), [], derivatives);

            double expected = factor * inner.Evaluate(scores, targets, [], innerDerivatives);

            value.Should().Be(expected);
            derivatives.Select(d => scale * d).Should().Equal(innerDerivatives.Select(d => factor * d));

            double[] Scaled(double[] numbers) => [.. numbers.Select(number => scale * number + 3)];
        }
    }

    // Weights 0 to 3 against so many copies, through a whole risk: the same numbers in another order, so each of some 60 additions may
    // round by 2⁻⁵³ of the largest sum.
    [Theory]
    [MemberData(nameof(Names))]
    public void Risk_WholeWeights_AreSoManyCopies(string name)
    {
        LossCase of = _all[name];
        var random = new Random(6);
        var model = new LinearRegression(of.Scores);
        double[][] rows = [.. Enumerable.Range(0, 40)
            .Select(_ => Enumerable.Range(0, 3).Select(_ => 2 * random.NextDouble() - 1).ToArray())];
        double[] targets = [.. rows.Select(_ => of.Targets[random.Next(of.Targets.Length)])];
        int[] copies = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Repeat(i, i % 4))];
        double[] parameters = [.. Enumerable.Range(0, model.Layout(3).Count).Select(_ => 2 * random.NextDouble() - 1)];
        double[] expected = new double[parameters.Length], gradient = new double[parameters.Length];
        Dataset repeated = Dataset.From(rows, targets).Select(copies);
        double expectedValue = Objective.Full(new EmpiricalRisk(model, of.Loss, repeated)).Evaluate(parameters, expected);

        Dataset weighted = Dataset.From(rows, targets, [.. rows.Select((_, i) => (double)(i % 4))]);
        double value = Objective.Full(new EmpiricalRisk(model, of.Loss, weighted)).Evaluate(parameters, gradient);

        value.Should().BeApproximately(expectedValue, 60 * U * 10 * Math.Abs(expectedValue));
        gradient.ShouldBeWithin(expected, relative: 0, absolute: 60 * U * 10 * expected.Max(Math.Abs));
    }

    private static bool IsNearAKink(LossCase of, double[] scores, double target) =>
        of.Kinks(target).Any(kink => Math.Abs(scores[0] - kink) <= 2 * H);

    private static (double[] Scores, double[] Targets) Block(LossCase of)
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
