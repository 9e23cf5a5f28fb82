using GradientDescent.Kernels;

namespace GradientDescent;

internal sealed partial class RefinedLeastSquares
{
    /// <summary>
    /// Returns fᵀ(AᵀWA)⁻¹f for each form f: the variance of the value of the form, if the target of a row of weight 1 has variance 1. The
    /// columns must have full rank.
    /// </summary>
    /// <param name="forms">The linear forms of β.</param>
    /// <param name="inDoubleDouble">
    /// Whether the rounding of T is corrected: (AᵀWA)⁻¹ = T·(BᵀWB)⁻¹·Tᵀ with B = A·T, where BᵀWB is nearly a multiple of the identity.
    /// Otherwise BᵀWB is replaced by Σw times the identity, with an error of about κ·2⁻⁵³.
    /// </param>
    public DoubleDouble[] VarianceFactors(LinearForm[] forms, bool inDoubleDouble)
    {
        int rank = Rank;
        DoubleDouble[,]? gram = inDoubleDouble ? Gram() : null;
        if (gram is not null)
            Factorize(gram);
        return Array.ConvertAll(forms, Factor);

        DoubleDouble Factor(LinearForm form)
        {
            var z = new DoubleDouble[rank];
            DoubleDouble sum = 0.0;
            for (int k = 0; k < rank; k++)
            {
                foreach ((int j, DoubleDouble factor) in form.Terms)
                    z[k] += factor * _fromBasis[j, k];
                for (int l = 0; l < k && gram is not null; l++)
                    z[k] -= gram[k, l] * z[l];
                sum += z[k] * z[k] / (gram is null ? _totalWeight : gram[k, k]);
            }

            return sum;
        }
    }

    /// <summary>
    /// Returns the rows of R with RᵀR = (AᵀWA)⁻¹, without the zeros at the end of a row. The columns must have full rank; the error is
    /// about κ·2⁻⁵³.
    /// </summary>
    public double[][] RootOfVariance()
    {
        double scale = 1 / Math.Sqrt(_totalWeight);
        double[][] rows = new double[Rank][];
        for (int k = 0; k < rows.Length; k++)
        {
            int length = _columns;
            while (length > 1 && _fromBasis[length - 1, k] == 0)
                length--;
            rows[k] = [.. Enumerable.Range(0, length).Select(j => scale * _fromBasis[j, k])];
        }

        return rows;
    }

    /// <summary>Computes the lower triangle of BᵀWB.</summary>
    private DoubleDouble[,] Gram()
    {
        var gram = new DoubleDouble[Rank, Rank];
        DoubleDouble[] row = new DoubleDouble[_columns], inBasis = new DoubleDouble[Rank];
        for (int i = 0; i < _targets.Length; i++)
        {
            _write(i, row);
            Array.Clear(inBasis);
            for (int j = 0; j < row.Length; j++)
            {
                for (int k = 0; k < inBasis.Length; k++)
                    inBasis[k] += row[j] * _fromBasis[j, k];
            }

            for (int k = 0; k < inBasis.Length; k++)
            {
                DoubleDouble weighted = inBasis[k] * _weights[i];
                for (int l = 0; l <= k; l++)
                    gram[k, l] += weighted * inBasis[l];
            }
        }

        return gram;
    }

    /// <summary>Factorizes a matrix in place into L·D·Lᵀ, with D on the diagonal and L below it.</summary>
    private static void Factorize(DoubleDouble[,] gram)
    {
        for (int k = 0; k < gram.GetLength(0); k++)
        {
            for (int l = 0; l <= k; l++)
            {
                for (int m = 0; m < l; m++)
                    gram[k, l] -= gram[k, m] * gram[m, m] * gram[l, m];
                if (l < k)
                    gram[k, l] /= gram[l, l];
            }
        }
    }
}
