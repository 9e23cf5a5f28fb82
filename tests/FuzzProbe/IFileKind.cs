namespace GradientDescent.Tests.Fuzzing;

/// <summary>A kind of file, and what reading it promises for any bytes.</summary>
internal interface IFileKind
{
    string Name { get; }

    /// <summary>Returns a valid file with random damages.</summary>
    byte[] Damaged(Random random);

    /// <summary>
    /// Reads a file and checks what was read. Returns false if it is refused with a documented exception; throws any other exception.
    /// </summary>
    bool TryRead(byte[] bytes);
}

/// <summary>A promise that does not hold for some bytes.</summary>
internal sealed class BrokenPromise(string message) : Exception(message)
{
    public static void If(bool isBroken, string message)
    {
        if (isBroken)
            throw new BrokenPromise(message);
    }
}
