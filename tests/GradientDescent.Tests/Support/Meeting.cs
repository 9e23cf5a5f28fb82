namespace GradientDescent.Tests.Support;

/// <summary>
/// Proves that several threads work: the first to come waits for a second, so the work cannot be over before another thread has taken part.
/// </summary>
internal sealed class Meeting
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly object _lock = new();
    private int _firstThread;
    private volatile bool _isOver;

    /// <summary>Whether two threads came.</summary>
    public bool HasTakenPlace { get; private set; }

    public void Arrive()
    {
        if (!_isOver)
            Wait();
    }

    private void Wait()
    {
        lock (_lock)
        {
            if (_firstThread == 0)
                _firstThread = Environment.CurrentManagedThreadId;
            HasTakenPlace |= _firstThread != Environment.CurrentManagedThreadId;
            if (HasTakenPlace)
                Monitor.PulseAll(_lock);
            else if (!_isOver)
                Monitor.Wait(_lock, _patience); // if nobody comes the run goes on, and its test fails
            _isOver = true;
        }
    }
}
