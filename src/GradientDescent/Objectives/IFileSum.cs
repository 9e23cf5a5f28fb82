namespace GradientDescent;

/// <summary>A sum over samples that may be read from a file each time.</summary>
internal interface IFileSum
{
    /// <summary>Throws an <see cref="IOException"/> if the file has changed. The loop calls it at the end of each epoch.</summary>
    void RequireUnchanged();
}
