using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Parameters with their residuals and, if they were asked for, the factors of the Jacobian.</summary>
/// <param name="problem">The residuals.</param>
/// <param name="jacobian">Memory for a Jacobian; several points may share it.</param>
internal sealed class FitPoint(CurveResiduals problem, double[] jacobian)
{
    private readonly double[] _residuals = new double[problem.Count];

    public double[] Parameters { get; } = new double[problem.ParameterCount];

    public ReadOnlySpan<double> Residuals => _residuals;

    /// <summary>The norm of the residuals; NaN or infinite if one of them is.</summary>
    public double Norm { get; private set; }

    /// <summary>The factors of the Jacobian, after <see cref="Differentiate"/>.</summary>
    public PivotedQR Factors { get; } = new(problem.Count, problem.ParameterCount);

    /// <summary>Evaluates the residuals at the parameters.</summary>
    /// <returns>Whether all are finite.</returns>
    public bool Evaluate()
    {
        problem.Evaluate(Parameters, _residuals);
        Norm = Reductions.AreFinite(_residuals) ? Reductions.Norm(_residuals) : double.NaN;
        return double.IsFinite(Norm);
    }

    /// <summary>Evaluates and factorizes the Jacobian.</summary>
    /// <returns>Whether it is finite, also the norms of its columns; if not, there are no factors.</returns>
    public bool Differentiate()
    {
        problem.Differentiate(Parameters, jacobian);
        if (!Reductions.AreFinite(jacobian))
            return false;
        Factors.Factorize(jacobian, _residuals);
        return Reductions.AreFinite(Factors.ColumnNorms);
    }

    /// <summary>
    /// The index of the first residual that is not finite or, after <see cref="Differentiate"/>, has such derivatives; −1: none.
    /// </summary>
    public int FirstNonFinite()
    {
        int index = Array.FindIndex(_residuals, residual => !double.IsFinite(residual));
        for (int i = 0; index < 0 && i < _residuals.Length; i++)
        {
            for (int j = i; j < jacobian.Length; j += _residuals.Length)
                index = double.IsFinite(jacobian[j]) ? index : i;
        }

        return index;
    }
}
