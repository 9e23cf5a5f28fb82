namespace GradientDescent;

/// <summary>A named, contiguous part of a parameter vector: a matrix in row-major order.</summary>
/// <example><code>
/// var weights = new ParameterBlock("W1", rows: 3, columns: 2);
/// Console.WriteLine(weights.Length);   // 6
/// </code></example>
public sealed record ParameterBlock
{
    /// <summary>Creates a block. The layout that contains it sets its position in the vector.</summary>
    /// <param name="name">The name, not empty and different from the other blocks' names, such as <c>layer1.bias</c>.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="columns">The number of columns, at least 1; 1 for a vector.</param>
    /// <param name="role">The role of the block in the model.</param>
    /// <exception cref="ArgumentException">The name is empty, or a number is less than 1.</exception>
    public ParameterBlock(string name, int rows, int columns = 1, ParameterRole role = ParameterRole.Weight)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Rows = Guard.AtLeast(rows, 1);
        Columns = Guard.AtLeast(columns, 1);
        Role = Guard.Defined(role);
    }

    /// <summary>The name, unique in its layout.</summary>
    public string Name { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The role of the block in the model.</summary>
    public ParameterRole Role { get; }

    /// <summary>Whether the block is frozen: training does not change it.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>The index of the first number in the parameter vector.</summary>
    public int Start { get; internal init; }

    /// <summary>The number of parameters: rows × columns.</summary>
    public int Length => Rows * Columns;

    /// <summary>Returns the part of a vector that belongs to this block.</summary>
    /// <param name="vector">A vector with an entry for each parameter of the layout.</param>
    public Span<double> Of(Span<double> vector) => vector.Slice(Start, Length);

    /// <inheritdoc cref="Of(Span{double})"/>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> vector) => vector.Slice(Start, Length);

    /// <summary>Returns the name and the shape as text.</summary>
    public override string ToString() => Format.Text($"{Name} ({Rows}×{Columns}{(IsFrozen ? ", frozen" : "")})");
}
