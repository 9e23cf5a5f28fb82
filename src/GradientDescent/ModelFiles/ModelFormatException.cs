namespace GradientDescent;

/// <summary>
/// The exception that is thrown when a model file is damaged, has another format or version, or does not have the requested kind of model.
/// </summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Initializes an exception without a message.</summary>
    public ModelFormatException()
    {
    }

    /// <summary>Initializes an exception with a message.</summary>
    /// <param name="message">The text that describes the error.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes an exception with a message and a cause.</summary>
    /// <param name="message">The text that describes the error.</param>
    /// <param name="innerException">The exception that is the cause.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
