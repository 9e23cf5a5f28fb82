using System.Runtime.CompilerServices;
using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>
/// Least squares by preconditioned gradient descent. Columns, residuals, coefficients and the sums of the gradient are in double-double;
/// everything else is in doubles.
/// </summary>
/// <remarks>
/// The class minimises Σ w (y − A·β)². With the thin QR or singular value decomposition √w·A/√(Σw) ≈ Q·S in plain doubles and T = S⁺,
/// gradient descent on the coordinates c of β = T·c at rate ½ is
/// <code>β ← β + T·Tᵀ·Aᵀ·W·(y − A·β)/Σw</code>
/// This is iterative refinement with the seminormal equations: Björck, "Stability analysis of the method of seminormal equations", 1987;
/// Demmel, Hida, Riedy and Li, "Extra-precise iterative refinement for overdetermined least squares problems", ACM TOMS 35, 2009. Each step
/// multiplies the error by about κ·2⁻⁵³, where κ is the condition number of the columns scaled to one length, for residuals of any size.
/// Rounding in double-double leaves an error of about κ·2⁻¹⁰⁴ if the residual is small compared with y and A·β.
/// </remarks>
internal sealed partial class RefinedLeastSquares
{
    private readonly int _columns;
    private readonly ColumnWriter _write;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly double[] _lengths;
    private readonly double[,] _fromBasis;
    private readonly double _totalWeight;

    /// <param name="write">The function that writes a row of the matrix A. It is called in each pass, so A takes no memory.</param>
    /// <param name="targets">The targets y, at most about 1 in size.</param>
    /// <param name="weights">The weights, greater than 0; their sum is about 1.</param>
    /// <param name="lengths">The root mean squares of the columns. Dividing by them makes the columns comparable.</param>
    public RefinedLeastSquares(ColumnWriter write, double[] targets, double[] weights, double[] lengths)
    {
        (_write, _targets, _weights, _lengths, _columns) = (write, targets, weights, lengths, lengths.Length);
        _totalWeight = weights.Sum();
        _fromBasis = _columns == 0 ? new double[0, 0] : FromBasis();
    }

    /// <summary>Writes the columns of a row.</summary>
    public delegate void ColumnWriter(int row, Span<DoubleDouble> columns);

    /// <summary>Uses a row and its residual.</summary>
    private delegate void ResidualVisitor(int i, DoubleDouble[] row, DoubleDouble residual);

    /// <summary>The rank of the columns.</summary>
    public int Rank => _fromBasis.GetLength(1);

    public int RowCount => _targets.Length;

    public int ColumnCount => _columns;

