using TorchSharp;
using TorchSharp.Modules;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>Epochs of softmax regression on 60,000 images of 784 pixels in ten classes: Adam, batches of 128, shuffled.</summary>
internal static class Softmax
{
    private const int Rows = 60_000, Columns = 784, Classes = 10, BatchSize = 128;

    public static Job Job(string name) => name switch
    {
        "fit/softmax-epoch" => new Job(Rows, Columns, (rows, columns) => Prepare(rows, columns, torch.float64)),
        "fit/softmax-epoch-float" => new Job(Rows, Columns, (rows, columns) => Prepare(rows, columns, torch.float32)),
        _ => throw new ArgumentException($"There is no job '{name}'.", nameof(name)),
    };

    /// <summary>Milliseconds of an epoch: half of what three cost more than one.</summary>
    public static void PrintEpochs(int samples)
    {
        foreach ((torch.ScalarType type, string name) in new[] { (torch.float64, "softmax/double"), (torch.float32, "softmax") })
        {
            (torch.Tensor images, torch.Tensor labels) = Data(Rows, Columns, type);
            Train(images, labels, 1).Dispose();
            double seconds = Stopclock.Median(samples, () => (Seconds(3) - Seconds(1)) / 2);
            Stopclock.Print(name, Rows, 1e3 * seconds);

            double Seconds(int epochs) => Stopclock.Seconds(() => Train(images, labels, epochs).Dispose());
        }
    }

    private static Work Prepare(int rows, int columns, torch.ScalarType type)
    {
        (torch.Tensor images, torch.Tensor labels) = Data(rows, columns, type);
        return () =>
        {
            Linear model = Train(images, labels, 1);
            return () => torch.nn.functional.cross_entropy(model.forward(images), labels).ToDouble();
        };
    }

    private static Linear Train(torch.Tensor images, torch.Tensor labels, int epochs)
    {
        Linear model = torch.nn.Linear(images.shape[1], Classes, dtype: images.dtype);
        using torch.optim.Optimizer optimizer = torch.optim.Adam(model.parameters(), 0.001);
        long rows = images.shape[0];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            using torch.Tensor order = torch.randperm(rows);
            for (long start = 0; start < rows; start += BatchSize)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                torch.Tensor drawn = order.slice(0, start, Math.Min(rows, start + BatchSize), 1);
                optimizer.zero_grad();
                torch.nn.functional.cross_entropy(model.forward(images.index_select(0, drawn)), labels.index_select(0, drawn)).backward();
                optimizer.step();
            }
        }

        return model;
    }

    private static (torch.Tensor Images, torch.Tensor Labels) Data(int rows, int columns, torch.ScalarType type)
    {
        (double[] features, double[] targets) = HashedNumbers.Arrays(rows, columns, HashedNumbers.Class);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor images = torch.tensor(features, [rows, columns]).to(type), labels = torch.tensor(targets).to(torch.int64);
        return (images.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }
}
