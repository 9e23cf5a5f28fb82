using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The training samples of folds in random orders, so that the first of them are a smaller training set.</summary>
internal static class TrainingOrders
{
    private const long FirstStream = -3000;

    /// <summary>Returns the indices of the training samples of each fold in the random order of the fold.</summary>
    public static int[][] Of(IReadOnlyList<Fold> folds, long seed)
    {
        return [.. folds.Select((fold, k) => OrderOf(fold, k))];

        int[] OrderOf(Fold fold, int k)
        {
            int[] order = new int[fold.Training.Length];
            new CounterRandom(seed, FirstStream - k).Permutation(order);
            return Array.ConvertAll(order, place => fold.Training[place]);
        }
    }
}
