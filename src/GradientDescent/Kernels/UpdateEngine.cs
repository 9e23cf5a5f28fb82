using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>The state of one optimizer at work on one vector, and the loop that all algorithms share.</summary>
internal abstract class UpdateEngine<T>(int length, StateNames names)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Length { get; } = length;

    public StateNames Names { get; } = names;

    public abstract Span<T> Slot(int slot);

    public abstract Span<double> Products { get; }

    public abstract void Run(Span<T> parameters, ReadOnlySpan<T> gradient, double learningRate, long update);
}

internal sealed class UpdateEngine<T, TRule> : UpdateEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IUpdateRule<T>
{
    private TRule _rule;
    private readonly T[] _slot0;
    private readonly T[] _slot1;
    private readonly T[] _slot2;
    private readonly double[] _products;

    public UpdateEngine(TRule rule, int length)
        : base(length, TRule.Names)
    {
        _rule = rule;
        _slot0 = NewSlot(0);
        _slot1 = NewSlot(1);
        _slot2 = NewSlot(2);
        _products = new double[TRule.Names.Products.Length];
        Products.Fill(1);
    }

    public override Span<double> Products => _products;

    public override Span<T> Slot(int slot) => slot switch { 0 => _slot0, 1 => _slot1, _ => _slot2 };

    public override void Run(Span<T> parameters, ReadOnlySpan<T> gradient, double learningRate, long update)
    {
        ref TRule rule = ref _rule;
        rule.Prepare(learningRate, update, _products);

        ref T p = ref MemoryMarshal.GetReference(parameters);
        ref T g = ref MemoryMarshal.GetReference(gradient);
        nuint length = (nuint)parameters.Length;
        nuint done = 0;

        // The widest pack first, then the same formula number by number for the rest; elements are independent, so this changes no bit.
        if (Vector512.IsHardwareAccelerated)
            done = Sweep<Lanes512<T>>(rule, ref p, ref g, done, length);
        else if (Vector256.IsHardwareAccelerated)
            done = Sweep<Lanes256<T>>(rule, ref p, ref g, done, length);
        else if (Vector128.IsHardwareAccelerated)
            done = Sweep<Lanes128<T>>(rule, ref p, ref g, done, length);
        if (done < length)
            Sweep<ScalarLane<T>>(rule, ref p, ref g, done, length);
    }

    /// <summary>Runs the rule on whole packs from <paramref name="start"/> on and returns where it stopped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at tier 0 every lane operation is a call: the first steps would crawl
    private nuint Sweep<V>(TRule rule, ref T p, ref T g, nuint start, nuint length)
        where V : struct, ILanes<V, T>
    {
        ref T a = ref MemoryMarshal.GetArrayDataReference(_slot0);
        ref T b = ref MemoryMarshal.GetArrayDataReference(_slot1);
        ref T c = ref MemoryMarshal.GetArrayDataReference(_slot2);
        nuint width = (nuint)V.Count;
        nuint i = start;
        for (; i + width <= length; i += width)
        {
            V parameter = V.Load(in p, i), slot0 = default, slot1 = default, slot2 = default;
            if (TRule.SlotCount > 0) slot0 = V.Load(in a, i);
            if (TRule.SlotCount > 1) slot1 = V.Load(in b, i);
            if (TRule.SlotCount > 2) slot2 = V.Load(in c, i);
            rule.Update(ref parameter, V.Load(in g, i), ref slot0, ref slot1, ref slot2);
            V.Store(parameter, ref p, i);
            if (TRule.SlotCount > 0) V.Store(slot0, ref a, i);
            if (TRule.SlotCount > 1) V.Store(slot1, ref b, i);
            if (TRule.SlotCount > 2) V.Store(slot2, ref c, i);
        }

        return i;
    }

    private T[] NewSlot(int slot)
    {
        if (slot >= TRule.SlotCount)
            return [];
        var values = new T[Length];
        Array.Fill(values, T.CreateSaturating(_rule.SlotStart(slot)));
        return values;
    }
}
