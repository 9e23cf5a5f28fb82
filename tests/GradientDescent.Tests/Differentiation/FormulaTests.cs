namespace GradientDescent.Tests.Differentiation;

/// <summary>The functions of vectors, compared with the same function written out element by element.</summary>
public sealed class FormulaTests
{
    private const int Length = 13;

    // Small multiples of 1/8, so that sums of products are exact in any order.
    private static readonly double[] _data = [.. Enumerable.Range(0, 4 * Length).Select(i => (i * 7 % 11 - 5) / 8.0)];
    private static readonly double[] _at = [.. Enumerable.Range(0, 2 * Length).Select(i => (i * 5 % 13 - 6) / 8.0)];

    /// <summary>Name, function, the same element by element, the number of nodes it may take.</summary>
    private static readonly Dictionary<string, (VariableFormula Function, VariableFormula ByElements, int Nodes)> _cases = new()
    {
        ["dot"] = (p => Formula.Dot(p[..Length], p[Length..]), p => Dot(p[..Length], p[Length..]), 1),
        ["dot with itself"] = (p => Formula.Dot(p[..Length], p[..Length]), p => Dot(p[..Length], p[..Length]), 1),
        ["dot with data"] = (p => Formula.Dot(p[..Length], _data.AsSpan(0, Length)), p => Dot(p[..Length], Constants(0)), 1),
        ["dot with constants"] = (p => Formula.Dot(p[..Length], Constants(0)), p => Dot(p[..Length], Constants(0)), 1),
        ["dot of constants and variables"] = (p => Formula.Dot(Mixed(p), p[..Length]), p => Dot(Mixed(p), p[..Length]), 1),
        ["sum"] = (p => Formula.Sum(p), p => Dot(p[..Length], Ones()) + Dot(p[Length..], Ones()), 1),
        ["sum of a mixture"] = (p => Formula.Sum<Variable>(Mixed(p)), p => Dot(Mixed(p), Ones()), 1),
        ["squared norm"] = (p => Formula.SquaredNorm(p), p => Dot(p, p), 1),
        ["norm"] = (p => Formula.Norm(p), p => Variable.Sqrt(Dot(p, p)), 1),
        ["norm of a mixture"] = (p => Formula.Norm<Variable>(Mixed(p)), p => Variable.Sqrt(Dot(Mixed(p), Mixed(p))), 1),
        ["log-sum-exp"] = (p => Formula.LogSumExp(p), SumOfExponentials, 1),
        ["log-sum-exp of a mixture"] = (p => Formula.LogSumExp<Variable>(Mixed(p)), p => SumOfExponentials(Mixed(p)), 1),
        ["matrix of data"] = (p => Product(3, result => Formula.Multiply(_data.AsSpan(0, 3 * Length), new ReadOnlySpan<Variable>(result.X),
            result.Y.AsSpan()), p[..Length]), p => Cubes(Rows(3, p[..Length])), 3 + 8),
    };

    public static TheoryData<string> Names => [.. _cases.Keys];

