namespace GradientDescent;

/// <summary>The owner of memory in which rows are, such as a mapped file.</summary>
internal interface IMappedRows
{
    /// <summary>
    /// Throws an exception if the memory may not be read any more. It is called for each tile of rows, by several threads.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    /// <exception cref="IOException">The file has changed since it was opened.</exception>
    void RequireReadable();

    /// <summary>Looks at the file once more. It is called at the end of each epoch.</summary>
    /// <inheritdoc cref="RequireReadable" path="/exception"/>
    void RequireUnchanged();
}
