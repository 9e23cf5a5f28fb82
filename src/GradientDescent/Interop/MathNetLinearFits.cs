using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>Linear regressions of MathNet.Numerics' matrices and vectors, called as <c>LinearRegression.Fit(matrix, vector)</c>. The numbers are copied; what is sparse is refused, never filled up.</summary>
/// <example><code>
/// using MathNet.Numerics.LinearAlgebra;
///
/// Matrix&lt;double&gt; x = Matrix&lt;double&gt;.Build.DenseOfArray(new double[,] { { 1 }, { 2 }, { 3 } });
/// Vector&lt;double&gt; y = Vector&lt;double&gt;.Build.Dense([3, 5, 7]);
/// Console.WriteLine($"{LinearRegression.Fit(x, y).Predict(4):F3}");   // 9.000
/// </code></example>
public static class MathNetLinearFits
{
    extension(LinearRegression)
    {
        /// <summary>The least-squares hyperplane; raw numbers, no options. See <see cref="LinearRegressionExtensions"/>.</summary>
        /// <param name="rows">n×d, dense: one row of features a sample.</param>
        /// <param name="targets">n targets, dense.</param>
        /// <param name="intercept">Whether there is an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="ArgumentException">Matrix or vector is sparse, counts differ, a number is not finite, or a coefficient is too large for a double in these units; the message
        /// names what it is.</exception>
        public static LinearFit Fit(Matrix<double> rows, Vector<double> targets, bool intercept = true, CancellationToken cancellationToken = default) =>
            LinearRegression.Fit(DenseNumbers.RowsOf(rows), DenseNumbers.Of(targets), intercept, cancellationToken);

        /// <summary>The least-squares hyperplane to nearly the last digit of a double, however ill-conditioned the features. See <see cref="LinearRegressionExtensions"/>.</summary>
        /// <inheritdoc cref="Fit(Matrix{double}, Vector{double}, bool, CancellationToken)"/>
        public static LinearFit FitAccurately(Matrix<double> rows, Vector<double> targets, bool intercept = true, CancellationToken cancellationToken = default) =>
            LinearRegression.FitAccurately(DenseNumbers.RowsOf(rows), DenseNumbers.Of(targets), intercept, cancellationToken);

        /// <summary>The least-squares polynomial to nearly the last digit of a double. See <see cref="LinearRegressionExtensions"/>.</summary>
        /// <param name="x">One number a sample, dense.</param>
        /// <param name="y">One target a sample, dense.</param>
        /// <param name="degree">The highest power, from 1 to 100.</param>
        /// <param name="cancellationToken">Ends the run between two steps; what was found is returned.</param>
        /// <exception cref="ArgumentException">A vector is sparse, counts differ, a number is not finite, or a coefficient is too large for a double in these units; the message names what
        /// it is.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The degree is less than 1 or more than 100.</exception>
        public static PolynomialFit FitPolynomial(Vector<double> x, Vector<double> y, int degree, CancellationToken cancellationToken = default) =>
            LinearRegression.FitPolynomial(DenseNumbers.Of(x), DenseNumbers.Of(y), degree, cancellationToken);
    }
}
