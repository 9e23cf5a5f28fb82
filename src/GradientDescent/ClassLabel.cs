namespace GradientDescent;

/// <summary>Classes as targets: class k of K is the number k, a whole number from 0 to K − 1.</summary>
internal static class ClassLabel
{
    /// <summary>Whether a target is the number of one of the classes.</summary>
    /// <param name="target">The target; no class where it is not a number.</param>
    /// <param name="classCount">Number of classes K.</param>
    public static bool IsClass(double target, int classCount) => target >= 0 && target < classCount && target == Math.Floor(target);
}
