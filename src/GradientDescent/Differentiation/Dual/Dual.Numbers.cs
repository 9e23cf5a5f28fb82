using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent;

// Constants, conversions, comparisons of values and text.
public readonly partial struct Dual
{
    /// <summary>The constant 0.</summary>
    public static Dual Zero => default;

    /// <summary>The constant 1.</summary>
    public static Dual One => 1;

    /// <summary>The constant π.</summary>
    public static Dual Pi => double.Pi;

    /// <summary>The constant e.</summary>
    public static Dual E => double.E;

    /// <summary>Makes a constant, whose derivatives are 0.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Dual(double value) => FromDouble(value);

    /// <summary>Makes a constant, whose derivatives are 0.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual FromDouble(double value) => new(value, Vector512<double>.Zero, Vector512<double>.Zero);

    /// <summary>Makes a constant of a number of another type. In generic formulas it stands for literals.</summary>
    /// <typeparam name="TOther">The type of the number.</typeparam>
    /// <param name="value">The number.</param>
    /// <exception cref="NotSupportedException">The number has derivatives of another kind, which would be lost.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual CreateChecked<TOther>(TOther value) where TOther : INumberBase<TOther>
    {
        if (typeof(TOther) == typeof(double))
            return (double)(object)value;
        if (typeof(TOther) == typeof(int))
            return (int)(object)value;
        return CreateSaturating(value);
    }

    /// <inheritdoc cref="CreateChecked"/>
    public static Dual CreateSaturating<TOther>(TOther value) where TOther : INumberBase<TOther>
    {
        if (typeof(TOther) == typeof(Dual))
            return (Dual)(object)value;
        if (value is IHasDerivatives)
            throw new NotSupportedException($"A {typeof(TOther).Name} cannot become a Dual: its derivatives would be lost.");
        return double.CreateSaturating(value);
    }

    /// <inheritdoc cref="CreateChecked"/>
    public static Dual CreateTruncating<TOther>(TOther value) where TOther : INumberBase<TOther> => CreateSaturating(value);

    /// <summary>Whether the values are equal.</summary>
    public static bool operator ==(Dual left, Dual right) => left.Value == right.Value;

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(Dual left, Dual right) => left.Value != right.Value;

    /// <summary>Whether the value of the left number is smaller.</summary>
    public static bool operator <(Dual left, Dual right) => left.Value < right.Value;

    /// <summary>Whether the value of the left number is larger.</summary>
    public static bool operator >(Dual left, Dual right) => left.Value > right.Value;

    /// <summary>Whether the value of the left number is smaller or equal.</summary>
    public static bool operator <=(Dual left, Dual right) => left.Value <= right.Value;

    /// <summary>Whether the value of the left number is larger or equal.</summary>
    public static bool operator >=(Dual left, Dual right) => left.Value >= right.Value;

    /// <summary>Compares the values.</summary>
    /// <param name="other">The other number.</param>
    public int CompareTo(Dual other) => Value.CompareTo(other.Value);

    /// <summary>Compares the values.</summary>
    /// <param name="obj">The other number.</param>
    /// <exception cref="ArgumentException">The object is no number of this type.</exception>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Dual other => CompareTo(other),
        _ => throw Guard.Invalid(nameof(obj), $"A Dual cannot be compared with a {obj.GetType().Name}."),
    };

    /// <summary>Whether the values are equal.</summary>
    /// <param name="other">The other number.</param>
    public bool Equals(Dual other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Dual other && Equals(other);

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
