using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradientDescent;

// Constants, conversions, comparisons of values and text.
public readonly partial struct Variable
{
    /// <summary>The constant 0.</summary>
    public static Variable Zero => default;

    /// <summary>The constant 1.</summary>
    public static Variable One => 1;

    /// <summary>The constant π.</summary>
    public static Variable Pi => double.Pi;

    /// <summary>The constant e.</summary>
    public static Variable E => double.E;

    /// <summary>Makes a constant, whose derivatives are 0.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Variable(double value) => FromDouble(value);

    /// <summary>Makes a constant, whose derivatives are 0.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Variable FromDouble(double value) => new(value, 0);

    /// <summary>Makes a constant of a number of another type. In generic formulas it stands for literals.</summary>
    /// <typeparam name="TOther">The type of the number.</typeparam>
    /// <param name="value">The number.</param>
    /// <exception cref="NotSupportedException">The number has derivatives of another kind, which would be lost.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Variable CreateChecked<TOther>(TOther value) where TOther : INumberBase<TOther>
    {
        if (typeof(TOther) == typeof(double))
            return (double)(object)value;
        if (typeof(TOther) == typeof(int))
            return (int)(object)value;
        return CreateSaturating(value);
    }

    /// <inheritdoc cref="CreateChecked"/>
    public static Variable CreateSaturating<TOther>(TOther value) where TOther : INumberBase<TOther>
    {
        if (typeof(TOther) == typeof(Variable))
            return (Variable)(object)value;
        if (value is IHasDerivatives)
            throw new NotSupportedException($"A {typeof(TOther).Name} cannot become a Variable: its derivatives would be lost.");
        return double.CreateSaturating(value);
    }

    /// <inheritdoc cref="CreateChecked"/>
    public static Variable CreateTruncating<TOther>(TOther value) where TOther : INumberBase<TOther> => CreateSaturating(value);

    /// <summary>Whether the values are equal.</summary>
    public static bool operator ==(Variable left, Variable right) => left.Value == right.Value;

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(Variable left, Variable right) => left.Value != right.Value;

    /// <summary>Whether the value of the left number is smaller.</summary>
    public static bool operator <(Variable left, Variable right) => left.Value < right.Value;

    /// <summary>Whether the value of the left number is larger.</summary>
    public static bool operator >(Variable left, Variable right) => left.Value > right.Value;

    /// <summary>Whether the value of the left number is smaller or equal.</summary>
    public static bool operator <=(Variable left, Variable right) => left.Value <= right.Value;

    /// <summary>Whether the value of the left number is larger or equal.</summary>
    public static bool operator >=(Variable left, Variable right) => left.Value >= right.Value;

    /// <summary>Compares the values.</summary>
    /// <param name="other">The other number.</param>
    public int CompareTo(Variable other) => Value.CompareTo(other.Value);

    /// <summary>Compares the values.</summary>
    /// <param name="obj">The other number.</param>
    /// <exception cref="ArgumentException">The object is no number of this type.</exception>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Variable other => CompareTo(other),
        _ => throw Guard.Invalid(nameof(obj), $"A Variable cannot be compared with a {obj.GetType().Name}."),
    };

    /// <summary>Whether the values are equal.</summary>
    /// <param name="other">The other number.</param>
    public bool Equals(Variable other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Variable other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>Returns the value as text in the invariant culture.</summary>
    public override string ToString() => Format.Text($"{Value}");

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider);

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Value.TryFormat(destination, out charsWritten, format, provider);
}
