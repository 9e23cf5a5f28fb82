using System.Runtime.InteropServices;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>Ctrl-C, or another request to end, as a cancellation: the first asks for the results so far, the second ends the program at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly IAnsiConsole? _terminal;
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="terminal">Shows its cursor again if the program ends at once; <see langword="null"/>: there is none.</param>
    public Interrupt(IAnsiConsole? terminal)
    {
        _terminal = terminal;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
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
