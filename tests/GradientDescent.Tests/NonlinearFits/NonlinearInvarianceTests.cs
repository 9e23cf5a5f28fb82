using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.NonlinearFits;

/// <summary>What units, weights and forms of a formula may change in a fit, and what not.</summary>
public sealed class NonlinearInvarianceTests
{
    private static readonly double[] _x = [0, 1, 2, 3, 4, 5, 6, 7], _y = [100, 61, 37, 22, 13.5, 8.1, 5.1, 2.9], _start = [90, 0.4];

    private static readonly CurveFormula _decay = (p, x) => p[0] * Variable.Exp(-p[1] * x);

    [Theory]
    [InlineData(-40)]
    [InlineData(-3)]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(400)]
    public void Fit_InOtherUnitsByPowersOfTwo_HasTheSameDigits(int power)
    {
        double unit = Math.ScaleB(1, power);
        NonlinearFit plain = NonlinearLeastSquares.Fit(_decay, _x, _y, _start);

        NonlinearFit target = NonlinearLeastSquares.Fit(_decay, _x, [.. _y.Select(y => y * unit)], [90 * unit, 0.4]);
        NonlinearFit predictor = NonlinearLeastSquares.Fit(_decay, [.. _x.Select(x => x * unit)], _y, [90, 0.4 / unit]);
        NonlinearFit parameter = NonlinearLeastSquares.Fit((p, x) => p[0] * unit * Variable.Exp(-p[1] * x), _x, _y, [90 / unit, 0.4]);

        ShouldBeScaled(target, plain, [unit, 1]);
        ShouldBeScaled(predictor, plain, [1, 1 / unit]);
        ShouldBeScaled(parameter, plain, [1 / unit, 1]);
        target.ResidualStandardDeviation.Should().Be(plain.ResidualStandardDeviation * unit);
        predictor.ResidualStandardDeviation.Should().Be(plain.ResidualStandardDeviation);
    }

    [Fact]
    public void Fit_OfALinearFormula_HasTheDigitsOfLinearRegression()
    {
        var random = new Random(5);
        for (int run = 0; run < 20; run++)
        {
            double[][] rows = [.. Enumerable.Range(0, 30).Select(_ => new[] { random.NextDouble() * 10, random.NextDouble() - 0.5 })];
            double[] y = [.. rows.Select(row => 3 * row[0] - 200 * row[1] + 7 + random.NextDouble())];
            LinearFit linear = LinearRegression.FitAccurately(rows, y);

            NonlinearFit fit = NonlinearLeastSquares.Fit((p, row) => p[0] * row[0] + p[1] * row[1] + p[2], rows, y, [0, 0, 0]);

            for (int j = 0; j < 3; j++)
            {
                CoefficientStatistics expected = linear.Statistics.Coefficients[j], actual = fit.Coefficients[j];
                actual.Estimate.Should().BeApproximately(expected.Estimate, 1e-12 * Math.Abs(expected.Estimate));
                actual.StandardError.Should().BeApproximately(expected.StandardError, 1e-12 * expected.StandardError);
                actual.PValue.Should().BeApproximately(expected.PValue, 1e-9 * expected.PValue);
            }

            fit.ResidualStandardDeviation.Should().BeApproximately(linear.Statistics.ResidualStandardDeviation, 1e-12);
            fit.DegreesOfFreedom.Should().Be(27);
            fit.Evaluations.Should().BeLessThanOrEqualTo(8, "one step is enough, others are for the last digits");
        }
    }

    [Fact]
    public void Covariance_OfALine_IsTheInverseOfTheNormalEquations()
    {
        // x̄ = 2, Σ(x − x̄)² = 10: var b = s²/10, cov(a, b) = −s²·x̄/10, var a = s²·(1/5 + x̄²/10)
        double[] x = [0, 1, 2, 3, 4], y = [1.1, 2.9, 5.2, 6.8, 9.1];
        NonlinearFit fit = NonlinearLeastSquares.Fit((p, x) => p[0] + p[1] * x, x, y, [0, 0]);
        double variance = fit.ResidualStandardDeviation * fit.ResidualStandardDeviation;

        fit.Covariance(1, 1).Should().BeApproximately(variance / 10, 1e-14);
        fit.Covariance(0, 1).Should().BeApproximately(-variance / 5, 1e-14);
        fit.Covariance(1, 0).Should().Be(fit.Covariance(0, 1));
        fit.Covariance(0, 0).Should().BeApproximately(variance * 0.6, 1e-14);
        fit.Correlation(0, 0).Should().Be(1);
        fit.Correlation(0, 1).Should().BeApproximately(-0.2 / Math.Sqrt(0.6 * 0.1), 1e-14);
    }

    [Fact]
    public void Weight_OfTwo_IsThePointTwice()
    {
        NonlinearFit weighted = NonlinearLeastSquares.Fit(_decay, _x, _y, _start, weights: [1, 2, 1, 1, 2, 1, 1, 1]);
        NonlinearFit twice = NonlinearLeastSquares.Fit(_decay, [.. _x, 1, 4], [.. _y, 61, 13.5], _start);

        for (int j = 0; j < 2; j++)
            weighted.Parameters[j].Should().BeApproximately(twice.Parameters[j], 1e-13 * Math.Abs(twice.Parameters[j]));
        weighted.ResidualSumOfSquares.Should().BeApproximately(twice.ResidualSumOfSquares, 1e-13);
        (weighted.DegreesOfFreedom, twice.DegreesOfFreedom).Should().Be((6, 8), "a weight is no second measurement");
    }

    [Fact]
    public void Weight_OfZero_LeavesThePointOut()
    {
        // ln(−1) would be NaN
        CurveFormula formula = (p, x) => p[0] + p[1] * Variable.Log(p[1] * 0 + x);
        NonlinearFit weighted = NonlinearLeastSquares.Fit(formula, [-1, 1, 2, 3, 4], [5, 1, 1.8, 2.1, 2.5], [0, 1], [0, 1, 1, 1, 1]);
        NonlinearFit without = NonlinearLeastSquares.Fit(formula, [1, 2, 3, 4], [1, 1.8, 2.1, 2.5], [0, 1]);

        weighted.Parameters.Should().Equal(without.Parameters);
        weighted.DegreesOfFreedom.Should().Be(2);
        weighted.PointCount.Should().Be(4);
    }

    [Fact]
    public void Weights_TimesAConstant_ChangeNeitherParametersNorStandardErrors()
    {
        double[] weights = [1, 2, 3, 1, 2, 0.5, 1, 4];
        NonlinearFit plain = NonlinearLeastSquares.Fit(_decay, _x, _y, _start, weights);

        NonlinearFit fit = NonlinearLeastSquares.Fit(_decay, _x, _y, _start, [.. weights.Select(weight => 16 * weight)]);

        fit.Parameters.Should().Equal(plain.Parameters);
        fit.Coefficients.Select(c => c.StandardError).Should().Equal(plain.Coefficients.Select(c => c.StandardError));
        fit.ResidualStandardDeviation.Should().Be(4 * plain.ResidualStandardDeviation);
    }

    [Fact]
    public void Forms_OfTheSameFormula_HaveTheSameBits()
    {
        double[][] rows = [.. _x.Select(x => new[] { x })];
        NonlinearFit[] fits =
        [
            NonlinearLeastSquares.Fit(_decay, _x, _y, _start),
            NonlinearLeastSquares.Fit((p, row) => p[0] * Variable.Exp(-p[1] * row[0]), rows, _y, _start),
            NonlinearLeastSquares.Fit((p, row) => p[0] * Variable.Exp(-p[1] * row[0]), Dataset.From(_x, _y), _start),
            NonlinearLeastSquares.Fit(new Decay(), _x, _y, _start),
            NonlinearLeastSquares.Fit(new Decay(), rows, _y, _start),
            NonlinearLeastSquares.Fit(new Decay(), Dataset.From(_x, _y), _start),
        ];

        foreach (NonlinearFit fit in fits)
        {
            fit.Parameters.Should().Equal(fits[0].Parameters);
            fit.Predict(2.5).Should().Be(fits[0].Predict(2.5));
            fit.ToString().Should().Be(fits[0].ToString());
        }
    }

    [Fact]
    public void Fit_OfMoreParametersThanDualNumbersHave_IsThatOfADelegate()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(i => i / 20.0 - 1)], y = [.. x.Select(x => Math.Exp(x) * Math.Cos(3 * x))];

        NonlinearFit generic = NonlinearLeastSquares.Fit(new Polynomial(), x, y, new double[10]);
        NonlinearFit curve = NonlinearLeastSquares.Fit((p, x) => new Polynomial().Evaluate(p, [x]), x, y, new double[10]);

        generic.Parameters.Should().Equal(curve.Parameters);
        generic.Reason.Should().Be(StopReason.Converged);
    }

    [Fact]
    public void Time_AndMemory_GrowWithTheNumberOfPoints()
    {
        long few = Allocated(1_000), many = Allocated(16_000);

        // x, y, a copy of both in padded rows, two vectors of residuals and their twins in the factors, the Jacobian: 24 numbers a point
        (many - few).Should().BeLessThan(15_000 * 24 * sizeof(double));

        static long Allocated(int count)
        {
            double[] x = [.. Enumerable.Range(0, count).Select(i => 8.0 * i / count)];
            double[] y = [.. x.Select(x => 100 * Math.Exp(-x / 2) + Math.Sin(1000 * x))];
            return AllocatedBytes.Of(() => NonlinearLeastSquares.Fit(_decay, x, y, _start));
        }
    }

    [Fact]
    public void Evaluations_AllocateNothing()
    {
        AllocatedBytes.Of(() => Fit(40)).Should().BeInRange(AllocatedBytes.Of(() => Fit(8)), AllocatedBytes.Of(() => Fit(8)) + 2000);

        static void Fit(int maxEvaluations) => NistNonlinear.All().First(one => one.Name == "Bennett5")
            .Fit([-2000, 50, 0.8], new() { MaxEvaluations = maxEvaluations });
    }

    private static void ShouldBeScaled(NonlinearFit fit, NonlinearFit plain, double[] units)
    {
        fit.Parameters.Should().Equal(plain.Parameters.Zip(units, (parameter, unit) => parameter * unit));
        fit.Coefficients.Select(c => c.StandardError).Should().Equal(plain.Coefficients.Zip(units, (c, unit) => c.StandardError * unit));
        (fit.Evaluations, fit.Reason).Should().Be((plain.Evaluations, plain.Reason));
    }

    private readonly struct Decay : IRowFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> row)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            parameters[0] * T.Exp(-parameters[1] * T.CreateChecked(row[0]));
    }

    private readonly struct Polynomial : IRowFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> row)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            T sum = T.Zero;
            for (int k = parameters.Length - 1; k >= 0; k--)
                sum = sum * T.CreateChecked(row[0]) + parameters[k];
            return sum;
        }
    }
}
