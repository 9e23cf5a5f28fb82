namespace GradientDescent;

/// <summary>
/// The exception that is thrown if a file is damaged, is not a checkpoint, has another version, or does not match the options of the run.
/// Nothing was changed.
/// </summary>
public sealed class CheckpointFormatException : FormatException
{
    /// <summary>Creates an exception with the default message.</summary>
    public CheckpointFormatException()
    {
    }

    /// <param name="message">The description of the error in the file.</param>
    public CheckpointFormatException(string message)
        : base(message)
    {
    }

    /// <param name="message">The description of the error in the file.</param>
    /// <param name="innerException">The exception that is the cause of this one.</param>
    public CheckpointFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
