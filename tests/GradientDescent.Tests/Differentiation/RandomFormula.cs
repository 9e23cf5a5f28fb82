using System.Numerics;

namespace GradientDescent.Tests.Differentiation;

/// <summary>
/// A formula of random operations. Each uses earlier results, whose size stays moderate, so that no value is near the end of a domain.
/// </summary>
internal readonly struct RandomFormula(int seed, int operations) : IFormula
{
    public T Evaluate<T>(ReadOnlySpan<T> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var results = new List<T>([.. parameters]);
        for (int k = 0; k < operations; k++)
        {
            T x = results[random.Next(results.Count)], y = results[random.Next(results.Count)];
            T number = T.CreateChecked(0.25 * random.Next(1, 12)), safe = T.One + x * x;
            results.Add(random.Next(18) switch
            {
                0 => x + y,
                1 => x - y,
                2 => T.Tanh(x) * T.Tanh(y),
                3 => x / (T.One + y * y),
                4 => number * x,
                5 => number - x,
                6 => T.Exp(T.Sin(x)),
                7 => T.Log(safe),
                8 => T.Sqrt(safe),
                9 => T.Atan2(x, T.One + y * y),
                10 => T.Pow(safe, T.Tanh(y)),
                11 => T.Max(T.Cos(x), y / (T.One + y * y)),
                12 => T.Abs(T.Sin(x) - number),
                13 => T.Hypot(T.Tanh(x), number),
                14 => Formula.Logistic(x),
                15 => Formula.LogOnePlusExp(T.Sin(x)),
                16 => Formula.LogSumExp<T>([T.Sin(x), T.Cos(y), number]),
                _ => Formula.Dot<T>([T.Sin(x), T.Cos(y)], [y / (T.One + y * y), number]),
            });
            if (T.Abs(results[^1]) > T.CreateChecked(100))
                results[^1] = T.Sin(results[^1]);
        }

        T sum = T.Zero;
        foreach (T result in results)
            sum += T.Sin(result);
        return sum;
    }
}

/// <summary>The chain rule's inside: sin of another formula.</summary>
internal readonly struct SineOf<TFormula>(TFormula inner) : IFormula where TFormula : IFormula
{
    public T Evaluate<T>(ReadOnlySpan<T> parameters) where T : unmanaged, IFloatingPointIeee754<T> => T.Sin(inner.Evaluate(parameters));
}

/// <summary>a·f + b·g.</summary>
internal readonly struct Combination<TFormula>(double a, TFormula f, double b, TFormula g) : IFormula where TFormula : IFormula
{
    public T Evaluate<T>(ReadOnlySpan<T> parameters) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateChecked(a) * f.Evaluate(parameters) + T.CreateChecked(b) * g.Evaluate(parameters);
}
