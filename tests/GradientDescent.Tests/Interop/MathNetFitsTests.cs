using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearRegression;

namespace GradientDescent.Tests.Interop;

public sealed class MathNetFitsTests
{
    [Fact]
    public void Fit_OfMatrixAndVector_IsWhatMathNetsRegressionFinds()
    {
        Matrix<double> rows = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 20 }, { 2, 10 }, { 3, 50 }, { 4, 40 }, { 5, -60 } });
        Vector<double> targets = Vector<double>.Build.Dense([3, 1, 4, 1, 5]);
        double[] expected = MultipleRegression.QR(rows.ToRowArrays(), targets.ToArray(), intercept: true); // the intercept first

        LinearFit fit = LinearRegression.Fit(rows.ToDataset(targets));

        fit.Model.Parameters.ShouldBeWithin([expected[1], expected[2], expected[0]], 1e-12);
        fit.Model.Parameters.Should().Equal(LinearRegression.Fit(rows.ToRowArrays(), targets.ToArray()).Model.Parameters);
    }

    [Fact]
    public void FitPolynomial_OfVectors_IsThatOfArrays()
    {
        Vector<double> x = Vector<double>.Build.Dense([-1, 0, 1, 2]), y = Vector<double>.Build.Dense([2.1, 0.9, 2.0, 5.2]);

        PolynomialFit fit = LinearRegression.FitPolynomial(x.ToDataset(y), degree: 2);

        fit.Coefficients.Should().Equal(LinearRegression.FitPolynomial(x.ToArray(), y.ToArray(), degree: 2).Coefficients);
    }

    [Fact]
    public void Fit_OfClassesThatTheModelHasNot_NamesTheRow() => FluentActions
        .Invoking(() => LogisticRegression.Fit(Matrix<double>.Build.Dense(2, 2).ToDataset(Vector<double>.Build.Dense([0, 2.0]))))
        .Should().Throw<ArgumentException>()
            .WithMessage("Row 1, target 'y' is 2: it must be a class from 0 to 1*").WithParameterName("data");
}