    // The functions are exact here, or they and the elements have errors of a few units in the last place of numbers below 10.
    [Theory]
    [MemberData(nameof(Names))]
    public void Function_OfAVector_HasTheDerivativesOfItsElements(string name)
    {
        (VariableFormula function, VariableFormula byElements, int nodes) = _cases[name];
        GradientTape tape = new(), elements = new();
        double[] gradient = new double[_at.Length], expected = new double[_at.Length];

        double value = tape.Evaluate(function, _at, gradient);
        double expectedValue = elements.Evaluate(byElements, _at, expected);

        value.Should().BeApproximately(expectedValue, 1e-14);
        gradient.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-14);
        tape.NodeCount.Should().Be(nodes);
        tape.Evaluate(function, _at, []).Should().Be(value);
        tape.Evaluate(function, _at, gradient);
        for (int j = 0; j < 3; j++)
        {
            double[] direction = [.. _at.Select((_, i) => (i + j) % 3 - 1.0)];
            tape.MultiplyHessian(direction, gradient);
            elements.MultiplyHessian(direction, expected);
            gradient.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-13);
        }
    }

    [Theory]
    [InlineData("data · variables")]
    [InlineData("variables · data")]
    [InlineData("variables · variables")]
    [InlineData("variables · mixture")]
    public void Multiply_OfMatrixAndVector_HasTheDerivativesOfItsElements(string kind)
    {
        const int Rows = 3, Columns = 4;
        double[] at = [.. Enumerable.Range(0, (Rows + 1) * Columns).Select(i => (i * 5 % 7 - 3) / 4.0)];
        double[] gradient = new double[at.Length], expected = new double[at.Length];
        GradientTape tape = new(), elements = new();

        tape.Evaluate(p => Total(p, byElements: false), at, gradient).Should().Be(
            elements.Evaluate(p => Total(p, byElements: true), at, expected));

        gradient.Should().Equal(expected);
        tape.NodeCount.Should().Be(elements.NodeCount - Rows * (2 * Columns - 2)); // one node, not a product and a sum each
        tape.MultiplyHessian(at, gradient);
        elements.MultiplyHessian(at, expected);
        gradient.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-12);

        // Σ yᵢ³ of y = A·x
        Variable Total(ReadOnlySpan<Variable> p, bool byElements)
        {
            Span<Variable> y = stackalloc Variable[Rows];
            ReadOnlySpan<Variable> matrix = p[Columns..], vector = p[..Columns];
            ReadOnlySpan<double> data = _data;
            if (kind == "variables · mixture")
                vector = new Variable[] { p[3], 0.5, p[0], p[1] };
            if (byElements)
            {
                for (int i = 0; i < Rows; i++)
                {
                    y[i] = 0;
                    for (int j = 0; j < Columns; j++)
                    {
                        y[i] += kind switch
                        {
                            "data · variables" => data[i * Columns + j] * vector[j],
                            "variables · data" => matrix[i * Columns + j] * data[j],
                            _ => matrix[i * Columns + j] * vector[j],
                        };
                    }
                }
            }
            else if (kind == "data · variables")
            {
                Formula.Multiply(data[..(Rows * Columns)], vector, y);
            }
            else if (kind == "variables · data")
            {
                Formula.Multiply(matrix, data[..Columns], y);
            }
            else
            {
                Formula.Multiply(matrix, vector, y);
            }

            Variable sum = 0;
            foreach (Variable element in y)
                sum += element * element * element;
            return sum;
        }
    }

    [Fact]
    public void Functions_OfVectors_HaveTheSameBitsForEachType()
    {
        double[] x = [0.1, -0.7, 1.3, 2.9, -3.1, 0.77, 5.3, 8.8], y = [1.1, 0.3, -2.2, 0.9, 4.4, -0.2, 0.6, 1.7];
        Dual[] duals = [.. x.Select(Dual.Parameter)], constants = [.. y.Select(number => (Dual)number)];
        Variable[] variables = [.. x.Select(number => (Variable)number)];

        Formula.Dot(x, y).Should().Be(Formula.Dot(duals, constants).Value).And.Be(Formula.Dot(duals, y).Value)
            .And.Be(Formula.Dot(variables, y).Value);
        Formula.Sum<double>(x).Should().Be(Formula.Sum<Dual>(duals).Value).And.Be(Formula.Sum<Variable>(variables).Value);
        Formula.Norm<double>(x).Should().Be(Formula.Norm<Dual>(duals).Value).And.Be(Formula.Norm<Variable>(variables).Value);
        Formula.SquaredNorm<double>(x).Should().Be(Formula.SquaredNorm<Dual>(duals).Value);
        Formula.LogSumExp<double>(x).Should().Be(Formula.LogSumExp<Dual>(duals).Value)
            .And.Be(Formula.LogSumExp<Variable>(variables).Value);
        Formula.Logistic(0.3).Should().Be(Formula.Logistic<Dual>(0.3).Value);
        Formula.Logistic(0.25f).Should().BeApproximately(0.5621765f, 1e-7f);
        Formula.Dot<float>([1, 2], [3f, 4]).Should().Be(11);
    }

    [Fact]
    public void Functions_OfWrongLengths_AreRefused()
    {
        ((Action)(() => Formula.Dot<double>([1, 2], (ReadOnlySpan<double>)[1]))).Should().Throw<ArgumentException>()
            .WithMessage("*1 entries*2*equal*");
        ((Action)(() => Formula.Multiply<double>([1, 2, 3], (ReadOnlySpan<double>)[1, 2], new double[2]))).Should()
            .Throw<ArgumentException>().WithMessage("matrix has 3 entries: 2 rows of 2 need 4*");
    }

    [Fact]
    public void LogSumExp_OfNothing_IsTheLogarithmOfZero()
    {
        Formula.LogSumExp<double>([]).Should().Be(double.NegativeInfinity);
        Formula.LogSumExp<Variable>([]).Value.Should().Be(double.NegativeInfinity);
        Formula.LogSumExp<double>([double.NegativeInfinity]).Should().Be(double.NegativeInfinity);
        Formula.Sum<Variable>([]).Value.Should().Be(0);
    }

    private sealed record Operand(Variable[] X, Variable[] Y);

    private static Variable Product(int rows, Action<Operand> multiply, ReadOnlySpan<Variable> vector)
    {
        var operand = new Operand(vector.ToArray(), new Variable[rows]);
        multiply(operand);
        return Cubes(operand.Y);
    }

    private static Variable Cubes(Variable[] x)
    {
        Variable sum = 0;
        foreach (Variable element in x)
            sum += element * element * element;
        return sum;
    }

    private static Variable[] Rows(int count, ReadOnlySpan<Variable> vector)
    {
        var result = new Variable[count];
        for (int i = 0; i < count; i++)
            result[i] = Dot(vector, Constants(i * Length));
        return result;
    }

    private static Variable Dot(ReadOnlySpan<Variable> x, ReadOnlySpan<Variable> y)
    {
        Variable sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private static Variable SumOfExponentials(ReadOnlySpan<Variable> x)
    {
        Variable sum = 0;
        foreach (Variable element in x)
            sum += Variable.Exp(element);
        return Variable.Log(sum);
    }

    private static Variable[] Constants(int start) => [.. _data.Skip(start).Take(Length).Select(number => (Variable)number)];

    private static Variable[] Ones() => [.. Enumerable.Repeat((Variable)1, Length)];

    /// <summary>Parameters that are not in order, and constants.</summary>
    private static Variable[] Mixed(ReadOnlySpan<Variable> p)
    {
        Variable[] mixed = new Variable[Length];
        for (int i = 0; i < Length; i++)
            mixed[i] = i % 3 == 0 ? _data[i] : p[(5 * i) % p.Length];
        return mixed;
    }
}
