using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>Logistic regressions of MathNet.Numerics' matrices and vectors, called as <c>LogisticRegression.Fit(matrix, vector)</c>. The numbers are copied; what is sparse is refused, never filled up.</summary>
public static class MathNetLogisticFits
{
    extension(LogisticRegression)
    {
        /// <summary>The most likely logistic regression; raw numbers, no options. See <see cref="LogisticRegressionExtensions"/>.</summary>
        /// <param name="rows">n×d, dense: one row of features a sample.</param>
        /// <param name="targets">n targets 0 or 1, dense; both must occur.</param>
        /// <param name="intercept">Whether there is an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="ArgumentException">Matrix or vector is sparse, counts differ, a number is not finite, there are other targets, or a coefficient is too large for a double in
        /// these units; the message names what it is.</exception>
        public static LogisticFit Fit(Matrix<double> rows, Vector<double> targets, bool intercept = true, CancellationToken cancellationToken = default) =>
            LogisticRegression.Fit(Dataset.From(DenseNumbers.RowsOf(rows), DenseNumbers.Of(targets)), intercept, cancellationToken);

        /// <summary>The most likely logistic regression; raw numbers, no options. See <see cref="LogisticRegressionExtensions"/>.</summary>
        /// <inheritdoc cref="Fit(Matrix{double}, Vector{double}, bool, CancellationToken)"/>
        /// <param name="rows">n×d, dense: one row of features a sample.</param>
        /// <param name="labels">Whether each sample is of class 1; both must occur.</param>
        /// <param name="intercept">Whether there is an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        public static LogisticFit Fit(Matrix<double> rows, bool[] labels, bool intercept = true, CancellationToken cancellationToken = default) =>
            LogisticRegression.Fit(DenseNumbers.RowsOf(rows), labels, intercept, cancellationToken);
    }
}
