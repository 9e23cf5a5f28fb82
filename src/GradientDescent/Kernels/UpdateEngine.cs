using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>The state of one optimizer for one vector, and the loop that all algorithms share.</summary>
internal abstract class UpdateEngine<T>(int length, StateNames names) : IRuleState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Length { get; } = length;

    public StateNames Names { get; } = names;

    /// <inheritdoc/>
    public abstract Span<T> Slot(int slot);

    /// <inheritdoc/>
    public abstract Span<DoubleDouble> Scalars { get; }

    /// <summary>Makes one step.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradient">The gradient, as long as the parameters.</param>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="update">The number of this step, from 1.</param>
    /// <param name="team">The threads for a long vector; <see langword="null"/>: only the calling thread.</param>
    public abstract void Run(Span<T> parameters, ReadOnlySpan<T> gradient, double learningRate, long update, ThreadTeam? team);

    /// <summary>Whether the rule looks at each element by itself, so that the gradient need not be in memory.</summary>
    public abstract bool IsElementwise { get; }

    /// <summary>Whether a gradient of 0 changes neither the parameter nor the state.</summary>
    public abstract bool IgnoresZeroGradients { get; }

    /// <summary>Whether the state has parameters of earlier steps.</summary>
    public abstract bool KeepsPoints { get; }

    /// <summary>Makes one step of an elementwise rule on some of the parameters, at a cost of as many.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="indices">The indices of those that are moved, each once; they are within the vector.</param>
    /// <param name="gradient">The gradient of each of them.</param>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="update">The number of this step, from 1.</param>
    public abstract void RunAt(
        Span<T> parameters, ReadOnlySpan<int> indices, ReadOnlySpan<T> gradient, double learningRate, long update);

    /// <summary>Requests the state of some parameters, for a sparse step that follows soon.</summary>
    public abstract void PrefetchAt(ReadOnlySpan<int> indices);

    /// <summary>Makes one step of an elementwise rule.</summary>
    /// <typeparam name="TSource">The type of the gradient.</typeparam>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradient">The gradient of the first parameters.</param>
    /// <param name="length">The number of these.</param>
    /// <param name="last">The gradient of the other parameters.</param>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="update">The number of this step, from 1.</param>
    public abstract void Run<TSource>(
        Span<T> parameters, TSource gradient, int length, UniformGradient<T> last, double learningRate, long update)
        where TSource : struct, IGradientSource<T>, allows ref struct;
}

internal sealed unsafe class UpdateEngine<T, TRule> : UpdateEngine<T>, IParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IUpdateRule<T>
{
    private const int PieceLength = 1 << 14; // a whole number of packs of any width
    private const double SmallestProduct = 1e-290; // the low part of a larger one is a normal number

    private TRule _rule;
    private T* _parameters;
    private T* _gradient;
    private readonly AlignedArray<T> _slot0;
    private readonly AlignedArray<T> _slot1;
    private readonly AlignedArray<T> _slot2;
    private readonly AlignedArray<T> _slot3;
    private readonly AlignedArray<T> _slot4;
    private readonly DoubleDouble[] _scalars;
    private UpdateEngine<T, TRule>? _support; // its slots have the elements of a sparse step
    private AlignedArray<T>? _supported; // the parameters of a sparse step

    public UpdateEngine(TRule rule, int length)
        : base(length, TRule.Names)
    {
        _rule = rule;
        _slot0 = NewSlot(0);
        _slot1 = NewSlot(1);
        _slot2 = NewSlot(2);
        _slot3 = NewSlot(3);
        _slot4 = NewSlot(4);
        _scalars = new DoubleDouble[TRule.Names.ScalarCount];
        Products.Fill(1);
    }

    public override Span<DoubleDouble> Scalars => _scalars;

    public override bool IsElementwise => !TRule.LooksAtWholeVectors;

    public override bool IgnoresZeroGradients => IsElementwise && TRule.IgnoresZeroGradients;

    public override bool KeepsPoints => TRule.KeepsPoints;

    private Span<DoubleDouble> Products => _scalars.AsSpan(0, TRule.Names.Products.Length);

    public override Span<T> Slot(int slot) => (slot switch { 0 => _slot0, 1 => _slot1, 2 => _slot2, 3 => _slot3, _ => _slot4 }).Span;

