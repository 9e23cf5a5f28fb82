using System.Numerics;

namespace GradientDescent;

/// <summary>
/// A number that carries derivatives: what <see cref="Dual"/> and <see cref="Variable"/> have in common. The other files of this interface
/// implement the members of the generic math that need no more than these.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal partial interface IDifferentiable<TSelf> : IFloatingPointIeee754<TSelf>, IHasDerivatives
    where TSelf : struct, IDifferentiable<TSelf>
{
    /// <summary>The number without its derivatives.</summary>
    double Value { get; }

    /// <summary>Creates a number whose derivatives are 0.</summary>
    static abstract TSelf Constant(double value);

    /// <summary>A function of one number.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="value">The value of the function.</param>
    /// <param name="first">Its derivative.</param>
    /// <param name="second">Its second derivative.</param>
    static abstract TSelf Chain(TSelf x, double value, double first, double second);

    /// <summary>A function of two numbers.</summary>
    /// <param name="x">The first argument.</param>
    /// <param name="y">The second argument.</param>
    /// <param name="value">The value of the function.</param>
    /// <param name="partials">Its derivatives.</param>
    static abstract TSelf Chain(TSelf x, TSelf y, double value, in PartialDerivatives partials);
}

/// <summary>Marks the types of numbers that carry derivatives. They are not converted into each other.</summary>
internal interface IHasDerivatives;
