using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Differentiation;

/// <summary>What holds for the derivatives of any formula.</summary>
public sealed class DerivativePropertyTests
{
    private static readonly Arbitrary<AnyFormula> _cases = (
        from seed in Gen.Choose(0, 1_000_000)
        from operations in Gen.Choose(0, 60)
        from count in Gen.Choose(1, 8)
        from numbers in Gen.Choose(-3000, 3000).ArrayOf(count)
        select new AnyFormula(seed, operations, [.. numbers.Select(number => number / 1000.0)])).ToArbitrary();

    [Fact]
    public void Gradient_InBothModes_IsTheSameUpToRounding() => Prop.ForAll(_cases, test =>
    {
        (double forwardValue, double[] forward) = Forward(test.Formula, test.At);
        (double reverseValue, double[] reverse) = Reverse(test.Formula, test.At);

        reverseValue.Should().Be(forwardValue, "the value is computed in the same order");
        AssertClose(reverse, forward, Scale(forward));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Value_WithoutGradient_HasTheSameBits() => Prop.ForAll(_cases, test =>
    {
        IHessianObjective objective = Objective.Differentiable(test.Formula);
        double value = objective.Evaluate(test.At, []);

        objective.Evaluate(test.At, new double[test.At.Length]).Should().Be(value);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gradient_OfACombination_IsTheCombinationOfTheGradients() => Prop.ForAll(_cases, test =>
    {
        RandomFormula other = new(test.Seed + 1, test.Operations);
        (_, double[] ofFirst) = Reverse(test.Formula, test.At);
        (_, double[] ofSecond) = Reverse(other, test.At);
        (_, double[] ofBoth) = Reverse(new Combination<RandomFormula>(3, test.Formula, -2, other), test.At);

        double[] expected = [.. ofFirst.Zip(ofSecond, (x, y) => 3 * x - 2 * y)];
        AssertClose(ofBoth, expected, 5 * (Scale(ofFirst) + Scale(ofSecond)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gradient_OfAFunctionOfAFormula_FollowsTheChainRule() => Prop.ForAll(_cases, test =>
    {
        (double value, double[] inner) = Reverse(test.Formula, test.At);
        (_, double[] outer) = Reverse(new SineOf<RandomFormula>(test.Formula), test.At);

        AssertClose(outer, [.. inner.Select(slope => Math.Cos(value) * slope)], Scale(inner));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hessian_OfAnyFormula_IsSymmetricAndTheDifferenceOfGradients() => Prop.ForAll(_cases, test =>
    {
        int n = test.At.Length;
        IHessianObjective objective = Objective.Differentiable(test.Formula);
        double[][] columns = [.. Enumerable.Range(0, n).Select(j =>
        {
            double[] column = new double[n];
            objective.MultiplyHessian(test.At, [.. Enumerable.Range(0, n).Select(i => i == j ? 1.0 : 0)], column);
            return column;
        })];
        double largest = columns.Max(column => column.Max(Math.Abs)) + 1;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                Math.Abs(columns[i][j] - columns[j][i]).Should().BeLessThan(1e-11 * largest * (1 + test.Operations));
        }

        // A product is linear in the direction.
        double[] direction = [.. Enumerable.Range(0, n).Select(i => 1.5 - i)], product = new double[n];
        objective.MultiplyHessian(test.At, direction, product);
        for (int i = 0; i < n; i++)
        {
            double expected = Enumerable.Range(0, n).Sum(j => columns[j][i] * direction[j]);
            Math.Abs(product[i] - expected).Should().BeLessThan(1e-11 * largest * (1 + test.Operations) * n);
        }
    }).QuickCheckThrowOnFailure();

    private static (double Value, double[] Gradient) Forward<TFormula>(TFormula formula, double[] at) where TFormula : IFormula
    {
        Dual[] parameters = [.. at.Select(Dual.Parameter)];
        Dual result = formula.Evaluate<Dual>(parameters);
        return (result.Value, [.. at.Select((_, lane) => result.Partial(lane))]);
    }

    private static (double Value, double[] Gradient) Reverse<TFormula>(TFormula formula, double[] at) where TFormula : IFormula
    {
        double[] gradient = new double[at.Length];
        double value = new GradientTape().Evaluate(formula.Evaluate<Variable>, at, gradient);
        return (value, gradient);
    }

    private static double Scale(double[] gradient) => 1 + gradient.Max(Math.Abs);

    // Products along at most 60 operations are rounded in another order in each mode. Terms may cancel, by less than 10³ in these formulas.
    private static void AssertClose(double[] actual, double[] expected, double scale)
    {
        for (int i = 0; i < actual.Length; i++)
            Math.Abs(actual[i] - expected[i]).Should().BeLessThan(1e-11 * scale, $"entry {i} is {expected[i]}, not {actual[i]}");
    }

    public sealed record AnyFormula(int Seed, int Operations, double[] At)
    {
        internal RandomFormula Formula => new(Seed, Operations);

        public override string ToString() => $"seed {Seed}, {Operations} operations at {string.Join(", ", At)}";
    }
}
