using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent;

/// <summary>The operations of one evaluation of a formula, as nodes with the derivatives by their operands.</summary>
/// <remarks>
/// <para>
/// Nodes 1 to n are the parameters. Node 0 stands for constants: it takes adjoints that nobody reads, and its tangent is 0.
/// </para>
/// <para>
/// An operation finds the tape of its operands in a table. The id of a variable has, from the top, the number of the evaluation, the place
/// in the table and the number of the node. A tape is in the table during an evaluation only, and each evaluation at a place has another
/// number, so a variable of an earlier one is found out. A field for each thread would do too. But to read it takes a call, and the
/// compiler keeps no number in a register over a call; this was measured to be slower.
/// </para>
/// </remarks>
internal sealed partial class Tape
{
    private const int NodeBits = 32;
    private const int PlaceBits = 12;
    private const int PlaceMask = (1 << PlaceBits) - 1;
    private const int MinCapacity = 64;

    // An odd distance visits all places, and neighbours in time are on different cache lines.
    private const int PlaceDistance = 9;

    private static readonly Tape?[] _places = new Tape?[1 << PlaceBits];
    private static readonly uint[] _evaluations = new uint[1 << PlaceBits];
    private static int _tapeCount;

    private TapeNode[] _nodes = [];
    private int _place = Interlocked.Increment(ref _tapeCount) * PlaceDistance & PlaceMask;

    // The id of the next node. Nodes beyond the end of the array are counted and not stored. Then there is a second evaluation, with an
    // array that is long enough.
    private long _next;

    /// <summary>The number of parameters.</summary>
    public int ParameterCount { get; private set; }

    /// <summary>The number of the next node.</summary>
    public int Count => (int)_next;

    /// <summary>The tape that a variable belongs to.</summary>
    /// <exception cref="InvalidOperationException">Its evaluation has ended.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tape For(long id)
    {
        Tape? tape = At(id);
        if (tape is null || (id ^ tape._next) >> NodeBits != 0)
            ThrowForeign();
        return tape;
    }

    /// <summary>The tape that two variables belong to.</summary>
    /// <exception cref="InvalidOperationException">Their evaluation has ended, or they belong to two.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tape For(long id, long other)
    {
        Tape? tape = At(id);
        if (tape is null || ((id ^ tape._next) | (other ^ tape._next)) >> NodeBits != 0)
            ThrowForeign();
        return tape;
    }

    /// <summary>Checks that a variable is a constant or belongs to this evaluation.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public void Require(long id)
    {
        if (id != 0 && (id ^ _next) >> NodeBits != 0)
            ThrowForeign();
    }

    /// <summary>Begins an evaluation without recording: there are only constants.</summary>
    public void BeginConstant(int parameterCount)
    {
        ParameterCount = parameterCount;
        _next = parameterCount + 1;
    }

    /// <summary>Begins a recorded evaluation.</summary>
    /// <returns>The id of the first parameter; those of the others follow.</returns>
    /// <exception cref="InvalidOperationException">As many formulas are being evaluated as the table has places.</exception>
    public long Begin(int parameterCount)
    {
        Enter();
        ParameterCount = parameterCount;
        if (_nodes.Length < parameterCount + MinCapacity)
            _nodes = new TapeNode[parameterCount + MinCapacity];
        long origin = (long)(++_evaluations[_place] << PlaceBits | (uint)_place) << NodeBits;
        _next = origin + parameterCount + 1;
        _groupCount = _indexCount = _numberCount = 0;
        return origin + 1;
    }

    /// <summary>Ends a recorded evaluation.</summary>
    public void End() => Volatile.Write(ref _places[_place], null);

    private void Enter()
    {
        for (int tries = 0; tries <= PlaceMask; tries++)
        {
            if (Interlocked.CompareExchange(ref _places[_place], this, null) is null)
                return;
            _place = _place + PlaceDistance & PlaceMask;
        }

        throw new InvalidOperationException(Format.Text($"{PlaceMask + 1} formulas are being evaluated: no more can be at a time."));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Tape? At(long id) =>
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_places), (nint)(id >>> NodeBits & PlaceMask));

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
        "A variable is used outside of the evaluation that it belongs to, in a later one or together with variables of another tape. " +
        "A formula may keep the Value of a variable, not the variable itself.");
}
