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

        LinearFit fit = LinearRegression.Fit(rows, targets);

        fit.Model.Parameters.ShouldBeWithin([expected[1], expected[2], expected[0]], 1e-12);
        fit.Model.Parameters.Should().Equal(LinearRegression.Fit(rows.ToArray(), targets.ToArray()).Model.Parameters);
        fit.Model.Parameters.Should().Equal(LinearRegression.Fit(rows.ToRowArrays(), targets.ToArray()).Model.Parameters);
    }

    public static TheoryData<string, string, Action> BadInput => new()
    {
        { "rows", "rows is a 3×2 matrix that is not dense*", () => LinearRegression.Fit(Matrix<double>.Build.Sparse(3, 2), Vector<double>.Build.Dense(3)) },
        { "targets", "targets is a SparseVector of 3: it must be dense*", () => LinearRegression.Fit(Matrix<double>.Build.Dense(3, 2), Vector<double>.Build.Sparse(3)) },
        { "rows", "Value cannot be null*", () => LinearRegression.Fit((Matrix<double>)null!, Vector<double>.Build.Dense(3)) },
        { "targets", "Value cannot be null*", () => LinearRegression.Fit(Matrix<double>.Build.Dense(3, 2), (Vector<double>)null!) },
        { "rows", "rows is a 3×2 matrix that is not dense*", () => LinearRegression.FitAccurately(Matrix<double>.Build.Sparse(3, 2), Vector<double>.Build.Dense(3)) },
        { "x", "x is a SparseVector of 3: it must be dense*", () => LinearRegression.FitPolynomial(Vector<double>.Build.Sparse(3), Vector<double>.Build.Dense(3), 1) },
        { "rows", "rows is a 3×2 matrix that is not dense*", () => LogisticRegression.Fit(Matrix<double>.Build.Sparse(3, 2), [true, false, true]) },
        { "targets", "targets is a SparseVector of 3: it must be dense*", () => LogisticRegression.Fit(Matrix<double>.Build.Dense(3, 2), Vector<double>.Build.Sparse(3)) },
        { "data", "Row 1, target 'y' is 2: it must be a class from 0 to 1*", () => LogisticRegression.Fit(Matrix<double>.Build.Dense(2, 2), Vector<double>.Build.Dense([0, 2.0])) },
        { "rows", "rows is a 3×3 matrix that is not dense*", () => SoftmaxRegression.Fit(Matrix<double>.Build.DiagonalIdentity(3), ["a", "b", "a"]) },
        { "targets", "targets is a SparseVector of 3: it must be dense*", () => SoftmaxRegression.Fit(Matrix<double>.Build.Dense(3, 2), Vector<double>.Build.Sparse(3)) },
        { "targets", "There are 2 targets for 3 rows of features*", () => LinearRegression.Fit(Matrix<double>.Build.Dense(3, 2), Vector<double>.Build.Dense(2)) },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public void Fit_BadInput_NamesTheArgument(string argument, string expected, Action act) =>
        act.Should().Throw<ArgumentException>().WithMessage(expected).Which.ParamName.Should().Be(argument);
}
