using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>Fits to MathNet.Numerics' matrices and vectors, called as <c>LinearRegression.Fit(matrix, vector)</c>.</summary>
/// <example><code>
/// using MathNet.Numerics.LinearAlgebra;
///
/// Matrix&lt;double&gt; x = Matrix&lt;double&gt;.Build.DenseOfArray(new double[,] { { 1 }, { 2 }, { 3 } });
/// Vector&lt;double&gt; y = Vector&lt;double&gt;.Build.Dense([3, 5, 7]);
/// Console.WriteLine($"{LinearRegression.Fit(x, y).Predict(4):F3}");   // 9.000
/// </code></example>
public static class MathNetFits
{
    extension(LinearRegression)
    {
        /// <summary>The least-squares hyperplane; raw numbers, no options. See <see cref="LinearRegressionExtensions"/>.</summary>
        /// <param name="rows">n×d, dense: one row of features a sample.</param>
        /// <param name="targets">n targets, dense.</param>
        /// <exception cref="ArgumentException">Matrix or vector is sparse, counts differ, or a number is not finite; the message names row and column.</exception>
        public static LinearFit Fit(Matrix<double> rows, Vector<double> targets)
        {
            DenseNumbers.Require(rows);
            return LinearRegression.Fit(Dataset.From(rows, targets));
        }
    }
}
