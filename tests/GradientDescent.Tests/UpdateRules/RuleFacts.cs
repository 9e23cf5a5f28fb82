using System.Reflection;
using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Golden;

namespace GradientDescent.Tests.UpdateRules;

/// <summary>
/// What the tests know of one update rule. A new rule adds a file with a class derived from this one, named as the optimizer and
/// <c>Facts</c>; the lists of all tests find it.
/// </summary>
internal abstract class RuleFacts
{
    public static IReadOnlyList<RuleFacts> All { get; } =
    [
        .. typeof(RuleFacts).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RuleFacts)))
            .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => (RuleFacts)Activator.CreateInstance(type)!),
    ];

    /// <summary>The optimizer's name.</summary>
    public string Name => GetType().Name[..^"Facts".Length];

    /// <summary>The optimizer with its defaults, and each setting that changes its state.</summary>
    public abstract IEnumerable<RuleVariant> Variants { get; }

    /// <summary>The variants, and other settings that only the exact twin checks.</summary>
    public IEnumerable<RuleCase> Cases =>
        [.. Variants.Select(one => new RuleCase(one.Name, () => (AllOptimizers.ByName[one.Name](), one.Twin()))), .. Others];

    protected virtual IEnumerable<RuleCase> Others => [];

    /// <summary>The numbers among the constructor's arguments, with their intervals.</summary>
    public abstract IEnumerable<(string Name, string Allowed)> Arguments { get; }

    /// <summary>What the step of a coordinate needs of the others; <see langword="null"/>: nothing.</summary>
    public virtual string? WhyGlobal => null;

    /// <summary>
    /// The largest difference from the exact trajectory, relative to the largest parameter. A rule that makes its rate from the distance so
    /// far repeats every error of that distance, so it has a larger one.
    /// </summary>
    public virtual double TwinTolerance => 1e-13;

    /// <summary>The number of steps beside the exact twin.</summary>
    public virtual int TwinUpdates => 1000;

    /// <summary>The optimizer of a case in rules.json.</summary>
    public abstract Optimizer FromGolden(GoldenSettings settings);

    /// <summary>The optimizer with one argument of its constructor set.</summary>
    public Optimizer With(string argument, double value)
    {
        ConstructorInfo constructor = typeof(Optimizer).Assembly.GetType($"{nameof(GradientDescent)}.{Name}")!.GetConstructors().Single();
        object?[] arguments = [.. constructor.GetParameters().Select(p => p.Name == argument ? value : p.DefaultValue)];
        return (Optimizer)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}

/// <param name="Name">The name in <see cref="AllOptimizers"/>.</param>
/// <param name="Twin">Creates its twin in exact arithmetic.</param>
/// <param name="Vectors">The names of the vectors in a saved state, sorted.</param>
/// <param name="Scalars">The names of the scalars, sorted.</param>
/// <param name="Rate">A rate at which it solves the quadratic of the contract.</param>
/// <param name="Budget">The number of steps for that.</param>
internal sealed record RuleVariant(string Name, Func<ExactTwin> Twin, string Vectors, string Scalars, double Rate, int Budget);

/// <summary>An optimizer and its exact twin.</summary>
internal sealed record RuleCase(string Name, Func<(Optimizer Optimizer, ExactTwin Twin)> Pair);
