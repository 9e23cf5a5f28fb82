using System.IO.MemoryMappedFiles;

namespace GradientDescent.Arrow;

/// <summary>A file that is mapped into memory for reading, as a whole.</summary>
/// <remarks>
/// The memory stays mapped until <see cref="Dispose"/>: an owner that the garbage collector could free would take it away from a thread
/// that still reads it.
/// </remarks>
internal sealed unsafe class MappedFile : IMappedRows, IDisposable
{
    private const int CheckInterval = 1000; // milliseconds

    private static readonly HashSet<MappedFile> _open = []; // keeps them alive

    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly DateTime _changed;
    private readonly byte* _start;
    private long _nextCheck;
    private volatile bool _isClosed;

    public MappedFile(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        try
        {
            Length = _file.Length;
            _changed = File.GetLastWriteTimeUtc(_file.SafeFileHandle);
            if (Length == 0)
                throw new InvalidDataException($"{path} is empty: it must be an Arrow file.");
            _map = MemoryMappedFile.CreateFromFile(
                _file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        }
        catch
        {
            _map?.Dispose();
            _file.Dispose();
            throw;
        }

        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        lock (_open)
            _open.Add(this);
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>A part of the file.</summary>
    /// <exception cref="InvalidDataException">The file ends before the end of the part.</exception>
    public ReadOnlySpan<byte> Bytes(long start, int length)
    {
        RequireReadable();
        return new(Address(start, length), length);
    }

    /// <summary>The address of a part of the file.</summary>
    /// <inheritdoc cref="Bytes"/>
    public byte* Address(long start, long length) => start >= 0 && length >= 0 && start <= Length - length
        ? _start + start
        : throw new InvalidDataException($"{Path} is damaged: it names the bytes from {start} to {start + length}, and has {Length}.");

    public void RequireReadable()
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(ArrowDataset));
        long now = Environment.TickCount64;
        if (now >= Volatile.Read(ref _nextCheck))
            RequireUnchanged();
    }

    public void RequireUnchanged()
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(ArrowDataset));
        Volatile.Write(ref _nextCheck, Environment.TickCount64 + CheckInterval);
        long length = RandomAccess.GetLength(_file.SafeFileHandle);
        if (length < Length)
            throw new IOException($"{Path} was cut while it was open: it had {Length} bytes, and has {length}. Start again.");
        if (length != Length || File.GetLastWriteTimeUtc(_file.SafeFileHandle) != _changed)
            throw new IOException($"{Path} was written to while it was open: results would mix old and new rows. Start again.");
    }

    public void Dispose()
    {
        lock (_open)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            _open.Remove(this);
        }

        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
        _file.Dispose();
    }
}
