namespace GradientDescent.Tests.Fuzzing;

/// <summary>
/// What happens to files: flipped bits, lost, repeated and foreign parts, other bytes, other JSON, other digits, an early end.
/// </summary>
internal static class ByteDamage
{
    /// <summary>One to three damages, somewhere.</summary>
    /// <param name="whole">The file.</param>
    /// <param name="other">A file that parts may come from.</param>
    /// <param name="random">Selects the damages.</param>
    public static byte[] Done(byte[] whole, byte[] other, Random random)
    {
        List<byte> bytes = [.. whole];
        for (int edits = random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
                case 3:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 4:
                    bytes[at] = (byte)" 0123456789.,eE-+\"[]{}:ntf"[random.Next(26)];
                    break;
                case 5:
                    bytes[at] = (byte)(char.IsDigit((char)bytes[at]) ? '0' + random.Next(10) : bytes[at]);
                    break;
                case 6:
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.AddRange(other.AsSpan(Math.Min(at, other.Length)));
                    break;
                case 7:
                    int from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)).ToArray());
                    break;
                default:
                    bytes.RemoveRange(bytes.Count - length, length);
                    break;
            }
        }

        return [.. bytes];
    }
}
