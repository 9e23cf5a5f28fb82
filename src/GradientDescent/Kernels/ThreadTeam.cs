using System.Runtime.ExceptionServices;

namespace GradientDescent.Kernels;

/// <summary>Work that is cut into pieces, any of which may be done by any thread at any time.</summary>
internal interface IParallelWork
{
    void Execute(int piece);
}

/// <summary>
/// Does pieces of work on the calling thread and helpers from the pool, and returns when all are done. Who does which piece is left to
/// chance: the results must not depend on it. Nothing is allocated per call.
/// </summary>
internal sealed class ThreadTeam
{
    private readonly Helper[] _helpers;
    private IParallelWork? _work;
    private int _pieceCount;
    private int _taken;
    private int _helpersAtWork;
    private ExceptionDispatchInfo? _failure;

    /// <param name="size">Threads at most, the caller's included; at least 1.</param>
    public ThreadTeam(int size)
    {
        _helpers = new Helper[size - 1];
        for (int i = 0; i < _helpers.Length; i++)
            _helpers[i] = new Helper(this);
    }

    /// <summary>Threads at most, the caller's included.</summary>
    public int Size => _helpers.Length + 1;

    /// <summary>
    /// Does the pieces 0 to <paramref name="pieceCount"/> − 1. What a piece throws is thrown here, once no thread is at work any more.
    /// </summary>
    public void Run(IParallelWork work, int pieceCount)
    {
        (_work, _pieceCount, _taken, _failure) = (work, pieceCount, 0, null);
        int helpers = Math.Min(_helpers.Length, pieceCount - 1);
        for (int i = 0; i < helpers; i++)
            _helpers[i].Call();
        TakePieces();
        for (int i = 0; i < helpers; i++)
            _helpers[i].Release();
        var wait = default(SpinWait);
        while (Volatile.Read(ref _helpersAtWork) > 0)
            wait.SpinOnce(sleep1Threshold: -1);
        _work = null;
        _failure?.Throw();
    }

    private void TakePieces()
    {
        try
        {
            for (int piece = Interlocked.Increment(ref _taken) - 1; piece < _pieceCount; piece = Interlocked.Increment(ref _taken) - 1)
                _work!.Execute(piece);
        }
        catch (Exception e)
        {
            Volatile.Write(ref _taken, _pieceCount); // the others need not go on
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
        }
    }

    /// <summary>
    /// One pooled work item, used again and again. The pool may come to it late: a helper that was sent home before it came does nothing,
    /// and one that was called again meanwhile helps with the new work. It stands in the pool's queue once at most, so that the queue never
    /// grows.
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
            // Counted before the call is taken up: who sees the call gone also sees the helper at work.
            Interlocked.Increment(ref team._helpersAtWork);
            if (Interlocked.CompareExchange(ref _state, Idle, Called) == Called)
                team.TakePieces();
            Interlocked.Decrement(ref team._helpersAtWork);
        }
    }
}
