using System.Runtime.InteropServices;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>
/// Converts Ctrl-C and SIGTERM to a cancellation. After the first signal, training stops and the results so far are printed. The second
/// signal ends the program immediately.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly IAnsiConsole? _terminal;
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="terminal">The terminal whose cursor is shown again if the program ends immediately, or <see langword="null"/>.</param>
    public Interrupt(IAnsiConsole? terminal)
    {
        _terminal = terminal;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        if (!context.Cancel)
            _terminal?.Cursor.Show();
        _source.Cancel();
    }
}
