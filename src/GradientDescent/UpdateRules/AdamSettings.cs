using System.Numerics;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The settings that Adam and its variants share.</summary>
internal readonly struct AdamSettings
{
    public AdamSettings(double beta1, double beta2, double epsilon)
    {
        Beta1 = Guard.Fraction(beta1);
        Beta2 = Guard.Fraction(beta2);
        Epsilon = Guard.Positive(epsilon);
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    public override string ToString() => Format.Text($"beta1 {Beta1}, beta2 {Beta2}, epsilon {Epsilon}");
}

/// <summary>
/// The settings as factors of the formulas, rounded to <typeparamref name="T"/>; 1 − β is computed in double before it is rounded.
/// </summary>
internal readonly struct AdamFactors<T>(AdamSettings settings)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly T Beta1 = Rounding.To<T>(settings.Beta1);
    public readonly T Beta2 = Rounding.To<T>(settings.Beta2);
    public readonly T Gain1 = Rounding.To<T>(1 - settings.Beta1);
    public readonly T Gain2 = Rounding.To<T>(1 - settings.Beta2);
    public readonly T Epsilon = Rounding.Epsilon<T>(settings.Epsilon);
}
