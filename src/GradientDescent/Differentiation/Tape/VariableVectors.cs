using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The functions of vectors on a tape: one node each, for a matrix one for each row.</summary>
internal static class VariableVectors
{
    // Constants belong to no tape. This one holds their numbers for a moment.
    [ThreadStatic]
    private static Tape? _spare;

    public static Variable Dot(ReadOnlySpan<Variable> x, ReadOnlySpan<Variable> y)
    {
        Tape tape = TapeOf(x) ?? TapeOf(y) ?? Spare;
        int mark = tape.NumberCount;
        var group = new TapeGroup { Kind = GroupKind.Inner, Count = x.Length, Left = List(tape, x), Right = List(tape, y) };
        (group.RightNumbers, group.LeftNumbers) = (Values(tape, x), Values(tape, y));
        return Inner(tape, group, mark);
    }

    public static Variable Dot(ReadOnlySpan<Variable> x, ReadOnlySpan<double> constants)
    {
        Tape tape = TapeOf(x) ?? Spare;
        int mark = tape.NumberCount, values = Values(tape, x);
        double value = Reductions.Dot(tape.Numbers(values, x.Length), constants);
        tape.Release(mark);
        var group = new TapeGroup { Kind = GroupKind.Weighted, Count = x.Length, Left = List(tape, x) };
        if (group.Left.AreConstant)
            return value;
        group.LeftNumbers = tape.Store(constants);
        return new Variable(value, tape.Add(in group));
    }

    public static Variable Sum(ReadOnlySpan<Variable> x)
    {
        Tape tape = TapeOf(x) ?? Spare;
        int mark = tape.NumberCount, values = Values(tape, x);
        Span<double> numbers = tape.Numbers(values, x.Length);
        double value = Reductions.Sum(numbers);
        numbers.Fill(1);
        return Finish(tape, GroupKind.Weighted, x, value, mark);
    }

    public static Variable SquaredNorm(ReadOnlySpan<Variable> x)
    {
        Tape tape = TapeOf(x) ?? Spare;
        int mark = tape.NumberCount, values = Values(tape, x);
        Span<double> numbers = tape.Numbers(values, x.Length);
        return Finish(tape, GroupKind.Squares, x, Reductions.Dot<double, double>(numbers, numbers), mark);
    }

    public static Variable Norm(ReadOnlySpan<Variable> x)
    {
        Tape tape = TapeOf(x) ?? Spare;
        int mark = tape.NumberCount, values = Values(tape, x);
        Span<double> numbers = tape.Numbers(values, x.Length);
        double norm = Reductions.Norm(numbers);
        if (norm == 0)
            numbers.Clear();
        else
            Reductions.Divide(numbers, norm);
        return Finish(tape, GroupKind.Norm, x, norm, mark);
    }

    public static Variable LogSumExp(ReadOnlySpan<Variable> x)
    {
        Tape tape = TapeOf(x) ?? Spare;
        int mark = tape.NumberCount, values = Values(tape, x);
        double value = PlainVectors.ReplaceBySoftmax(tape.Numbers(values, x.Length));
        return Finish(tape, GroupKind.LogSumExp, x, value, mark);
    }

