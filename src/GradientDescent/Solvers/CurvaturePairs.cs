using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The last pairs of a step s and the change y of the gradient over it. They imply an approximation H of the inverse Hessian.
/// </summary>
/// <param name="steps">The memory for the steps, <paramref name="capacity"/> vectors.</param>
/// <param name="changes">The memory for the changes of the gradient.</param>
/// <param name="added">The number of pairs that were added so far; the newest are kept.</param>
/// <param name="capacity">The number of pairs that are kept.</param>
internal sealed class CurvaturePairs(double[] steps, double[] changes, StrongBox<double> added, int capacity)
{
    private const double MinCurvature = 1e-14; // relative to the lengths of s and y: below, rounding decides the sign of sᵀy

    private readonly double[] _factors = new double[capacity];
    private readonly int _length = steps.Length / capacity;

    /// <summary>The number of pairs that are kept now.</summary>
    public int Count => (int)Math.Min(added.Value, capacity);

    public void Clear() => added.Value = 0;

    /// <summary>Adds the pair of two points, unless the curvature along the step is not positive.</summary>
    public void Add(
        ReadOnlySpan<double> from, ReadOnlySpan<double> gradientFrom, ReadOnlySpan<double> to, ReadOnlySpan<double> gradientTo)
    {
        double curvature = 0, step = 0, change = 0;
        for (int j = 0; j < from.Length; j++)
        {
            double s = to[j] - from[j], y = gradientTo[j] - gradientFrom[j];
            curvature += s * y;
            step += s * s;
            change += y * y;
        }

        if (!(curvature > MinCurvature * Math.Sqrt(step) * Math.Sqrt(change)))
            return;
        Write(At(steps, 0), from, to);
        Write(At(changes, 0), gradientFrom, gradientTo);
        added.Value++;
    }

    /// <summary>Writes Hg by the two-loop recursion, in the space of the parameters that are not fixed.</summary>
    /// <param name="gradient">The vector g; 0 for fixed parameters.</param>
    /// <param name="product">The vector for Hg.</param>
    /// <param name="isFixed">Marks the fixed parameters; <see langword="null"/>: none.</param>
    public void Multiply(ReadOnlySpan<double> gradient, Span<double> product, bool[]? isFixed)
    {
        gradient.CopyTo(product);
        double scale = double.NaN;
        for (int k = 1; k <= Count; k++)
        {
            ReadOnlySpan<double> s = At(steps, k), y = At(changes, k);
            double curvature = Dot(s, y, isFixed);
            bool isUsed = curvature > 0;
            double factor = isUsed ? Reductions.Dot(s, (ReadOnlySpan<double>)product) / curvature : 0;
            _factors[k - 1] = isUsed ? factor : double.NaN;
            if (!isUsed)
                continue;
            AddScaled(product, -factor, y, isFixed);
            if (double.IsNaN(scale))
                scale = curvature / Dot(y, y, isFixed);
        }

        if (!double.IsNaN(scale))
            Reductions.Multiply(product, scale);
        for (int k = Count; k >= 1; k--)
        {
            if (double.IsNaN(_factors[k - 1]))
                continue;
            ReadOnlySpan<double> s = At(steps, k), y = At(changes, k);
            double factor = Reductions.Dot(y, (ReadOnlySpan<double>)product) / Dot(s, y, isFixed);
            AddScaled(product, _factors[k - 1] - factor, s, isFixed);
        }
    }

    /// <summary>Returns the memory of the pair that was added k pairs ago; 0: the place of the next one.</summary>
    private Span<double> At(double[] memory, int k) => memory.AsSpan((int)((added.Value - k + capacity) % capacity) * _length, _length);

    private static void Write(Span<double> difference, ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        to.CopyTo(difference);
        Reductions.AddScaled(difference, -1, from);
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool[]? isFixed)
    {
        if (isFixed is null)
            return Reductions.Dot(x, y);
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
            sum += isFixed[j] ? 0 : x[j] * y[j];
        return sum;
    }

    private static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> x, bool[]? isFixed)
    {
        Reductions.AddScaled(target, factor, x);
        if (isFixed is null)
            return;
        for (int j = 0; j < target.Length; j++)
        {
            if (isFixed[j])
                target[j] = 0;
        }
    }
}
