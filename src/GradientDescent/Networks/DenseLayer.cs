namespace GradientDescent;

/// <summary>A layer of a <see cref="FeedForwardNetwork"/>: each of its units is connected with all inputs.</summary>
/// <example><code>
/// var layer = new DenseLayer(128, Activation.ReLU) { Dropout = 0.2 };
/// Console.WriteLine(layer);   // 128 ReLU, dropout 0.2
/// </code></example>
public sealed record DenseLayer
{
    /// <summary>Creates the description of a layer.</summary>
    /// <param name="units">The number of units, at least 1.</param>
    /// <param name="activation">The function f that is applied to each sum.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public DenseLayer(int units, Activation activation = Activation.Identity)
    {
        Units = Guard.AtLeast(units, 1);
        Activation = Guard.Defined(activation);
    }

    /// <summary>The number of units, which is the number of outputs.</summary>
    public int Units { get; }

    /// <summary>The function that is applied to each sum.</summary>
    public Activation Activation { get; }

    /// <summary>The distribution of the weights at the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public WeightInitialization Initialization { get; init => field = Guard.Defined(value, nameof(Initialization)); }

    /// <summary>
    /// The probability p, at least 0 and less than 1, with which each output is replaced by 0 during training; the others are divided by
    /// 1 − p, so that the expectation is the same. Srivastava et al., "Dropout", 2014, section 10.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its interval.</exception>
    public double Dropout
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw Guard.OutOfRange(nameof(Dropout), value, "at least 0 and less than 1");
    }

    /// <summary>The bound b of the uniform distribution of the weights.</summary>
    internal double InitialBound(int inputs)
    {
        bool isHe = Initialization == WeightInitialization.He
            || (Initialization == WeightInitialization.Automatic && Activation == Activation.ReLU);
        return Math.Sqrt(6.0 / (isHe ? inputs : (double)inputs + Units));
    }

    /// <summary>Returns the number of units, the activation, and the probability of dropout if there is one.</summary>
    public override string ToString() => Format.Text($"{Units} {Activation}{(Dropout > 0 ? Format.Text($", dropout {Dropout}") : "")}");
}
