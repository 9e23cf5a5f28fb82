using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>The gradient of a linear regression as MathNet's matrix products, on one thread with the managed provider.</summary>
internal sealed class MathNetGradient
{
    private readonly Matrix<double> _features;
    private readonly Vector<double> _targets;
    private readonly Vector<double> _parameters;

    public MathNetGradient(double[] rows, double[] targets)
    {
        Control.UseSingleThread();
        _features = Matrix<double>.Build.DenseOfRowMajor(targets.Length, rows.Length / targets.Length, rows);
        _targets = Vector<double>.Build.DenseOfArray(targets);
        _parameters = Vector<double>.Build.Dense(_features.ColumnCount);
    }

    /// <summary>As the formula is written, Xᵀ(Xθ − y): MathNet makes the transposed matrix.</summary>
    public Vector<double> AsWritten() => _features.Transpose() * Errors() * (2.0 / _targets.Count);

    /// <summary>With the one product that needs no transposed matrix.</summary>
    public Vector<double> WithoutTranspose() => _features.TransposeThisAndMultiply(Errors()) * (2.0 / _targets.Count);

    private Vector<double> Errors() => _features * _parameters - _targets;
}
