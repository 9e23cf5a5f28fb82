using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The functions of vectors in forward mode. The value is computed as for doubles, so it has the same bits as on a tape.
/// </summary>
internal static class DualVectors
{
    [ThreadStatic]
    private static double[]? _scratch;

    public static Dual Dot(ReadOnlySpan<Dual> x, ReadOnlySpan<Dual> y)
    {
        Span<double> values = Scratch(2 * x.Length), left = values[..x.Length], right = values[x.Length..];
        Dual sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            (left[i], right[i]) = (x[i].Value, y[i].Value);
            sum += x[i] * y[i];
        }

        return sum.WithValue(Reductions.Dot<double, double>(left, right));
    }

    public static Dual Dot(ReadOnlySpan<Dual> x, ReadOnlySpan<double> constants)
    {
        Dual sum = Weighted(x, constants);
        return sum.WithValue(Reductions.Dot(ValuesOf(x), constants));
    }

    public static Dual Sum(ReadOnlySpan<Dual> x)
    {
        Dual sum = 0;
        foreach (Dual value in x)
            sum += value;
        return sum.WithValue(Reductions.Sum(ValuesOf(x)));
    }

    public static Dual Norm(ReadOnlySpan<Dual> x)
    {
        Span<double> values = ValuesOf(x);
        double norm = Reductions.Norm(values);
        for (int i = 0; i < values.Length; i++)
            values[i] = norm == 0 ? 0 : values[i] / norm;
        return Weighted(x, values).WithValue(norm);
    }

    public static Dual LogSumExp(ReadOnlySpan<Dual> x)
    {
        Span<double> values = ValuesOf(x);
        double value = PlainVectors.ReplaceBySoftmax(values);
        return Weighted(x, values).WithValue(value);
    }

    private static Dual Weighted(ReadOnlySpan<Dual> x, ReadOnlySpan<double> weights)
    {
        Dual sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * weights[i];
        return sum;
    }

    private static Span<double> ValuesOf(ReadOnlySpan<Dual> x)
    {
        Span<double> values = Scratch(x.Length);
        for (int i = 0; i < x.Length; i++)
            values[i] = x[i].Value;
        return values;
    }

    private static Span<double> Scratch(int length)
    {
        if (_scratch is null || _scratch.Length < length)
            _scratch = new double[length];
        return _scratch.AsSpan(0, length);
    }
}
