using System.Numerics;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Differentiation;

public sealed class DifferentiableObjectiveTests
{
    private static readonly double[] _at = [2, -1];

    // f = x² + 10xy + y³ at (2, −1): −17, gradient (2x + 10y, 10x + 3y²) = (−6, 23), Hessian (2, 10; 10, 6y = −6).
    private static Variable Cubic(ReadOnlySpan<Variable> p) => p[0] * p[0] + 10 * p[0] * p[1] + p[1] * p[1] * p[1];

    private readonly struct GenericCubic : IFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> p) where T : unmanaged, IFloatingPointIeee754<T> =>
            p[0] * p[0] + T.CreateChecked(10) * p[0] * p[1] + p[1] * p[1] * p[1];
    }

    /// <summary>Σ (i + 1)·xᵢ³, with the gradient 3(i + 1)xᵢ² and the diagonal Hessian 6(i + 1)xᵢ.</summary>
    private readonly struct Cubes : IFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> p) where T : unmanaged, IFloatingPointIeee754<T>
        {
            T sum = T.Zero;
            for (int i = 0; i < p.Length; i++)
                sum += T.CreateChecked(i + 1) * p[i] * p[i] * p[i];
            return sum;
        }
    }

    public static TheoryData<string> Forms => ["lambda", "generic"];

    private static IHessianObjective New(string form) =>
        form == "lambda" ? Objective.Differentiable(Cubic) : Objective.Differentiable(new GenericCubic());

    [Theory]
    [MemberData(nameof(Forms))]
    public void Evaluate_APolynomial_GivesValueAndExactGradient(string form)
    {
        IHessianObjective objective = New(form);
        double[] gradient = new double[2];

        objective.Evaluate(_at, gradient).Should().Be(-17);
        objective.Evaluate(_at, []).Should().Be(-17);

        gradient.Should().Equal(-6, 23);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void MultiplyHessian_APolynomial_IsExact(string form)
    {
        IHessianObjective objective = New(form);
        double[] product = new double[2];

        objective.MultiplyHessian(_at, [1, 0], product);
        product.Should().Equal(2, 10);
        objective.MultiplyHessian(_at, [3, -2], product);
        product.Should().Equal(-14, 42);
        objective.MultiplyHessian([0, 5], [3, -2], product); // another point: (2, 10; 10, 30)
        product.Should().Equal(-14, -30);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(300)]
    public void Evaluate_AnyNumberOfParameters_IsExact(int count)
    {
        double[] at = [.. Enumerable.Range(0, count).Select(i => (i % 5) - 2.0)], gradient = new double[count], product = new double[count];
        IHessianObjective objective = Objective.Differentiable(new Cubes());

        objective.Evaluate(at, gradient).Should().Be(at.Select((x, i) => (i + 1) * x * x * x).Sum());
        objective.MultiplyHessian(at, [.. at.Select(_ => 1.0)], product);

        gradient.Should().Equal(at.Select((x, i) => 3 * (i + 1) * x * x));
        product.Should().Equal(at.Select((x, i) => 6 * (i + 1) * x));
    }

    [Fact]
    public void Evaluate_AnotherNumberOfParameters_IsAllowed()
    {
        IHessianObjective objective = Objective.Differentiable(p => Formula.SquaredNorm(p));
        foreach (int count in (int[])[3, 1000, 0, 2])
        {
            double[] at = [.. Enumerable.Repeat(0.5, count)], gradient = new double[count];

            objective.Evaluate(at, gradient).Should().Be(count / 4.0);

            gradient.Should().AllBeEquivalentTo(1.0);
        }
    }

    [Fact]
    public void Evaluate_AFormulaThatIgnoresItsParameters_HasGradientZero()
    {
        double[] gradient = [7, 7];

        Objective.Differentiable(_ => 3).Evaluate(_at, gradient).Should().Be(3);
        gradient.Should().Equal(0, 0);
        Objective.Differentiable(p => p[1]).Evaluate(_at, gradient).Should().Be(-1);
        gradient.Should().Equal(0, 1);
        Objective.Differentiable(p => p[1] + p[0].Value).Evaluate(_at, gradient).Should().Be(1);
        gradient.Should().Equal(0, 1);
    }

    [Fact]
    public void MultiplyHessian_AFormulaWithoutSecondDerivatives_IsZero()
    {
        double[] product = [7, 7];
        foreach (VariableFormula formula in (VariableFormula[])[_ => 3, p => p[0], p => 2 * p[0] - p[1]])
        {
            Objective.Differentiable(formula).MultiplyHessian(_at, [1, 1], product);

            product.Should().Equal(0, 0);
        }
    }

    [Fact]
    public void Evaluate_ABranch_IsRecordedAnew()
    {
        IHessianObjective objective = Objective.Differentiable(p => p[0] > 1 ? p[0] * p[0] : 5 * p[0]);
        double[] gradient = new double[1];

        objective.Evaluate([3], gradient);
        gradient.Should().Equal(6);
        objective.Evaluate([0], gradient);
        gradient.Should().Equal(5);
    }

    [Fact]
    public void Evaluate_AFormulaThatEvaluatesAnother_IsExact()
    {
        // The inner objective is a constant for the outer one: d/dx (x · 9) with 9 = 3².
        IHessianObjective inner = Objective.Differentiable(p => p[0] * p[0]);
        IHessianObjective outer = Objective.Differentiable(p => p[0] * inner.Evaluate([p[0].Value], new double[1]));
        double[] gradient = new double[1];

        outer.Evaluate([3], gradient).Should().Be(27);

        gradient.Should().Equal(9);
    }

    [Fact]
    public void Evaluate_AFormulaThatEvaluatesItself_IsRefused()
    {
        IHessianObjective? objective = null;
        objective = Objective.Differentiable(p => p[0] * objective!.Evaluate([1], []));

        objective.Invoking(o => o.Evaluate([3], new double[1])).Should()
            .Throw<InvalidOperationException>().WithMessage("*give each its own*");
    }

    [Fact]
    public void Evaluate_AVariableOfAnEarlierCall_IsRefused()
    {
        Variable kept = default;
        bool isFirst = true;
        IHessianObjective objective = Objective.Differentiable(p =>
        {
            Variable result = isFirst ? p[0] : p[0] * kept;
            (kept, isFirst) = (p[0], false);
            return result;
        });
        objective.Evaluate([3], new double[1]);

        objective.Invoking(o => o.Evaluate([3], new double[1])).Should()
            .Throw<InvalidOperationException>().WithMessage("*later one*Value*");
        objective.Invoking(o => o.Evaluate([3], [])).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Evaluate_AVariableOfAnotherTape_IsRefused()
    {
        Action use = () => new GradientTape().Evaluate(
            outer => outer[0] * new GradientTape().Evaluate(
                inner => Formula.Dot([inner[0], 1], new ReadOnlySpan<Variable>([1, Outside()])), [1], new double[1]),
            [1],
            new double[1]);

        use.Should().Throw<InvalidOperationException>().WithMessage("*another tape*");

        static Variable Outside()
        {
            Variable leaked = default;
            new GradientTape().Evaluate(p => leaked = p[0], [1], new double[1]);
            return leaked;
        }
    }

    [Fact]
    public void Operations_OnAVariableOutsideOfItsFormula_AreRefused()
    {
        Variable leaked = default;
        new GradientTape().Evaluate(p => leaked = p[0], [2], new double[1]);

        ((Action)(() => _ = leaked * leaked)).Should().Throw<InvalidOperationException>();
        ((Action)(() => _ = Variable.Exp(leaked))).Should().Throw<InvalidOperationException>();
        ((Action)(() => _ = -leaked)).Should().Throw<InvalidOperationException>();
        ((Action)(() => new GradientTape().Evaluate(_ => leaked, [2], new double[1]))).Should().Throw<InvalidOperationException>();
        leaked.Value.Should().Be(2);
    }

    [Fact]
    public void Operations_OnConstantsOutsideOfAFormula_AreConstants()
    {
        Variable two = 2, three = 3;

        (two * three + Variable.Sqrt(4) - Formula.Dot([two, three], [three, two])).Value.Should().Be(-4);
        Formula.Norm([three, 4]).Value.Should().Be(5);
    }

    [Fact]
    public void Evaluate_WrongLengths_AreNamed()
    {
        IHessianObjective objective = Objective.Differentiable(Cubic), few = Objective.Differentiable(new GenericCubic());
        IHessianObjective withLayout = Objective.Differentiable(Cubic, ParameterLayout.Flat(2));

        objective.Invoking(o => o.Evaluate(_at, new double[3])).Should().Throw<ArgumentException>().WithMessage("*3 entries*have 2*");
        few.Invoking(o => o.Evaluate(_at, new double[1])).Should().Throw<ArgumentException>().WithMessage("*1 entries*have 2*");
        objective.Invoking(o => o.MultiplyHessian(_at, [1], new double[2])).Should().Throw<ArgumentException>()
            .WithParameterName("direction").WithMessage("*1 entries*2 parameters*");
        objective.Invoking(o => o.MultiplyHessian(_at, [1, 1], new double[3])).Should().Throw<ArgumentException>()
            .WithParameterName("product");
        withLayout.Invoking(o => o.Evaluate([1], [])).Should().Throw<ArgumentException>().WithMessage("*1 parameters*layout has 2*");
        ((Action)(() => Objective.Differentiable((VariableFormula)null!))).Should().Throw<ArgumentNullException>();
        ((Action)(() => new GradientTape().MultiplyHessian([], []))).Should().Throw<InvalidOperationException>().WithMessage("*Evaluate*");
    }

    [Fact]
    public void Evaluate_AfterAFormulaThatThrew_WorksAgain()
    {
        bool throws = true;
        IHessianObjective objective = Objective.Differentiable(p => throws ? throw new TimeoutException() : p[0] * p[0]);
        double[] gradient = new double[1];

        objective.Invoking(o => o.Evaluate([3], gradient)).Should().Throw<TimeoutException>();
        throws = false;
        objective.Evaluate([3], gradient);

        gradient.Should().Equal(6);
    }

    [Fact]
    public void Evaluate_ALongFormula_GrowsItsTape()
    {
        // Σ (x/x)·y over 100,000 terms; by x it is 1/x − x/x² = 0, exact for x = 4.
        IHessianObjective objective = Objective.Differentiable(p =>
        {
            Variable sum = 0, factor = p[0] / p[0];
            for (int i = 0; i < 100_000; i++)
                sum += factor * p[1];
            return sum;
        });
        double[] gradient = new double[2];

        objective.Evaluate([4, 2], gradient).Should().Be(200_000);

        gradient.Should().Equal(0, 100_000);
    }

    [Fact]
    public void Evaluate_AfterTheFirstCall_AllocatesNothing()
    {
        IHessianObjective lambda = Objective.Differentiable(Mixed), few = Objective.Differentiable(new GenericCubic()),
            many = Objective.Differentiable(new Cubes());
        double[] at = [.. Enumerable.Range(1, 50).Select(i => 0.1 * i)], gradient = new double[50], product = new double[50];
        double[] two = new double[2];
        Action work = () =>
        {
            lambda.Evaluate(at, gradient);
            lambda.Evaluate(at, []);
            lambda.MultiplyHessian(at, gradient, product);
            few.Evaluate(_at, two);
            few.Evaluate(_at, []);
            few.MultiplyHessian(_at, _at, two);
            many.Evaluate(at, gradient);
            many.MultiplyHessian(at, at, product);
        };
        work();

        AllocatedBytes.Of(work).Should().Be(0);

        static Variable Mixed(ReadOnlySpan<Variable> p)
        {
            Span<Variable> hidden = stackalloc Variable[5];
            Formula.Multiply(p, p[..10], hidden);
            Variable sum = Formula.LogSumExp<Variable>(hidden) + Formula.Norm(p) + Variable.Pow(p[0], p[1]);
            foreach (Variable x in p)
                sum += Variable.Exp(-x) * x;
            return sum;
        }
    }

    [Fact]
    public void Evaluate_ManyObjectivesOnManyThreads_GivesTheSameBits()
    {
        double[] at = [0.3, -1.2, 2.2], expected = new double[3];
        RandomFormula formula = new(5, 40);
        new GradientTape().Evaluate(formula.Evaluate<Variable>, at, expected);

        Parallel.For(0, 64, _ =>
        {
            IHessianObjective objective = Objective.Differentiable(formula.Evaluate<Variable>);
            double[] gradient = new double[3];
            for (int k = 0; k < 200; k++)
            {
                objective.Evaluate(at, gradient);
                gradient.Should().Equal(expected);
            }
        });
    }

    [Fact]
    public void Minimize_FromTheRidgeOfASaddle_NamesItByExactCurvature()
    {
        TrainingResult result = new Trainer(new BatchGD(0.1)).Minimize(
            Objective.Differentiable(p => p[0] * p[0] - p[1] * p[1] + p[1] * p[1] * p[1] * p[1] / 4), [1, 0]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Note.Should().Contain("saddle");
    }
}
