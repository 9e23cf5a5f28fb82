using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Draws settings at random for a <see cref="HyperparameterSearch"/>. The same seed gives the same settings on every machine.
/// </summary>
/// <example><code>
/// var settings = RandomSettings.Draw(50, random =&gt; (
///     Rate: random.LogUniform(1e-4, 1), Momentum: random.Uniform(0, 0.99), Batch: random.Choice(16, 32, 64)));
/// Console.WriteLine(settings.All(setting =&gt; setting.Rate is &gt;= 1e-4 and &lt; 1));   // True
/// </code></example>
public sealed class RandomSettings
{
    private const long FirstStream = -5000;

    private readonly CounterRandom _random;
    private long _drawn;

    private RandomSettings(long seed, int setting) => _random = new CounterRandom(seed, FirstStream - setting);

    /// <summary>Draws settings.</summary>
    /// <param name="count">The number of settings, at least 1.</param>
    /// <param name="draw">A function that makes one setting from random numbers.</param>
    /// <param name="seed">The seed.</param>
    /// <typeparam name="TSetting">The type of a setting.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public static TSetting[] Draw<TSetting>(int count, Func<RandomSettings, TSetting> draw, long seed = 0)
    {
        Guard.AtLeast(count, 1);
        ArgumentNullException.ThrowIfNull(draw);
        return [.. Enumerable.Range(0, count).Select(setting => draw(new RandomSettings(seed, setting)))];
    }

    /// <summary>Draws a number, each of the same probability.</summary>
    /// <param name="low">The smallest number, finite.</param>
    /// <param name="high">The limit above all numbers, finite and greater than <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not finite or not in order.</exception>
    public double Uniform(double low, double high)
    {
        RequireOrder(low, high);
        double share = (_random.Symmetric(_drawn++) + 1) / 2;
        return Math.Clamp(low * (1 - share) + high * share, low, Math.BitDecrement(high));
    }

    /// <summary>
    /// Draws a number whose logarithm has the same probability everywhere, as for learning rates and strengths of penalties.
    /// </summary>
    /// <param name="low">The smallest number, finite and greater than 0.</param>
    /// <param name="high">The limit above all numbers, finite and greater than <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not finite or not in order.</exception>
    public double LogUniform(double low, double high)
    {
        Guard.Positive(low);
        RequireOrder(low, high);
        double share = (_random.Symmetric(_drawn++) + 1) / 2;
        return Math.Clamp(
            Elementary.Exp(Elementary.Log(low) * (1 - share) + Elementary.Log(high) * share), low, Math.BitDecrement(high));
    }

    /// <summary>Draws a whole number, each of the same probability.</summary>
    /// <param name="low">The smallest number.</param>
    /// <param name="high">The largest number, at least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The largest number is less than the smallest.</exception>
    public int WholeNumber(int low, int high)
    {
        Guard.AtLeast(high, low);
        long count = (long)high - low + 1;
        return (int)(low + (long)Math.BigMul(_random.Bits(_drawn++), (ulong)count, out _));
    }

    /// <summary>Draws one of several values, each with the same probability.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public T Choice<T>(params ImmutableArray<T> values) => values.IsDefaultOrEmpty
        ? throw Guard.Invalid(nameof(values), $"There are no values: at least one is needed.")
        : values[WholeNumber(0, values.Length - 1)];

    /// <summary>Returns the count of numbers drawn for this setting.</summary>
    public override string ToString() => Format.Text($"{Format.Count(_drawn, "number")} drawn");

    private static void RequireOrder(double low, double high)
    {
        if (!double.IsFinite(low))
            throw Guard.OutOfRange(nameof(low), low, "finite");
        if (!double.IsFinite(high) || high <= low)
            throw Guard.OutOfRange(nameof(high), high, Format.Text($"finite and greater than {low}"));
    }
}
