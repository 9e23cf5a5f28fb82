using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent.Tests.Support;

/// <summary>A loss that threads meet at: they work on blocks of rows.</summary>
internal sealed class WatchedLoss(ILoss loss, Meeting meeting) : ILoss
{
    public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights,
        Span<double> derivatives)
    {
        meeting.Arrive();
        return loss.Evaluate(predictions, targets, weights, derivatives);
    }

    public string? ValidateShape(int scoresPerTarget) => loss.ValidateShape(scoresPerTarget);

    public string? ValidateTarget(double target, int scoresPerTarget) => loss.ValidateTarget(target, scoresPerTarget);

    public (ILoss Loss, double Factor)? Rescaled(double scale) =>
        loss.Rescaled(scale) is { } rescaled ? (new WatchedLoss(rescaled.Loss, meeting), rescaled.Factor) : null;
}

/// <summary>
/// An optimizer whose formula threads meet at: they work on pieces of a long vector. Everything else is as in the optimizer given.
/// </summary>
internal sealed class WatchedOptimizer(Optimizer optimizer, Meeting meeting) : Optimizer(optimizer.LearningRate, optimizer.Batching)
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    private protected override UpdateEngine<T> CreateEngine<T>(int length)
    {
        object engine = typeof(Optimizer).GetMethod(nameof(CreateEngine), Hidden)!.MakeGenericMethod(typeof(T))
            .Invoke(optimizer, [length])!;
        object rule = engine.GetType().GetField("_rule", Hidden)!.GetValue(engine)!;
        Type watchedRule = typeof(WatchedRule<,>).MakeGenericType(typeof(T), rule.GetType());
        Type watchedEngine = typeof(UpdateEngine<,>).MakeGenericType(typeof(T), watchedRule);
        return (UpdateEngine<T>)Activator.CreateInstance(watchedEngine, Activator.CreateInstance(watchedRule, rule, meeting), length)!;
    }
}

internal struct WatchedRule<T, TRule>(TRule rule, Meeting meeting) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IUpdateRule<T>
{
    public static int SlotCount => TRule.SlotCount;

    public static StateNames Names => TRule.Names;

    public static bool StartsAtParameters => TRule.StartsAtParameters;

    public static bool LooksAtWholeVectors => TRule.LooksAtWholeVectors;

    public double SlotStart(int slot) => rule.SlotStart(slot);

    public double SlotStart(int slot, double parameter) => rule.SlotStart(slot, parameter);

    public void Observe(double learningRate, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, IRuleState<T> state) =>
        rule.Observe(learningRate, parameters, gradient, state);

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products) => rule.Prepare(learningRate, update, products);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<V>(ref V parameter, V gradient, ref V slot0, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        meeting.Arrive();
        rule.Update(ref parameter, gradient, ref slot0, ref slot1, ref slot2, ref slot3, ref slot4);
    }
}