    /// <summary>Computes the loss Σ w r²/Σw, its gradient with respect to c, and the step of gradient descent in β at rate ½.</summary>
    public double Evaluate(DoubleDouble[] coefficients, Span<double> gradient, Span<double> step)
    {
        var descent = new DoubleDouble[_columns];
        DoubleDouble loss = 0.0;
        VisitResiduals(coefficients, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (i, row, residual) =>
        {
            DoubleDouble weighted = residual * _weights[i];
            loss += residual * weighted;
            for (int j = 0; j < row.Length; j++)
                descent[j] += row[j] * weighted;
        });

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

    /// <summary>Makes one step; from coefficients that are nearly those of the solution, its error is about κ·2⁻⁵³ times theirs.</summary>
    public void Refine(DoubleDouble[] coefficients)
    {
        double[] step = new double[_columns];
        Evaluate(coefficients, new double[Rank], step);
        for (int j = 0; j < step.Length; j++)
            coefficients[j] += step[j];
    }

    /// <summary>Computes β = T·c.</summary>
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

    /// <summary>
    /// Computes Σ w r² with the residuals r = y − A·β, and the sum of the squared differences of adjacent √w·r.
    /// </summary>
    public (DoubleDouble Squares, double Differences) SumsOfSquares(DoubleDouble[] coefficients)
    {
        DoubleDouble sum = 0.0;
        double differences = 0, last = 0;
        VisitResiduals(coefficients, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (i, _, residual) =>
        {
            sum += residual * residual * _weights[i];
            double weighted = Math.Sqrt(_weights[i]) * residual.High, difference = i == 0 ? 0 : weighted - last;
            differences += difference * difference;
            last = weighted;
        });
        return (sum, differences);
    }

    /// <summary>Computes the residual and the leverage h = w·aᵀ(AᵀWA)⁻¹a of each row a.</summary>
    public (double[] Residuals, double[] Leverages) ResidualsAndLeverages(DoubleDouble[] coefficients)
    {
        double[] residuals = new double[_targets.Length], leverages = new double[_targets.Length];
        VisitResiduals(coefficients, (i, row, residual) =>
        {
            residuals[i] = residual.High;
            double sum = 0;
            for (int k = 0; k < Rank; k++)
            {
                double inBasis = 0;
                for (int j = 0; j < row.Length; j++)
                    inBasis += _fromBasis[j, k] * row[j].High;
                sum += inBasis * inBasis;
            }

            leverages[i] = sum * _weights[i] / _totalWeight;
        });
        return (residuals, leverages);
    }

    public double RootOfWeight(int row) => Math.Sqrt(_weights[row]);

    /// <summary>The sum of the weighted squares of a column.</summary>
    public double SumOfSquares(int column) => _totalWeight * _lengths[column] * _lengths[column];

    /// <summary>Computes Σ w (y − ȳ)² if <paramref name="centered"/> is set, otherwise Σ w y².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    /// Returns the largest change of a form by a step, relative to the value of the form; 0 if no form changes. If the value is smaller
    /// than 2⁻²⁶ times the sum of the sizes of its terms and of the largest effect of a column, the change is relative to this bound. So a
    /// coefficient of 0 can converge.
    /// </summary>
    /// <param name="forms">The user's coefficients, as linear forms of β.</param>
    /// <param name="coefficients">The current β.</param>
    /// <param name="step">The step in β.</param>
    public double LargestCorrection(LinearForm[] forms, DoubleDouble[] coefficients, ReadOnlySpan<double> step)
    {
        double effect = 0, worst = 0;
        for (int j = 0; j < _columns; j++)
            effect = Math.Max(effect, Math.Abs(coefficients[j].High) * _lengths[j]);
        foreach (LinearForm form in forms)
        {
            double change = 0, terms = 0;
            foreach ((int j, DoubleDouble factor) in form.Terms)
            {
                change += factor.High * step[j];
                terms += Math.Abs(factor.High * coefficients[j].High);
            }

            if (change == 0)
                continue;
            // `own` is the column of the form itself; its other terms come from the shifting of the columns.
            (int own, DoubleDouble ownFactor) = form.Terms[^1].Column == _columns - 1 ? form.Terms[^1] : form.Terms[0];
            double floor = Math.ScaleB(terms + effect * Math.Abs(ownFactor.High) / _lengths[own], -26);
            worst = Math.Max(worst, Math.Abs(change) / Math.Max(Math.Abs(form.ValueOf(coefficients).High), floor));
        }

        return worst;
    }

    /// <summary>Computes the residuals of all rows, two at a time: the additions of two rows do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void VisitResiduals(DoubleDouble[] coefficients, ResidualVisitor visit)
    {
        DoubleDouble[] row = new DoubleDouble[_columns], next = new DoubleDouble[_columns];
        for (int i = 0; i < _targets.Length; i += 2)
        {
            bool hasNext = i + 1 < _targets.Length;
            _write(i, row);
            if (hasNext)
                _write(i + 1, next);
            DoubleDouble residual = _targets[i], nextResidual = hasNext ? _targets[i + 1] : 0;
            for (int j = 0; j < row.Length; j++)
            {
                residual -= row[j] * coefficients[j];
                nextResidual -= next[j] * coefficients[j];
            }

            visit(i, row, residual);
            if (hasNext)
                visit(i + 1, next, nextResidual);
        }
    }

    private double[,] FromBasis()
    {
        double[] roots = Array.ConvertAll(_weights, weight => Math.Sqrt(weight / _totalWeight));
        var row = new DoubleDouble[_columns];
        double[,] map = OrthonormalBasis.From(_targets.Length, _columns, WriteRow, Environment.ProcessorCount).Inverse();
        for (int j = 0; j < _columns; j++)
        {
            for (int k = 0; k < map.GetLength(1); k++)
                map[j, k] /= _lengths[j];
        }

        return map;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void WriteRow(int i, Span<double> target)
        {
            _write(i, row);
            for (int j = 0; j < target.Length; j++)
                target[j] = roots[i] * row[j].High / _lengths[j];
        }
    }
}
