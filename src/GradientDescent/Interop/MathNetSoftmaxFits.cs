using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>Softmax regressions of MathNet.Numerics' matrices and vectors, called as <c>SoftmaxRegression.Fit(matrix, labels)</c>. The numbers are copied; what is sparse is refused, never filled up.</summary>
public static class MathNetSoftmaxFits
{
    extension(SoftmaxRegression)
    {
        /// <summary>The most likely classifier; raw numbers, no options. See <see cref="SoftmaxRegressionExtensions"/>.</summary>
        /// <param name="rows">n×d, dense: one row of features a sample.</param>
        /// <param name="targets">n classes 0, 1, 2, …, dense; each must occur.</param>
        /// <param name="intercept">Whether each class has an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="ArgumentException">Matrix or vector is sparse, counts differ, a number is not finite, a class is missing, or a coefficient is too large for a double in these
        /// units; the message names what it is.</exception>
        public static ClassifierFit<int> Fit(Matrix<double> rows, Vector<double> targets, bool intercept = true, CancellationToken cancellationToken = default) =>
            SoftmaxRegression.Fit(Dataset.From(DenseNumbers.RowsOf(rows), DenseNumbers.Of(targets)), intercept, cancellationToken);

        /// <summary>The most likely classifier; raw numbers, no options. See <see cref="SoftmaxRegressionExtensions"/>.</summary>
        /// <inheritdoc cref="Fit(Matrix{double}, Vector{double}, bool, CancellationToken)"/>
        /// <param name="rows">n×d, dense: one row of features a sample.</param>
        /// <param name="labels">The class of each sample: anything that can be compared; at least two different ones.</param>
        /// <param name="intercept">Whether each class has an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        public static ClassifierFit<TLabel> Fit<TLabel>(Matrix<double> rows, IReadOnlyList<TLabel> labels, bool intercept = true, CancellationToken cancellationToken = default)
            where TLabel : notnull => SoftmaxRegression.Fit(DenseNumbers.RowsOf(rows), labels, intercept, cancellationToken);
    }
}
