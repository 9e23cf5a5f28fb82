namespace GradientDescent.Benchmarks.Compare;

/// <summary>Milliseconds of an update of a square matrix by Muon, whose time goes into products of matrices.</summary>
internal static class BlockTimes
{
    public static void Print(int side, int samples)
    {
        var optimizer = new Muon();
        optimizer.Bind(new ParameterLayout(new ParameterBlock("W", side, side)));
        double[] parameters = new double[side * side];
        double[] gradient = [.. Enumerable.Range(0, side * side).Select(i => 1e-3 * (i % 1009 * (i % 1013) % 7 - 3))];
        Stopclock.WarmUp(() => Update(30));
        Stopclock.Print(nameof(Muon), side, 1e3 * Stopclock.SecondsPerRepetition(samples, Update));

        void Update(long count)
        {
            for (long i = 0; i < count; i++)
                optimizer.Update(parameters, gradient, 1e-9);
        }
    }
}
