using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Noise: normal random numbers, smaller with every step, are added to the gradient. It helps out of bad regions.</summary>
/// <remarks>
/// With t counting from 0:
/// <code>g ← g + N(0, σₜ²),     σₜ² = η / (1 + t)^γ</code>
/// Neelakantan et al., "Adding Gradient Noise Improves Learning for Very Deep Networks", 2015, eq. (1). The numbers depend on the seed of
/// the run, the step and the index of the parameter only: a batch that is evaluated twice gets the same noise, and so does a run that is
/// continued. They are made by the transform of Box and Muller (1958).
/// </remarks>
/// <example><code>
/// double[] parameters = [1, 2], gradient = [0, 0], again = [0, 0];
/// var noise = new GradientNoise(variance: 0.01);
/// noise.Apply(new GradientContext(gradient, parameters, ParameterLayout.Flat(2), step: 7, seed: 1));
/// noise.Apply(new GradientContext(again, parameters, ParameterLayout.Flat(2), step: 7, seed: 1));
/// Console.WriteLine(gradient[0] != 0 &amp;&amp; gradient[0] == again[0]);   // True
/// </code></example>
public sealed record GradientNoise : IGradientTransform
{
    private const long Stream = -6; // of random numbers; nothing else uses it

    private readonly double _variance;
    private readonly double _decay;

    /// <summary>Creates the transform.</summary>
    /// <param name="variance">
    /// The variance η at the first step, in the squared unit of the gradient; finite and greater than 0. The paper tries 0.01, 0.3 and 1.
    /// </param>
    /// <param name="decay">The exponent γ with which the variance becomes smaller, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public GradientNoise(double variance = 0.01, double decay = 0.55) =>
        (_variance, _decay) = (Guard.Positive(variance), Guard.FiniteNonNegative(decay));

    /// <inheritdoc/>
    public void Apply(in GradientContext context)
    {
        var random = new CounterRandom(context.Seed, Stream);
        double deviation = Math.Sqrt(_variance * Elementary.Pow(1 + (double)context.Step, -_decay));
        long first = unchecked(context.Step * context.Gradient.Length);
        foreach (ParameterBlock block in context.Layout.Blocks)
        {
            if (block.IsFrozen)
                continue; // zeros, which a later clipping by norm must not count
            for (int i = block.Start; i < block.Start + block.Length; i++)
                context.Gradient[i] += deviation * random.Normal(unchecked(first + i));
        }
    }

    /// <summary>Returns the settings as text.</summary>
    public override string ToString() => Format.Text($"noise, variance {_variance}, decay {_decay}");
}
