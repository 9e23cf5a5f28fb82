namespace GradientDescent.Tests.Transforms;

internal static class Contexts
{
    /// <summary>A gradient without blocks, at parameters that are 0.</summary>
    public static GradientContext Of(double[] gradient) =>
        new(gradient, new double[gradient.Length], ParameterLayout.Flat(gradient.Length));
}
