namespace GradientDescent.Benchmarks.Compare;

/// <summary>Bytes that an update and a training step allocate after the first: the largest over all optimizers.</summary>
internal static class Allocation
{
    private const int Length = 1_000, Samples = 2_000;

    public static void Print()
    {
        string[] names = [.. Optimizers.Eight, .. Optimizers.OtherSix];
        Stopclock.Print("bytes/update", Length, names.Max(OfAnUpdate));
        EmpiricalRisk risk = Problems.Regression(Samples);
        Stopclock.Print("bytes/training step", Samples, names.Max(name => OfATrainingStep(risk, Optimizers.Create(name))));
    }

    private static double OfAnUpdate(string name)
    {
        Optimizer optimizer = Optimizers.Create(name);
        double[] parameters = new double[Length], gradient = new double[Length];
        optimizer.Update(parameters, gradient, 0.1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            optimizer.Update(parameters, gradient, 0.1);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100.0;
    }

    /// <summary>
    /// From two runs of different length, so that the memory allocated at the start and the end of a run cancels: within an epoch of
    /// mini-batches, and for full batches, where each step is an epoch, at two lengths whose histories hold equally many losses.
    /// </summary>
    private static double OfATrainingStep(EmpiricalRisk risk, Optimizer optimizer)
    {
        bool isFull = optimizer.Batching.IsFull;
        (int few, int many) = isFull ? (1024, 2048) : (2, 100);
        TrainingOptions options = new() { Batching = isFull ? Batching.Full : Batching.Mini(16), GradientTolerance = 0 };
        Run(few); // compiled by now
        return (Run(many) - Run(few)) / (double)(many - few);

        long Run(int steps)
        {
            var trainer = new Trainer(optimizer, options with { MaxSteps = steps });
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Minimize(risk, new double[risk.ParameterCount]);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
