namespace GradientDescent;

/// <summary>Something that can be written to a checkpoint and continued from it.</summary>
internal interface ICheckpointed
{
    /// <summary>Whether it has ended by itself.</summary>
    bool HasEnded { get; }

    /// <summary>Adds everything that the steps to come depend on.</summary>
    void Save(Snapshot snapshot);

    /// <summary>Goes to where another one stood. Call it before the first step; after an exception it must not be used.</summary>
    /// <exception cref="CheckpointFormatException">An entry is missing, is not expected, or holds an impossible value.</exception>
    void Restore(Snapshot snapshot);
}
