using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// Nanoseconds a parameter of every update rule: on ordinary arrays, as a user has them, and on arrays that begin with a cache line, as the
/// C loops have them.
/// </summary>
internal static class UpdateTimes
{
    private const double LearningRate = 1e-9; // so small that the parameters stay where they are
    private const int CacheLine = 64;

    /// <summary>What the names of measurements on arrays that begin with a cache line end with.</summary>
    public const string Aligned = "/aligned";

    /// <summary>The name of the update after so many others: the powers of the decay rates in it are as small as doubles can be.</summary>
    public const string Late = "Adam/double/after 800,000 updates";

    public static void Print(int n, int samples)
    {
        Stopclock.WarmUp(UpdateBriefly);
        Print(n, samples, aligned: false);
        Print(n, samples, aligned: true);
    }

    private static void Print(int n, int samples, bool aligned)
    {
        Memory<double> parameters = Filled(n, aligned, _ => 1.0), gradient = Filled(n, aligned, i => 1e-3 * (i % 7));
        Memory<float> floatParameters = Filled(n, aligned, _ => 1f), floatGradient = Filled(n, aligned, i => 1e-3f * (i % 7));
        foreach (string rule in Optimizers.Rules)
        {
            Optimizer optimizer = Optimizers.Create(rule), floatOptimizer = Optimizers.Create(rule);
            Print(rule + "/double", count => Repeat(optimizer, parameters.Span, gradient.Span, count));
            Print(rule + "/float", count => Repeat(floatOptimizer, floatParameters.Span, floatGradient.Span, count));
        }

        void Print(string name, Action<long> repeat)
        {
            GC.Collect(); // the state of the last optimizer
            Stopclock.Print(aligned ? name + Aligned : name, n, Stopclock.SecondsPerRepetition(samples, repeat) / n * 1e9);
        }
    }

    /// <summary>Nanoseconds a parameter of an update of Adam with a long past.</summary>
    public static void PrintLate(int n, int samples)
    {
        var optimizer = new Adam();
        double[] parameters = [.. Enumerable.Repeat(1.0, n)], gradient = [.. Enumerable.Repeat(1e-3, n)];
        Stopclock.WarmUp(() => Repeat(optimizer, parameters, gradient, 100_000));
        Stopclock.Print(
            Late, n, Stopclock.SecondsPerRepetition(samples, count => Repeat(optimizer, parameters, gradient, count)) / n * 1e9);
    }

    private static void UpdateBriefly()
    {
        foreach (string rule in Optimizers.Rules)
        {
            Optimizer optimizer = Optimizers.Create(rule), floatOptimizer = Optimizers.Create(rule);
            for (int call = 0; call < 50; call++)
            {
                Repeat(optimizer, new double[16], new double[16], 10);
                Repeat(floatOptimizer, new float[16], new float[16], 10);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Repeat(Optimizer optimizer, Span<double> parameters, ReadOnlySpan<double> gradient, long count)
    {
        for (long i = 0; i < count; i++)
            optimizer.Update(parameters, gradient, LearningRate);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Repeat(Optimizer optimizer, Span<float> parameters, ReadOnlySpan<float> gradient, long count)
    {
        for (long i = 0; i < count; i++)
            optimizer.Update(parameters, gradient, LearningRate);
    }

    private static Memory<T> Filled<T>(int length, bool aligned, Func<int, T> value)
        where T : unmanaged
    {
        Memory<T> memory = aligned ? FromCacheLine<T>(length) : new T[length];
        Span<T> values = memory.Span;
        for (int i = 0; i < length; i++)
            values[i] = value(i);
        return memory;
    }

    private static Memory<T> FromCacheLine<T>(int length)
        where T : unmanaged
    {
        T[] array = GC.AllocateArray<T>(length + CacheLine / Unsafe.SizeOf<T>(), pinned: true);
        int beyond = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % CacheLine);
        return array.AsMemory((CacheLine - beyond) % CacheLine / Unsafe.SizeOf<T>(), length);
    }
}
