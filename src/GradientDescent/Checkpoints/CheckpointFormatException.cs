namespace GradientDescent;

/// <summary>
/// A checkpoint file is damaged, is no checkpoint, is of another version, or does not fit the run's options. Nothing was changed.
/// </summary>
public sealed class CheckpointFormatException : FormatException
{
    /// <summary>Without a message.</summary>
    public CheckpointFormatException()
    {
    }

    /// <param name="message">The fault of the file.</param>
    public CheckpointFormatException(string message)
        : base(message)
    {
    }

    /// <param name="message">The fault of the file.</param>
    /// <param name="innerException">How it was noticed.</param>
    public CheckpointFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
