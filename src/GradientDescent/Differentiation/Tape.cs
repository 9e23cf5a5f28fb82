using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>The operations of one evaluation of a formula, as nodes with the derivatives by their operands.</summary>
/// <remarks>
/// Operations on variables find the tape of their thread and add nodes to it. Nodes 1 to n are the parameters. Node 0 stands for
/// constants: it takes adjoints that nobody reads, and its tangent is 0.
/// </remarks>
internal sealed partial class Tape
{
    private const int EvaluationBits = 32;
    private const int StampsOfABlock = 1 << 12;
    private const int MinCapacity = 64;

    private static int _stampBlocks;

    [ThreadStatic]
    private static Tape? _current;

    private TapeNode[] _nodes = [];
    private uint _stamp;
    private uint _lastStamp;

    // The id of the next node: the number of the evaluation in the upper half, that of the node in the lower. Nodes beyond the end of the
    // array are counted and not stored; then there is a second evaluation with an array that is long enough.
    private long _next;

    /// <summary>The tape that records on this thread, for an operation on a variable.</summary>
    /// <exception cref="InvalidOperationException">The variable belongs to another evaluation.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tape For(long id)
    {
        Tape? tape = _current;
        if (tape is null || (id ^ tape._next) >> EvaluationBits != 0)
            ThrowForeign();
        return tape;
    }

    /// <summary>The tape that records on this thread, for an operation on two variables.</summary>
    /// <exception cref="InvalidOperationException">A variable belongs to another evaluation.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tape For(long id, long other)
    {
        Tape? tape = _current;
        if (tape is null || ((id ^ tape._next) | (other ^ tape._next)) >> EvaluationBits != 0)
            ThrowForeign();
        return tape;
    }

    /// <summary>The tape that records on this thread; <see langword="null"/> outside of formulas.</summary>
    public static Tape? Current => _current;

    /// <summary>The number of parameters.</summary>
    public int ParameterCount { get; private set; }

    /// <summary>The number of the next node.</summary>
    public int Count => (int)_next;

    /// <summary>Begins an evaluation.</summary>
    /// <param name="parameterCount">The number of parameters.</param>
    /// <param name="isRecording">Whether there will be nodes; else all parameters are constants.</param>
    /// <returns>The id of the first parameter; those of the others follow.</returns>
    public long Begin(int parameterCount, bool isRecording)
    {
        if (_stamp == _lastStamp)
        {
            // blocks of numbers, so that threads seldom meet; after 2³² evaluations the numbers come again
            _stamp = unchecked((uint)Interlocked.Increment(ref _stampBlocks) * StampsOfABlock);
            _lastStamp = _stamp + StampsOfABlock - 1;
        }

        _stamp++;
        ParameterCount = parameterCount;
        if (isRecording && _nodes.Length < parameterCount + MinCapacity)
            _nodes = new TapeNode[parameterCount + MinCapacity];
        long origin = (long)_stamp << EvaluationBits;
        _next = origin + parameterCount + 1;
        _groupCount = _indexCount = _numberCount = 0;
        return origin + 1;
    }

    /// <summary>Makes this the tape of the thread.</summary>
    /// <returns>The tape that was.</returns>
    public Tape? Enter()
    {
        Tape? outer = _current;
        _current = this;
        return outer;
    }

    /// <summary>Makes another tape the tape of the thread, or none.</summary>
    public static void Leave(Tape? outer) => _current = outer;

    /// <summary>Makes room if the formula had more nodes than fit; then it must be evaluated again.</summary>
    public bool HasGrown()
    {
        int needed = Count;
        if (needed <= _nodes.Length)
            return false;
        if (needed > TapeNode.MaxIndex)
            throw new InvalidOperationException(Format.Text($"The formula has {needed} operations: a tape holds {TapeNode.MaxIndex}."));
        _nodes = new TapeNode[Math.Max(needed, (int)Math.Min(2L * _nodes.Length, TapeNode.MaxIndex))];
        return true;
    }

    /// <summary>Adds a node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Add(int left, int rightAndKind, double first, double second)
    {
        long id = _next;
        TapeNode[] nodes = _nodes;
        if ((uint)id < (uint)nodes.Length)
        {
            ref TapeNode node = ref nodes[(int)id];
            node.Left = left;
            node.RightAndKind = rightAndKind;
            node.First = first;
            node.Second = second;
        }

        _next = id + 1;
        return id;
    }

    /// <summary>Adds a function of two operands with any second derivatives.</summary>
    public long Add(int left, int right, in PartialDerivatives partials)
    {
        long id = Add(left, right << TapeNode.KindBits | TapeNode.General, partials.X, partials.Y);
        long number = BitConverter.DoubleToInt64Bits(partials.XX);
        Add((int)number, (int)(number >> 32), partials.XY, partials.YY);
        return id;
    }

    [DoesNotReturn]
    private static void ThrowForeign() => throw new InvalidOperationException(
        "A variable is used outside of the evaluation that it belongs to, in a later one, on another tape or on another thread. " +
        "A formula may keep the Value of a variable, not the variable itself.");
}
