namespace GradientDescent;

/// <summary>Minimises a loss plus an elastic net, from the weights of the strength before.</summary>
/// <remarks>
/// In each iteration coordinate descent minimises the second-order model of the loss on a working set: the weights that are not 0, and
/// those whose slope exceeds the L1 strength. The first working set follows the sequential strong rule, |slope| ≥ 2a − a of the strength
/// before (Tibshirani et al., 2012). The rule can leave out a column by mistake; the next iteration adds it, because it checks all columns.
/// The iterations end when the duality gap is small enough.
/// </remarks>
internal sealed class ElasticNetSolver(PathLoss loss)
{
    private const int MaxSweeps = 1000;
    private const double FirstShare = 0.1;
    private const double Tightening = 0.1;

    private double _previousL1 = double.PositiveInfinity;

    /// <returns>The duality gap, and the number of working sets.</returns>
    public (double Gap, int Iterations) Solve(ElasticNet penalty, double gapTolerance, int maxIterations, CancellationToken cancellation)
    {
        double gap = DualityGap.Of(loss, penalty), sweepTolerance = FirstShare * gapTolerance;
        double bound = Math.Min(penalty.L1, 2 * penalty.L1 - _previousL1);
        _previousL1 = penalty.L1;
        int[] working = [];
        int iteration = 0;
        for (; gap > gapTolerance && iteration < maxIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] next = WorkingSet(iteration == 0 ? bound : penalty.L1);
            if (next.All(working.Contains))
                sweepTolerance *= Tightening;
            working = next;
            double[] weights = Array.ConvertAll(working, j => loss.Weights[j]);
            CoordinateDescent.Run(loss.ModelOf(working), weights, penalty, sweepTolerance, MaxSweeps);
            loss.MoveTo(working, weights, penalty);
            gap = DualityGap.Of(loss, penalty);
        }

        return (gap, iteration);
    }

    private int[] WorkingSet(double bound) =>
        [.. Enumerable.Range(0, loss.Weights.Length).Where(j => loss.Weights[j] != 0 || Math.Abs(loss.Slopes[j]) > bound)];
}
