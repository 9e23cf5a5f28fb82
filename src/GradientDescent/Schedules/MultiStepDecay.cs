using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The factor is multiplied by γ at given points: it is γⁿ from the n-th point on.</summary>
/// <remarks>PyTorch's <c>MultiStepLR</c>; Keras' <c>PiecewiseConstantDecay</c> falls one step later.</remarks>
/// <example><code>
/// var schedule = new MultiStepDecay([Horizon.Steps(100), Horizon.Steps(200)], gamma: 0.5);
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 100 }));   // 0.5
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 200 }));   // 0.25
/// </code></example>
public sealed record MultiStepDecay : ISchedule
{
    private readonly ImmutableArray<Horizon> _milestones;
    private readonly double _gamma;

    /// <summary>Creates the schedule.</summary>
    /// <param name="milestones">
    /// The points, counted from the start, in any order and unit; at least one. One that is given twice counts twice.
    /// </param>
    /// <param name="gamma">The factor at each, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentException">There is no milestone.</exception>
    /// <exception cref="ArgumentOutOfRangeException">γ is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">A horizon is <c>default</c>.</exception>
    public MultiStepDecay(IEnumerable<Horizon> milestones, double gamma = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        _milestones = [.. milestones.Select(milestone => milestone.Required())];
        if (_milestones.IsEmpty)
            throw Guard.Invalid(nameof(milestones), $"milestones is empty: there must be at least one.");
        _gamma = Guard.Between(gamma, 0, 1);
    }

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        int passed = 0;
        foreach (Horizon milestone in _milestones)
            passed += clock.Step >= milestone.InSteps(clock) ? 1 : 0;
        return Elementary.Pow(_gamma, passed);
    }

    /// <summary>Whether the other has the same settings.</summary>
    public bool Equals(MultiStepDecay? other) =>
        other is not null && _gamma == other._gamma && _milestones.SequenceEqual(other._milestones);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_gamma, _milestones.Length, _milestones[0]);

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"MultiStepDecay([{string.Join(", ", _milestones)}], {_gamma})");
}
