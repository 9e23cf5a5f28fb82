using System.Runtime.InteropServices;

namespace GradientDescent;

/// <summary>
/// The binary interface of a family of MPI libraries: the values of MPI's constants. Handles are integers in some families and addresses in
/// others; as <see cref="nint"/> both are passed in the same registers by the 64-bit calling conventions.
/// </summary>
internal sealed record MpiAbi
{
    /// <summary>MPI_COMM_WORLD: all processes of the job.</summary>
    public required nint World { get; init; }

    /// <summary>MPI_DOUBLE.</summary>
    public required nint Float64 { get; init; }

    /// <summary>MPI_SUM.</summary>
    public required nint Sum { get; init; }

    /// <summary>MPI_IN_PLACE: the buffer of the result holds the operand too.</summary>
    public required nint InPlace { get; init; }

    /// <summary>MPI_ERRORS_RETURN: functions return a code where they would end the job.</summary>
    public required nint ErrorsReturn { get; init; }

    /// <summary>MPI_THREAD_FUNNELED: only the thread that has initialised MPI calls it.</summary>
    public int Funneled { get; init; } = 1;

    /// <summary>MPI_THREAD_SERIALIZED: any thread calls MPI, but never two at the same time.</summary>
    public int Serialized { get; init; } = 2;

    /// <summary>The ABI of the MPI 5.0 standard, chapter 20.</summary>
    public static MpiAbi Standard { get; } = new()
    {
        World = 0x101,
        Float64 = 0x214,
        Sum = 0x21,
        InPlace = 1,
        ErrorsReturn = 0x142,
        Funneled = 1024,
        Serialized = 2048,
    };

    /// <summary>MPICH 3.1 and later, Intel MPI, MVAPICH, Cray MPICH and MS-MPI.</summary>
    public static MpiAbi Mpich { get; } = new()
    {
        World = 0x44000000,
        Float64 = 0x4c00080b,
        Sum = 0x58000003,
        InPlace = -1,
        ErrorsReturn = 0x54000001,
    };

    /// <summary>Open MPI: handles are the addresses of exported objects.</summary>
    public static MpiAbi OpenMpi(nint library) => new()
    {
        World = NativeLibrary.GetExport(library, "ompi_mpi_comm_world"),
        Float64 = NativeLibrary.GetExport(library, "ompi_mpi_double"),
        Sum = NativeLibrary.GetExport(library, "ompi_mpi_op_sum"),
        InPlace = 1,
        ErrorsReturn = NativeLibrary.GetExport(library, "ompi_mpi_errors_return"),
    };
}