    public static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<Variable> vector, Span<Variable> result)
    {
        Tape tape = TapeOf(vector) ?? Spare;
        int columns = vector.Length, mark = tape.NumberCount, values = Values(tape, vector);
        var group = new TapeGroup { Kind = GroupKind.Weighted, Count = columns, Left = List(tape, vector) };
        bool isConstant = group.Left.AreConstant;
        int rows = isConstant ? mark : tape.Store(matrix);
        for (int i = 0; i < result.Length; i++)
        {
            double value = Reductions.Dot(tape.Numbers(values, columns), matrix.Slice(i * columns, columns));
            group.LeftNumbers = rows + i * columns;
            result[i] = isConstant ? value : new Variable(value, tape.Add(in group));
        }

        if (isConstant)
            tape.Release(mark);
    }

    public static void Multiply(ReadOnlySpan<Variable> matrix, ReadOnlySpan<double> vector, Span<Variable> result)
    {
        Tape tape = TapeOf(matrix) ?? Spare;
        int columns = vector.Length, mark = tape.NumberCount, numbers = tape.Store(vector), values = Values(tape, matrix);
        Operands rows = List(tape, matrix);
        for (int i = 0; i < result.Length; i++)
        {
            double value = Reductions.Dot(tape.Numbers(values + i * columns, columns), vector);
            var group = new TapeGroup
            {
                Kind = GroupKind.Weighted,
                Count = columns,
                Left = rows.From(i * columns),
                LeftNumbers = numbers,
            };
            result[i] = rows.AreConstant ? value : new Variable(value, tape.Add(in group));
        }

        tape.Release(rows.AreConstant ? mark : values); // the values are not needed by the sweep
    }

    public static void Multiply(ReadOnlySpan<Variable> matrix, ReadOnlySpan<Variable> vector, Span<Variable> result)
    {
        Tape tape = TapeOf(matrix) ?? TapeOf(vector) ?? Spare;
        int columns = vector.Length, mark = tape.NumberCount, numbers = Values(tape, vector), values = Values(tape, matrix);
        Operands rows = List(tape, matrix), list = List(tape, vector);
        for (int i = 0; i < result.Length; i++)
        {
            var group = new TapeGroup
            {
                Kind = GroupKind.Inner,
                Count = columns,
                Left = rows.From(i * columns),
                Right = list,
                LeftNumbers = numbers,
                RightNumbers = values + i * columns,
            };
            result[i] = Inner(tape, group, mark: -1);
        }

        if (rows.AreConstant && list.AreConstant)
            tape.Release(mark);
    }

    private static Variable Inner(Tape tape, in TapeGroup group, int mark)
    {
        ReadOnlySpan<double> x = tape.Numbers(group.RightNumbers, group.Count), y = tape.Numbers(group.LeftNumbers, group.Count);
        double value = Reductions.Dot(x, y);
        if (!group.Left.AreConstant || !group.Right.AreConstant)
            return new Variable(value, tape.Add(in group));
        if (mark >= 0)
            tape.Release(mark);
        return value;
    }

    /// <summary>Adds a function whose derivatives are the numbers from the mark on.</summary>
    private static Variable Finish(Tape tape, GroupKind kind, ReadOnlySpan<Variable> x, double value, int mark)
    {
        var group = new TapeGroup
        {
            Kind = kind,
            Count = x.Length,
            Left = List(tape, x),
            LeftNumbers = mark,
            Reciprocal = 1 / value,
        };
        if (!group.Left.AreConstant)
            return new Variable(value, tape.Add(in group));
        tape.Release(mark);
        return value;
    }

    private static Tape Spare => _spare ??= new Tape();

    /// <summary>The tape of the first variable that is no constant; <see langword="null"/> if there is none.</summary>
    private static Tape? TapeOf(ReadOnlySpan<Variable> variables)
    {
        foreach (Variable variable in variables)
        {
            if (variable.Id != 0)
                return Tape.For(variable.Id);
        }

        return null;
    }

    /// <summary>Lists variables as operands.</summary>
    /// <exception cref="InvalidOperationException">A variable belongs to another evaluation.</exception>
    private static Operands List(Tape tape, ReadOnlySpan<Variable> variables)
    {
        bool isRange = true;
        long first = variables.IsEmpty ? 0 : variables[0].Id, step = first == 0 ? 0 : 1;
        for (int i = 0; i < variables.Length; i++)
        {
            long id = variables[i].Id;
            tape.Require(id);
            isRange &= id == first + i * step;
        }

        if (isRange)
            return new() { Place = -1, First = (int)first };
        Operands operands = tape.NewList(variables.Length, out Span<int> indices);
        for (int i = 0; i < variables.Length; i++)
            indices[i] = (int)variables[i].Id;
        return operands;
    }

    private static int Values(Tape tape, ReadOnlySpan<Variable> variables)
    {
        int place = tape.NewNumbers(variables.Length, out Span<double> numbers);
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = variables[i].Value;
        return place;
    }
}
