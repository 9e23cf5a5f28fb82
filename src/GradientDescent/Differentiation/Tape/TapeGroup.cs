namespace GradientDescent;

/// <summary>A function of many operands as one node. Its numbers and operands are in arrays of the tape.</summary>
internal struct TapeGroup
{
    public GroupKind Kind;

    /// <summary>The number of operands of each list.</summary>
    public int Count;

    /// <summary>The operands xᵢ.</summary>
    public Operands Left;

    /// <summary>The operands yᵢ of <see cref="GroupKind.Inner"/>.</summary>
    public Operands Right;

    /// <summary>The place of the derivatives by xᵢ.</summary>
    public int LeftNumbers;

    /// <summary>The place of the derivatives by yᵢ.</summary>
    public int RightNumbers;

    /// <summary>The reciprocal of the norm, for <see cref="GroupKind.Norm"/>.</summary>
    public double Reciprocal;
}

/// <summary>The functions that are one node, each with its second derivatives.</summary>
internal enum GroupKind
{
    /// <summary>Σ cᵢxᵢ with constants c: no second derivatives.</summary>
    Weighted,

    /// <summary>Σ xᵢyᵢ: the second derivatives by xᵢ and yᵢ are 1.</summary>
    Inner,

    /// <summary>Σ xᵢ²; the numbers are xᵢ.</summary>
    Squares,

    /// <summary>√Σxᵢ²: with the derivatives p = x/‖x‖, the second ones are (I − ppᵀ)/‖x‖.</summary>
    Norm,

    /// <summary>ln Σ e^xᵢ: with the derivatives s, the second ones are diag(s) − ssᵀ.</summary>
    LogSumExp,
}

/// <summary>A list of nodes: consecutive ones from <see cref="First"/>, or those in the tape's list of indices.</summary>
internal struct Operands
{
    /// <summary>The place in the list of indices; −1 for consecutive nodes.</summary>
    public int Place;

    /// <summary>The first of consecutive nodes.</summary>
    public int First;

    /// <summary>Whether none of the operands has derivatives.</summary>
    public readonly bool AreConstant => Place < 0 && First == 0;

    /// <summary>A part of consecutive operands, or of a list.</summary>
    public readonly Operands From(int start) => Place < 0
        ? new() { Place = -1, First = First == 0 ? 0 : First + start }
        : new() { Place = Place + start };
}
