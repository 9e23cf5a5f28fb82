using TorchSharp;
using TorchSharp.Modules;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>Nanoseconds a parameter of a step of SGD and Adam.</summary>
internal static class Updates
{
    private const double LearningRate = 1e-9; // so small that the parameters stay where they are

    public static void Print(int n, int samples)
    {
        foreach ((torch.ScalarType type, string suffix) in new[] { (torch.float64, "double"), (torch.float32, "float") })
        {
            Print($"SGD/{suffix}", n, samples, type, parameters => torch.optim.SGD(parameters, LearningRate));
            Print($"Adam/{suffix}", n, samples, type, parameters => torch.optim.Adam(parameters, LearningRate));
        }
    }

    private static void Print(
        string name, int n, int samples, torch.ScalarType type, Func<Parameter[], torch.optim.Optimizer> create)
    {
        using var parameters = new Parameter(torch.ones(n, type));
        parameters.grad = torch.full(n, 1e-3, type);
        using torch.optim.Optimizer optimizer = create([parameters]);
        Stopclock.WarmUp(() => Repeat(30));
        Stopclock.Print(name, n, Stopclock.SecondsPerRepetition(samples, Repeat) / n * 1e9);

        void Repeat(long count)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            for (long i = 0; i < count; i++)
                optimizer.step();
        }
    }
}
