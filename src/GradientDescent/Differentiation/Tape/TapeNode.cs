namespace GradientDescent;

/// <summary>
/// One operation of a recorded formula: the numbers of its operands and the derivatives by them. Which second derivatives there are
/// follows from its kind.
/// </summary>
internal struct TapeNode
{
    /// <summary>The number of bits that the kind takes in <see cref="RightAndKind"/>.</summary>
    public const int KindBits = 3;

    /// <summary>A function of one operand; its second derivative is in the place of the derivative by the right operand.</summary>
    public const int Unary = 0;

    /// <summary>A function of two operands without second derivatives, such as a sum.</summary>
    public const int Linear = 1;

    /// <summary>A product.</summary>
    public const int Product = 2;

    /// <summary>A quotient.</summary>
    public const int Quotient = 3;

    /// <summary>A function of two operands. Its second derivatives are in the next node, which is no operation.</summary>
    public const int General = 4;

    /// <summary>A function of many operands, described by a <see cref="TapeGroup"/>, whose number is the left operand.</summary>
    public const int Group = 5;

    /// <summary>The largest number of a node that fits together with the kind.</summary>
    public const int MaxIndex = int.MaxValue >> KindBits;

    private const int KindMask = (1 << KindBits) - 1;

    /// <summary>The node of the left or only operand.</summary>
    public int Left;

    /// <summary>The node of the right operand and the kind.</summary>
    public int RightAndKind;

    /// <summary>The derivative by the left operand.</summary>
    public double First;

    /// <summary>The derivative by the right operand; for one operand the second derivative.</summary>
    public double Second;

    public readonly int Kind => RightAndKind & KindMask;

    public readonly int Right => RightAndKind >> KindBits;
}
