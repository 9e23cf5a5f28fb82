namespace GradientDescent;

/// <summary>The exception for a model file that is damaged, is of another format or version, or holds another kind of model than was asked
/// for.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>An exception without a message.</summary>
    public ModelFormatException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">The text that says what is wrong.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">The text that says what is wrong.</param>
    /// <param name="innerException">The exception that showed it.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
