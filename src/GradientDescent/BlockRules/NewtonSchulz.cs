using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Moves the singular values of a matrix near 1 by Muon's polynomial 3.4445X − 4.7750X³ + 2.0315X⁵, repeated.</summary>
internal sealed class NewtonSchulz
{
    private const double A = 3.4445, B = -4.7750, C = 2.0315;

    private readonly DenseProducts _products = new();
    private readonly int _columns;
    private readonly bool _isTall;
    private readonly int _inner;
    private readonly double[] _next;
    private readonly double[] _matrix;
    private readonly double[] _gram;
    private readonly double[] _square;

    public NewtonSchulz(int rows, int columns)
    {
        // A tall matrix is transposed, so that the products have the smaller side.
        (_columns, _isTall, _inner) = (columns, rows > columns, Math.Max(rows, columns));
        int side = Math.Min(rows, columns);
        (_matrix, _next) = (new double[rows * columns], new double[rows * columns]);
        (_gram, _square) = (new double[side * side], new double[side * side]);
    }

    /// <summary>Replaces a matrix. Returns whether that is possible: a matrix of zeros stays as it is.</summary>
    public bool Orthogonalize(Span<double> matrix, int steps)
    {
        double norm = Reductions.Norm(matrix);
        if (norm == 0)
            return false;
        if (_isTall)
            DenseProducts.Transpose(matrix, _matrix, _columns);
        else
            matrix.CopyTo(_matrix);
        Reductions.Divide(_matrix, norm);
        for (int step = 0; step < steps; step++)
            Step();
        if (_isTall)
            DenseProducts.Transpose(_matrix, matrix, _inner);
        else
            _matrix.CopyTo(matrix);
        return true;
    }

    private void Step()
    {
        int side = _matrix.Length / _inner;
        _products.TimesTransposed(_matrix, _matrix, _gram, _inner);
        _products.TimesTransposed(_gram, _gram, _square, side); // XXᵀ is symmetric
        Reductions.Multiply(_gram, B);
        Reductions.AddScaled<double>(_gram, C, _square);
        _products.Times(_gram, _matrix, _next, side);
        Reductions.AddScaled<double>(_next, A, _matrix);
        _next.CopyTo(_matrix, 0);
    }
}