    public override void Run(Span<T> parameters, ReadOnlySpan<T> gradient, double learningRate, long update, ThreadTeam? team)
    {
        ref TRule rule = ref _rule;
        StartIfFirst(parameters, update);
        if (TRule.LooksAtWholeVectors)
            rule.Observe(learningRate, parameters, gradient, this);
        Prepare(learningRate, update);
        if (team is null)
        {
            var source = new GradientVector<T>(ref MemoryMarshal.GetReference(gradient));
            RunOn(ref MemoryMarshal.GetReference(parameters), source, 0, (nuint)parameters.Length);
            return;
        }

        fixed (T* pinnedParameters = parameters, pinnedGradient = gradient)
        {
            _parameters = pinnedParameters;
            _gradient = pinnedGradient;
            team.Run(this, (Length + PieceLength - 1) / PieceLength);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run<TSource>(
        Span<T> parameters, TSource gradient, int length, UniformGradient<T> last, double learningRate, long update)
    {
        StartIfFirst(parameters, update);
        Prepare(learningRate, update);
        ref T p = ref MemoryMarshal.GetReference(parameters);
        RunOn(ref p, gradient, 0, (nuint)length);
        RunOn(ref p, last, (nuint)length, (nuint)parameters.Length);
    }

    // The elements are copied side by side, and back after the step: then vectors can compute it. A rule without state is too short.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void RunAt(
        Span<T> parameters, ReadOnlySpan<int> indices, ReadOnlySpan<T> gradient, double learningRate, long update)
    {
        StartIfFirst(parameters, update);
        Prepare(learningRate, update);
        if (TRule.SlotCount == 0)
        {
            SweepAt(_rule, ref MemoryMarshal.GetReference(parameters), indices, gradient);
            return;
        }

        if (_support is null || _support.Length < indices.Length)
            (_support, _supported) = (new(_rule, indices.Length), new AlignedArray<T>(indices.Length));
        UpdateEngine<T, TRule> support = _support;
        Span<T> supported = _supported!.Span;
        support._rule = _rule;
        Gather(parameters, indices, supported);
        for (int slot = 0; slot < TRule.SlotCount; slot++)
            Gather(Slot(slot), indices, support.Slot(slot));
        support.RunOn(ref MemoryMarshal.GetReference(supported), new GradientVector<T>(ref MemoryMarshal.GetReference(gradient)), 0,
            (nuint)indices.Length);
        Scatter(supported, indices, parameters);
        for (int slot = 0; slot < TRule.SlotCount; slot++)
            Scatter(support.Slot(slot), indices, Slot(slot));
    }

    public override void PrefetchAt(ReadOnlySpan<int> indices)
    {
        for (int slot = 0; slot < TRule.SlotCount; slot++)
            Prefetch.IntoFirstLevel<T>(Slot(slot), indices);
    }

    void IParallelWork.Execute(int piece)
    {
        nuint start = (nuint)piece * PieceLength;
        RunOn(ref *_parameters, new GradientVector<T>(ref *_gradient), start, Math.Min(start + PieceLength, (nuint)Length));
    }

    private void Prepare(double learningRate, long update)
    {
        _rule.Prepare(learningRate, update, _scalars);
        FlushProducts();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // in unoptimized code each operation inside is a call
    private void RunOn<TSource>(ref T p, TSource gradient, nuint start, nuint end)
        where TSource : struct, IGradientSource<T>, allows ref struct =>
        PackLoop.Run<RuleSweep<TSource>, T, ScalarLane<T>>(new RuleSweep<TSource>(this, ref p, gradient), start, end);

    /// <summary>Runs the rule on whole packs from <paramref name="start"/> on and returns where it stopped.</summary>
    // AggressiveOptimization: in unoptimized code every lane operation is a call, so the first steps would be slow. NoInlining: inlined
    // into its caller, the loop would exceed the compiler's inlining budget, and the operations of a long rule would become calls (Rprop in
    // float was 13 times slower).
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private nuint Sweep<V, TSource>(TRule rule, ref T p, TSource gradient, nuint start, nuint end)
        where V : struct, ILanes<V, T>
        where TSource : struct, IGradientSource<T>, allows ref struct
    {
        int slotCount = TRule.SlotCount; // read once: each read is a call that the compiler has to inline
        ref T a = ref slotCount > 0 ? ref MemoryMarshal.GetReference(_slot0.Span) : ref p; // an unused slot needs no address
        ref T b = ref slotCount > 1 ? ref MemoryMarshal.GetReference(_slot1.Span) : ref p;
        ref T c = ref slotCount > 2 ? ref MemoryMarshal.GetReference(_slot2.Span) : ref p;
        ref T d = ref slotCount > 3 ? ref MemoryMarshal.GetReference(_slot3.Span) : ref p;
        ref T e = ref slotCount > 4 ? ref MemoryMarshal.GetReference(_slot4.Span) : ref p;
        nuint width = (nuint)V.Count;
        TRule formula = rule; // a local copy: fields of the argument would be loaded from memory for each pack
        nuint i = start;
        for (; i + width <= end; i += width)
        {
            V parameter = V.Load(in p, i), slot0 = default, slot1 = default, slot2 = default, slot3 = default, slot4 = default;
            if (slotCount > 0) slot0 = V.Load(in a, i);
            if (slotCount > 1) slot1 = V.Load(in b, i);
            if (slotCount > 2) slot2 = V.Load(in c, i);
            if (slotCount > 3) slot3 = V.Load(in d, i);
            if (slotCount > 4) slot4 = V.Load(in e, i);
            formula.Update(ref parameter, gradient.At<V>(i), ref slot0, ref slot1, ref slot2, ref slot3, ref slot4);
            V.Store(parameter, ref p, i);
            if (slotCount > 0) V.Store(slot0, ref a, i);
            if (slotCount > 1) V.Store(slot1, ref b, i);
            if (slotCount > 2) V.Store(slot2, ref c, i);
            if (slotCount > 3) V.Store(slot3, ref d, i);
            if (slotCount > 4) V.Store(slot4, ref e, i);
        }

        return i;
    }

    /// <summary>Runs a rule without slots on single elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SweepAt(TRule rule, ref T p, ReadOnlySpan<int> indices, ReadOnlySpan<T> gradient)
    {
        ScalarLane<T> none = default;
        for (int k = 0; k < indices.Length && k < gradient.Length; k++)
        {
            nuint i = (nuint)indices[k];
            ScalarLane<T> parameter = ScalarLane<T>.Load(in p, i);
            rule.Update(ref parameter, ScalarLane<T>.Load(in gradient[k], 0), ref none, ref none, ref none, ref none, ref none);
            ScalarLane<T>.Store(parameter, ref p, i);
        }
    }

    /// <summary>Copies the elements of a vector with the given indices to the front of another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ReadOnlySpan<T> from, ReadOnlySpan<int> indices, Span<T> to)
    {
        ref T source = ref MemoryMarshal.GetReference(from);
        for (int k = 0; k < indices.Length && k < to.Length; k++)
            to[k] = Unsafe.Add(ref source, indices[k]);
    }

    /// <summary>Copies elements back to where <see cref="Gather"/> found them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ReadOnlySpan<T> from, ReadOnlySpan<int> indices, Span<T> to)
    {
        ref T target = ref MemoryMarshal.GetReference(to);
        for (int k = 0; k < indices.Length && k < from.Length; k++)
            Unsafe.Add(ref target, indices[k]) = from[k];
    }

    /// <summary>
    /// Makes a product 0 that is so small that it cannot change a rate. Otherwise it would stay at a subnormal number, with which the
    /// processor computes many times as slowly.
    /// </summary>
    private void FlushProducts()
    {
        foreach (ref DoubleDouble product in Products)
        {
            if (product.High < SmallestProduct)
                product = 0;
        }
    }

    /// <summary>Before the first step, sets the slots of a rule that start at values of the parameters.</summary>
    private void StartIfFirst(ReadOnlySpan<T> parameters, long update)
    {
        if (!TRule.StartsAtParameters || update > 1)
            return;
        for (int slot = 0; slot < TRule.SlotCount; slot++)
        {
            Span<T> values = Slot(slot);
            for (int i = 0; i < values.Length; i++)
                values[i] = T.CreateSaturating(_rule.SlotStart(slot, double.CreateSaturating(parameters[i])));
        }
    }

    private AlignedArray<T> NewSlot(int slot)
    {
        var values = new AlignedArray<T>(slot < TRule.SlotCount ? Length : 0);
        values.Span.Fill(T.CreateSaturating(_rule.SlotStart(slot)));
        return values;
    }

    private readonly ref struct RuleSweep<TSource>(UpdateEngine<T, TRule> engine, ref T p, TSource gradient) : ISweep<T>
        where TSource : struct, IGradientSource<T>, allows ref struct
    {
        private readonly ref T _p = ref p;
        private readonly TSource _gradient = gradient;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public nuint Sweep<V>(nuint start, nuint end) where V : struct, ILanes<V, T> =>
            engine.Sweep<V, TSource>(engine._rule, ref _p, _gradient, start, end);
    }
}
