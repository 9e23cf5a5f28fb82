using System.Runtime.InteropServices;
using System.Text;

namespace GradientDescent;

/// <summary>The functions of an MPI library. Those that can fail throw an exception with MPI's own text.</summary>
internal sealed unsafe class MpiFunctions(nint library)
{
    private const int MaxTextLength = 8192; // MPI_MAX_LIBRARY_VERSION_STRING of the family with the longest

    private readonly delegate* unmanaged[Cdecl]<nint, nint, int, int*, int> _initThread =
        (delegate* unmanaged[Cdecl]<nint, nint, int, int*, int>)Export(library, "MPI_Init_thread");

    private readonly delegate* unmanaged[Cdecl]<int*, int> _initialized =
        (delegate* unmanaged[Cdecl]<int*, int>)Export(library, "MPI_Initialized");

    private readonly delegate* unmanaged[Cdecl]<int> _finalize = (delegate* unmanaged[Cdecl]<int>)Export(library, "MPI_Finalize");

    private readonly delegate* unmanaged[Cdecl]<nint, int, int> _abort =
        (delegate* unmanaged[Cdecl]<nint, int, int>)Export(library, "MPI_Abort");

    private readonly delegate* unmanaged[Cdecl]<nint, int*, int> _commRank =
        (delegate* unmanaged[Cdecl]<nint, int*, int>)Export(library, "MPI_Comm_rank");

    private readonly delegate* unmanaged[Cdecl]<nint, int*, int> _commSize =
        (delegate* unmanaged[Cdecl]<nint, int*, int>)Export(library, "MPI_Comm_size");

    private readonly delegate* unmanaged[Cdecl]<nint, nint, int> _setErrorHandler =
        (delegate* unmanaged[Cdecl]<nint, nint, int>)Export(library, "MPI_Comm_set_errhandler");

    private readonly delegate* unmanaged[Cdecl]<int, byte*, int*, int> _errorString =
        (delegate* unmanaged[Cdecl]<int, byte*, int*, int>)Export(library, "MPI_Error_string");

    private readonly delegate* unmanaged[Cdecl]<byte*, int*, int> _libraryVersion =
        (delegate* unmanaged[Cdecl]<byte*, int*, int>)Export(library, "MPI_Get_library_version");

    private readonly delegate* unmanaged[Cdecl]<nint, void*, int, nint, nint, nint, int> _allReduce =
        (delegate* unmanaged[Cdecl]<nint, void*, int, nint, nint, nint, int>)Export(library, "MPI_Allreduce");

    private readonly delegate* unmanaged[Cdecl]<void*, int, nint, int, nint, int> _broadcast =
        (delegate* unmanaged[Cdecl]<void*, int, nint, int, nint, int>)Export(library, "MPI_Bcast");

    /// <summary>Whether MPI has been initialised in this process, by anyone. Can be called at any time.</summary>
    public bool IsInitialized
    {
        get
        {
            int flag;
            Check(_initialized(&flag), "MPI_Initialized");
            return flag != 0;
        }
    }

    /// <summary>Name and version of the library, as its authors write them. Can be called at any time.</summary>
    public string LibraryVersion
    {
        get
        {
            byte* text = stackalloc byte[MaxTextLength];
            int length;
            Check(_libraryVersion(text, &length), "MPI_Get_library_version");
            return Text(text, length);
        }
    }

    /// <summary>Initialises MPI and returns the thread level that it provides.</summary>
    public int Initialize(int threadLevel)
    {
        int provided;
        Check(_initThread(0, 0, threadLevel, &provided), "MPI_Init_thread");
        return provided;
    }

    public void SetErrorHandler(nint communicator, nint handler) =>
        Check(_setErrorHandler(communicator, handler), "MPI_Comm_set_errhandler");

    public int Rank(nint communicator)
    {
        int rank;
        Check(_commRank(communicator, &rank), "MPI_Comm_rank");
        return rank;
    }

    public int Size(nint communicator)
    {
        int size;
        Check(_commSize(communicator, &size), "MPI_Comm_size");
        return size;
    }

    public void AllReduce(nint send, Span<double> values, nint type, nint operation, nint communicator)
    {
        fixed (double* start = values)
            Check(_allReduce(send, start, values.Length, type, operation, communicator), "MPI_Allreduce");
    }

    public void Broadcast(Span<double> values, nint type, int root, nint communicator)
    {
        fixed (double* start = values)
            Check(_broadcast(start, values.Length, type, root, communicator), "MPI_Bcast");
    }

    /// <summary>Waits for the other processes and ends the use of MPI.</summary>
    public void Complete() => Check(_finalize(), "MPI_Finalize");

    /// <summary>Ends all processes of the communicator, this one included. Returns only if that fails.</summary>
    public void Abort(nint communicator, int exitCode) => _ = _abort(communicator, exitCode);

    private static nint Export(nint library, string name) => NativeLibrary.TryGetExport(library, name, out nint address)
        ? address
        : throw new EntryPointNotFoundException($"The library has no function {name}.");

    private static string Text(byte* text, int length) => Encoding.UTF8.GetString(text, length).TrimEnd('\0', '\n', ' ');

    private void Check(int code, string function)
    {
        if (code != 0)
            throw Failed(code, function);
    }

    private InvalidOperationException Failed(int code, string function)
    {
        byte* text = stackalloc byte[MaxTextLength];
        int length = 0;
        string cause = _errorString(code, text, &length) == 0 ? Text(text, length) : FormattableString.Invariant($"error {code}");
        return new($"{function} failed: {cause}.");
    }
}
