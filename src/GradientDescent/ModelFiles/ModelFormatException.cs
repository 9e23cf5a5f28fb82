namespace GradientDescent;

/// <summary>A model file is damaged, is no model file, is of another version, or holds another kind of model than was asked for.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Without a message.</summary>
    public ModelFormatException()
    {
    }

    /// <param name="message">What is wrong.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">How it was noticed.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
