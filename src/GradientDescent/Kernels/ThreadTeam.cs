using System.Runtime.ExceptionServices;

namespace GradientDescent.Kernels;

/// <summary>Work in pieces. Any thread may execute any piece, in any order.</summary>
internal interface IParallelWork
{
    void Execute(int piece);
}

/// <summary>
/// Executes pieces of work on the calling thread and on helpers from the thread pool, and returns when all are done. It is not determined
/// which thread executes which piece: the results must not depend on it. A call allocates nothing.
/// </summary>
internal sealed class ThreadTeam
{
    /// <summary>The largest size of a team: more threads than processors save no time, but each needs memory.</summary>
    public static readonly int MaxSize = Math.Max(32, Environment.ProcessorCount);

    private readonly Helper[] _helpers;
    private IParallelWork? _work;
    private int _pieceCount;
    private int _startedPieces;
    private int _activeHelpers;
    private ExceptionDispatchInfo? _failure;

    /// <param name="size">The maximum number of threads, including the caller's; at least 1, and <see cref="MaxSize"/> if larger.</param>
    public ThreadTeam(int size)
    {
        _helpers = new Helper[Math.Min(size, MaxSize) - 1];
        for (int i = 0; i < _helpers.Length; i++)
            _helpers[i] = new Helper(this);
    }

    /// <summary>The maximum number of threads, including the caller's.</summary>
    public int Size => _helpers.Length + 1;

    /// <summary>
    /// Executes the pieces 0 to <paramref name="pieceCount"/> − 1. An exception of a piece is thrown here, after all threads have finished.
    /// </summary>
    public void Run(IParallelWork work, int pieceCount)
    {
        (_work, _pieceCount, _startedPieces, _failure) = (work, pieceCount, 0, null);
        int helpers = Math.Min(_helpers.Length, pieceCount - 1);
        for (int i = 0; i < helpers; i++)
            _helpers[i].Call();
        ExecutePieces();
        for (int i = 0; i < helpers; i++)
            _helpers[i].Release();
        var wait = default(SpinWait);
        while (Volatile.Read(ref _activeHelpers) > 0)
            wait.SpinOnce(sleep1Threshold: -1);
        _work = null;
        _failure?.Throw();
    }

    private void ExecutePieces()
    {
        try
        {
            for (int piece = NextPiece(); piece < _pieceCount; piece = NextPiece())
                _work!.Execute(piece);
        }
        catch (Exception e)
        {
            Volatile.Write(ref _startedPieces, _pieceCount); // the other threads take no more pieces
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
        }
    }

    private int NextPiece() => Interlocked.Increment(ref _startedPieces) - 1;

    /// <summary>
    /// A work item of the thread pool that is used again for each call. The pool may start it late: a helper that was released before it
    /// started does nothing, and a helper that was called again in the meantime works on the new pieces. It is in the pool's queue at most
    /// once, so the queue does not grow.
    /// </summary>
    private sealed class Helper(ThreadTeam team) : IThreadPoolWorkItem
    {
        private const int Idle = 0, Called = 1;

        private int _state;
        private int _isQueued;

        public void Call()
        {
            Interlocked.Exchange(ref _state, Called);
            if (Interlocked.Exchange(ref _isQueued, 1) == 0)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Release() => Interlocked.CompareExchange(ref _state, Idle, Called);

        void IThreadPoolWorkItem.Execute()
        {
            Volatile.Write(ref _isQueued, 0);
            // Incremented before the state changes to Idle: a thread that sees Idle also sees that this helper is active.
            Interlocked.Increment(ref team._activeHelpers);
            if (Interlocked.CompareExchange(ref _state, Idle, Called) == Called)
                team.ExecutePieces();
            Interlocked.Decrement(ref team._activeHelpers);
        }
    }
}
