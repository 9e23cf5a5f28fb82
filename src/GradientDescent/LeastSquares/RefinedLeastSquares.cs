namespace GradientDescent.Numerics;

/// <summary>
/// Least squares by gradient descent with a preconditioner, in which only what must be accurate is in double-double: columns, residuals, gradient and coefficients.
/// </summary>
/// <remarks>
/// Minimises Σ w (y − A·β)². With the thin QR or singular value decomposition √w·A/√(Σw) ≈ Q·S in plain doubles and T = S⁺, gradient descent on the coordinates c of
/// β = T·c at rate ½ is
/// <code>β ← β + T·Tᵀ·Aᵀ·W·(y − A·β)/Σw</code>
/// that is, iterative refinement with the seminormal equations: Björck, "Stability analysis of the method of seminormal equations", 1987; Demmel, Hida, Riedy and Li,
/// "Extra-precise iterative refinement for overdetermined least squares problems", ACM TOMS 35, 2009. Each step multiplies the error by about κ·2⁻⁵³, κ the condition number of the columns scaled
/// to one length, whatever the residual's size; rounding in double-double leaves about κ·2⁻¹⁰⁴ where the residual is small beside what it is the difference of.
/// </remarks>
internal sealed class RefinedLeastSquares
{
    private readonly int _columns;
    private readonly DoubleDouble[] _table;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly double[] _lengths;
    private readonly double[,] _fromBasis;
    private readonly double _totalWeight;

    /// <param name="table">A, row after row.</param>
    /// <param name="targets">y; at most about 1 in size.</param>
    /// <param name="weights">Greater than 0; their sum about 1.</param>
    /// <param name="lengths">Root mean squares of the columns: what makes them comparable.</param>
    public RefinedLeastSquares(DoubleDouble[] table, double[] targets, double[] weights, double[] lengths)
    {
        (_table, _targets, _weights, _lengths, _columns) = (table, targets, weights, lengths, lengths.Length);
        _totalWeight = weights.Sum();
        _fromBasis = _columns == 0 ? new double[0, 0] : FromBasis();
    }

    /// <summary>Directions that the columns span.</summary>
    public int Rank => _fromBasis.GetLength(1);

    public int RowCount => _targets.Length;

    public int ColumnCount => _columns;

    /// <summary>Loss Σ w r²/Σw, its gradient by c, and the step T·c that gradient descent at rate ½ makes there.</summary>
    public double Evaluate(DoubleDouble[] coefficients, Span<double> gradient, Span<double> step)
    {
        var descent = new DoubleDouble[_columns];
        DoubleDouble loss = 0.0;
        for (int i = 0; i < _targets.Length; i++)
        {
            DoubleDouble residual = Residual(i, coefficients), weighted = residual * _weights[i];
            loss += residual * weighted;
            for (int j = 0; j < _columns; j++)
                descent[j] += _table[i * _columns + j] * weighted;
        }

        double[] inBasis = new double[Rank];
        step.Clear();
        for (int k = 0; k < inBasis.Length; k++)
        {
            for (int j = 0; j < _columns; j++)
                inBasis[k] += _fromBasis[j, k] * descent[j].High;
            inBasis[k] /= _totalWeight;
            gradient[k] = -2 * inBasis[k];
            for (int j = 0; j < _columns; j++)
                step[j] += _fromBasis[j, k] * inBasis[k];
        }

        return loss.High / _totalWeight;
    }

    /// <summary>β = T·c.</summary>
    public DoubleDouble[] FromBasis(ReadOnlySpan<double> basis)
    {
        var coefficients = new DoubleDouble[_columns];
        for (int j = 0; j < _columns; j++)
        {
            for (int k = 0; k < Rank; k++)
                coefficients[j] += DoubleDouble.Product(_fromBasis[j, k], basis[k]);
        }

        return coefficients;
    }

    /// <summary>Σ w (y − A·β)².</summary>
    public DoubleDouble SumOfSquares(DoubleDouble[] coefficients)
    {
        DoubleDouble sum = 0.0;
        for (int i = 0; i < _targets.Length; i++)
        {
            DoubleDouble residual = Residual(i, coefficients);
            sum += residual * residual * _weights[i];
        }

        return sum;
    }

    /// <summary>Σ w (y − ȳ)², or Σ w y².</summary>
    public DoubleDouble TotalSumOfSquares(bool centered)
    {
        DoubleDouble sum = 0.0, total = 0.0, weight = 0.0;
        for (int i = 0; i < _targets.Length; i++)
        {
            total += DoubleDouble.Product(_weights[i], _targets[i]);
            weight += _weights[i];
        }

        DoubleDouble center = centered ? total / weight : 0.0;
        for (int i = 0; i < _targets.Length; i++)
        {
            DoubleDouble deviation = -center + _targets[i];
            sum += deviation * deviation * _weights[i];
        }

        return sum;
    }

