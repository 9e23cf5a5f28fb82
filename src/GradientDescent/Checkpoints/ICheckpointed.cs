namespace GradientDescent;

/// <summary>A run whose state can be written to a checkpoint and restored from it.</summary>
internal interface ICheckpointed
{
    /// <summary>Whether the run has ended.</summary>
    bool HasEnded { get; }

    /// <summary>Adds all state that the following steps depend on.</summary>
    void Save(Snapshot snapshot);

    /// <summary>
    /// Restores the state of a snapshot. This method must be called before the first step. After an exception, the run must not be used.
    /// </summary>
    /// <exception cref="CheckpointFormatException">An entry is missing, is not expected, or has an invalid value.</exception>
    void Restore(Snapshot snapshot);
}