    /// <summary>
    /// The largest change that a step makes in what is asked for, relative to it; 0 for no change. What is smaller than 2⁻²⁶ of its terms, or of the largest effect of a column, counts as that large,
    /// so that a coefficient which is 0 can be found.
    /// </summary>
    public double LargestCorrection(DoubleDouble[][] forms, DoubleDouble[] coefficients, ReadOnlySpan<double> step)
    {
        double effect = 0, worst = 0;
        for (int j = 0; j < _columns; j++)
            effect = Math.Max(effect, Math.Abs(coefficients[j].High) * _lengths[j]);
        foreach (DoubleDouble[] form in forms)
        {
            double change = 0, terms = 0;
            for (int j = 0; j < _columns; j++)
            {
                change += form[j].High * step[j];
                terms += Math.Abs(form[j].High * coefficients[j].High);
            }

            if (change == 0)
                continue;
            int own = form[^1].High != 0 ? _columns - 1 : Array.FindIndex(form, entry => entry.High != 0); // the others are what shifting adds
            double floor = Math.ScaleB(terms + effect * Math.Abs(form[own].High) / _lengths[own], -26);
            worst = Math.Max(worst, Math.Abs(change) / Math.Max(Math.Abs(ValueOf(form, coefficients).High), floor));
        }

        return worst;
    }

    public static DoubleDouble ValueOf(DoubleDouble[] form, DoubleDouble[] coefficients)
    {
        DoubleDouble value = 0.0;
        for (int j = 0; j < form.Length; j++)
            value += coefficients[j] * form[j];
        return value;
    }

    /// <summary>fᵀ(AᵀWA)⁻¹f for each form f: its variance where a row of weight 1 has variance 1. For columns of full rank.</summary>
    /// <param name="forms">Linear forms of β.</param>
    /// <param name="inDoubleDouble">Whether the rounding of T is corrected: (AᵀWA)⁻¹ = T·(BᵀWB)⁻¹·Tᵀ with B = A·T, which is nearly a multiple of the identity. Otherwise BᵀWB is taken for Σw, with an
    /// error of about κ·2⁻⁵³.</param>
    public DoubleDouble[] VarianceFactors(DoubleDouble[][] forms, bool inDoubleDouble)
    {
        int rank = Rank;
        DoubleDouble[,] gram = inDoubleDouble ? Gram() : new DoubleDouble[rank, rank];
        for (int k = 0; k < rank && !inDoubleDouble; k++)
            gram[k, k] = _totalWeight;
        Factorize(gram);
        return Array.ConvertAll(forms, Factor);

        DoubleDouble Factor(DoubleDouble[] form)
        {
            var z = new DoubleDouble[rank];
            DoubleDouble sum = 0.0;
            for (int k = 0; k < rank; k++)
            {
                for (int j = 0; j < _columns; j++)
                    z[k] += form[j] * _fromBasis[j, k];
                for (int l = 0; l < k; l++)
                    z[k] -= gram[k, l] * z[l];
                sum += z[k] * z[k] / gram[k, k];
            }

            return sum;
        }
    }

    private DoubleDouble Residual(int row, DoubleDouble[] coefficients)
    {
        DoubleDouble residual = _targets[row];
        for (int j = 0; j < _columns; j++)
            residual -= _table[row * _columns + j] * coefficients[j];
        return residual;
    }

    private double[,] FromBasis()
    {
        double[] roots = Array.ConvertAll(_weights, weight => Math.Sqrt(weight / _totalWeight));
        double[,] map = OrthonormalBasis.Of(_targets.Length, _columns, (i, j) => roots[i] * _table[i * _columns + j].High / _lengths[j]).Inverse();
        for (int j = 0; j < _columns; j++)
        {
            for (int k = 0; k < map.GetLength(1); k++)
                map[j, k] /= _lengths[j];
        }

        return map;
    }

    /// <summary>BᵀWB, the lower triangle.</summary>
    private DoubleDouble[,] Gram()
    {
        var gram = new DoubleDouble[Rank, Rank];
        var row = new DoubleDouble[Rank];
        for (int i = 0; i < _targets.Length; i++)
        {
            Array.Clear(row);
            for (int j = 0; j < _columns; j++)
            {
                DoubleDouble entry = _table[i * _columns + j];
                for (int k = 0; k < row.Length; k++)
                    row[k] += entry * _fromBasis[j, k];
            }

            for (int k = 0; k < row.Length; k++)
            {
                DoubleDouble weighted = row[k] * _weights[i];
                for (int l = 0; l <= k; l++)
                    gram[k, l] += weighted * row[l];
            }
        }

        return gram;
    }

    /// <summary>In place to L·D·Lᵀ: D on the diagonal, L below it.</summary>
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
